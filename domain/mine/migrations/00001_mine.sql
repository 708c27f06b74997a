-- +goose Up
-- What a person says is not right in what is held about them. Both stand.
CREATE TABLE mine_dispute (
    tenant      TEXT   NOT NULL,
    dispute     TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    of_row      TEXT   NOT NULL,
    says        BYTEA  NOT NULL,
    said_at     BIGINT NOT NULL,
    answer      BYTEA  NOT NULL,
    answered_at BIGINT NOT NULL,
    answered_by TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, dispute)
);
CREATE INDEX mine_dispute_person ON mine_dispute (tenant, person, said_at);
CREATE INDEX mine_dispute_open ON mine_dispute (tenant, answered_at, said_at);

-- Who left, and since when they cannot be read.
CREATE TABLE mine_leaving (
    tenant    TEXT   NOT NULL,
    person    TEXT   NOT NULL,
    account   TEXT   NOT NULL,
    why       TEXT   NOT NULL,
    asked_at  BIGINT NOT NULL,
    asked_by  TEXT   NOT NULL,
    erased_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, person)
);

-- What an organisation decided about a rule of keeping.
CREATE TABLE mine_setting (
    tenant TEXT   NOT NULL,
    rule   TEXT   NOT NULL,
    years  BIGINT NOT NULL,
    why    TEXT   NOT NULL,
    set_at BIGINT NOT NULL,
    set_by TEXT   NOT NULL,
    PRIMARY KEY (tenant, rule)
);

-- +goose Down
DROP TABLE mine_setting;
DROP TABLE mine_leaving;
DROP TABLE mine_dispute;
