-- +goose Up
-- What those with lived experience advised in a team meeting. Words about
-- nobody are sealed under a key of their own.
CREATE TABLE bridge_advice (
    tenant   TEXT   NOT NULL,
    advice   TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    lock     TEXT   NOT NULL,
    team     BYTEA  NOT NULL,
    said     BYTEA  NOT NULL,
    gave_at  BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    noted_by TEXT   NOT NULL,
    PRIMARY KEY (tenant, advice)
);
CREATE INDEX bridge_advice_person ON bridge_advice (tenant, person, gave_at);
CREATE INDEX bridge_advice_when ON bridge_advice (tenant, gave_at);

-- What came of it. A later entry stands beside the earlier ones.
CREATE TABLE bridge_outcome (
    tenant   TEXT   NOT NULL,
    outcome  TEXT   NOT NULL,
    advice   TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    lock     TEXT   NOT NULL,
    came     TEXT   NOT NULL,
    words    BYTEA  NOT NULL,
    noted_at BIGINT NOT NULL,
    noted_by TEXT   NOT NULL,
    PRIMARY KEY (tenant, outcome)
);
CREATE INDEX bridge_outcome_advice ON bridge_outcome (tenant, advice, noted_at);
CREATE INDEX bridge_outcome_person ON bridge_outcome (tenant, person, noted_at);

-- +goose Down
DROP TABLE bridge_outcome;
DROP TABLE bridge_advice;
