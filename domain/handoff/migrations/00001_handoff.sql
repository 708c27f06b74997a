-- +goose Up
CREATE TABLE handoff_handoff (
    tenant           TEXT   NOT NULL,
    handoff          TEXT   NOT NULL,
    person           TEXT   NOT NULL,
    site             TEXT   NOT NULL,
    source           TEXT   NOT NULL,
    state            TEXT   NOT NULL,
    peer             TEXT   NOT NULL,
    destination      TEXT   NOT NULL,
    consent          TEXT   NOT NULL,
    answer           TEXT   NOT NULL,
    whereabouts      BYTEA  NOT NULL,
    language         TEXT   NOT NULL,
    know             BYTEA  NOT NULL,
    asker            BYTEA  NOT NULL,
    contact          TEXT   NOT NULL,
    declined_reason  TEXT   NOT NULL,
    closed_reason    TEXT   NOT NULL,
    mode             TEXT   NOT NULL,
    connected_source TEXT   NOT NULL,
    event_at         BIGINT NOT NULL,
    requested_at     BIGINT NOT NULL,
    due_at           BIGINT NOT NULL,
    acknowledged_at  BIGINT NOT NULL,
    expected_at      BIGINT NOT NULL,
    met_at           BIGINT NOT NULL,
    consent_at       BIGINT NOT NULL,
    accepted_at      BIGINT NOT NULL,
    introduced_at    BIGINT NOT NULL,
    connected_at     BIGINT NOT NULL,
    ended_at         BIGINT NOT NULL,
    status_key       BYTEA  NOT NULL,
    code_key         BYTEA  NOT NULL,
    act_key          BYTEA  NOT NULL,
    events           BIGINT NOT NULL,
    version          BIGINT NOT NULL,
    PRIMARY KEY (tenant, handoff)
);
CREATE INDEX handoff_handoff_open ON handoff_handoff (tenant, state, requested_at);
CREATE INDEX handoff_handoff_person ON handoff_handoff (tenant, person);
CREATE UNIQUE INDEX handoff_handoff_status ON handoff_handoff (tenant, status_key);
CREATE UNIQUE INDEX handoff_handoff_act ON handoff_handoff (tenant, act_key);
CREATE INDEX handoff_handoff_code ON handoff_handoff (tenant, code_key);

CREATE TABLE handoff_event (
    tenant      TEXT   NOT NULL,
    handoff     TEXT   NOT NULL,
    seq         BIGINT NOT NULL,
    person      TEXT   NOT NULL,
    step        TEXT   NOT NULL,
    state_from  TEXT   NOT NULL,
    state_to    TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    actor       TEXT   NOT NULL,
    role        TEXT   NOT NULL,
    peer        TEXT   NOT NULL,
    destination TEXT   NOT NULL,
    consent     TEXT   NOT NULL,
    expected_at BIGINT NOT NULL,
    value       TEXT   NOT NULL,
    contact     TEXT   NOT NULL,
    present     BIGINT NOT NULL,
    corrects    BIGINT NOT NULL,
    note        BYTEA  NOT NULL,
    act_key     BYTEA  NOT NULL,
    PRIMARY KEY (tenant, handoff, seq)
);
CREATE UNIQUE INDEX handoff_event_act ON handoff_event (tenant, handoff, act_key);

CREATE TABLE handoff_site (
    tenant   TEXT   NOT NULL,
    site     TEXT   NOT NULL,
    name     TEXT   NOT NULL,
    duty     TEXT   NOT NULL,
    promise  BIGINT NOT NULL,
    turn     BIGINT NOT NULL,
    link_key BYTEA  NOT NULL,
    version  BIGINT NOT NULL,
    PRIMARY KEY (tenant, site)
);
CREATE UNIQUE INDEX handoff_site_link ON handoff_site (tenant, link_key);

CREATE TABLE handoff_destination (
    tenant      TEXT   NOT NULL,
    destination TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    phone       TEXT   NOT NULL,
    about       TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, destination)
);

-- +goose Down
DROP TABLE handoff_destination;
DROP TABLE handoff_site;
DROP TABLE handoff_event;
DROP TABLE handoff_handoff;
