-- +goose Up
-- Everything that was told about a person to someone outside.
CREATE TABLE disclose_disclosure (
    tenant      TEXT   NOT NULL,
    disclosure  TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    recipient   TEXT   NOT NULL,
    via         TEXT   NOT NULL,
    to_whom     BYTEA  NOT NULL,
    facility    BYTEA  NOT NULL,
    what        TEXT   NOT NULL,
    purpose     TEXT   NOT NULL,
    basis       TEXT   NOT NULL,
    consent     TEXT   NOT NULL,
    demand      TEXT   NOT NULL,
    way         TEXT   NOT NULL,
    nature      BYTEA  NOT NULL,
    unable      BYTEA  NOT NULL,
    told_at     BIGINT NOT NULL,
    told_by     TEXT   NOT NULL,
    hidden      BIGINT NOT NULL,
    review      TEXT   NOT NULL,
    review_note BYTEA  NOT NULL,
    reviewed_by TEXT   NOT NULL,
    reviewed_at BIGINT NOT NULL,
    known_at    BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, disclosure)
);
CREATE INDEX disclose_disclosure_person ON disclose_disclosure (tenant, person, told_at);
CREATE INDEX disclose_disclosure_review ON disclose_disclosure (tenant, basis, reviewed_at);

-- Demands by a court, the police or another authority.
CREATE TABLE disclose_demand (
    tenant      TEXT   NOT NULL,
    demand      TEXT   NOT NULL,
    lock        TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    from_whom   BYTEA  NOT NULL,
    reference   BYTEA  NOT NULL,
    ordered     BIGINT NOT NULL,
    compelled   BIGINT NOT NULL,
    quiet       BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    received_by TEXT   NOT NULL,
    decider     TEXT   NOT NULL,
    decision    TEXT   NOT NULL,
    basis       TEXT   NOT NULL,
    note        BYTEA  NOT NULL,
    decided_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, demand)
);
CREATE INDEX disclose_demand_person ON disclose_demand (tenant, person, decided_at);

-- +goose Down
DROP TABLE disclose_demand;
DROP TABLE disclose_disclosure;
