-- +goose Up
-- Agreements with those who check or study the work of the organisation. No row
-- is about a person who is walked with.
CREATE TABLE disclose_agreement (
    tenant      TEXT   NOT NULL,
    agreement   TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    who         TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    ground      TEXT   NOT NULL,
    aim         TEXT   NOT NULL,
    paper       TEXT   NOT NULL,
    promises    TEXT   NOT NULL,
    copies      BIGINT NOT NULL,
    what        TEXT   NOT NULL,
    until_at    BIGINT NOT NULL,
    made_by     TEXT   NOT NULL,
    made_at     BIGINT NOT NULL,
    approved_by TEXT   NOT NULL,
    approved_at BIGINT NOT NULL,
    ended_by    TEXT   NOT NULL,
    ended_at    BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, agreement)
);
ALTER TABLE disclose_disclosure ADD COLUMN agreement TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE disclose_disclosure DROP COLUMN agreement;
DROP TABLE disclose_agreement;
