-- Follow-ups: tasks with a window, made when the peer and the person met; and
-- when they fall due, for a site or for all of the organisation.

-- +goose Up
CREATE TABLE handoff_interval (
    tenant  TEXT   NOT NULL,
    site    TEXT   NOT NULL,
    hours   BIGINT NOT NULL,
    opens   BIGINT NOT NULL,
    closes  BIGINT NOT NULL,
    PRIMARY KEY (tenant, site, hours)
);

CREATE TABLE handoff_followup (
    tenant      TEXT   NOT NULL,
    handoff     TEXT   NOT NULL,
    began       BIGINT NOT NULL,
    hours       BIGINT NOT NULL,
    person      TEXT   NOT NULL,
    peer        TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    opens_at    BIGINT NOT NULL,
    closes_at   BIGINT NOT NULL,
    tries       BIGINT NOT NULL,
    moves       BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, handoff, began, hours)
);
CREATE INDEX handoff_followup_peer ON handoff_followup (tenant, peer, state, closes_at);
CREATE INDEX handoff_followup_state ON handoff_followup (tenant, state, closes_at);
CREATE INDEX handoff_followup_person ON handoff_followup (tenant, person, state);

CREATE TABLE handoff_farewell (
    tenant   TEXT   NOT NULL,
    handoff  TEXT   NOT NULL,
    peer     TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    noted_at BIGINT NOT NULL,
    told_at  BIGINT NOT NULL,
    told_by  TEXT   NOT NULL,
    version  BIGINT NOT NULL,
    PRIMARY KEY (tenant, handoff, peer)
);
CREATE INDEX handoff_farewell_told ON handoff_farewell (tenant, told_at);

-- +goose Down
DROP TABLE handoff_farewell;
DROP TABLE handoff_followup;
DROP TABLE handoff_interval;
