-- +goose Up
-- Two records that may be one person, for someone to decide.
CREATE TABLE people_proposal (
    tenant     TEXT   NOT NULL,
    one        TEXT   NOT NULL,
    two        TEXT   NOT NULL,
    why        TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    answer     TEXT   NOT NULL,
    decided_by TEXT   NOT NULL,
    decided_at BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (tenant, one, two)
);
CREATE INDEX people_proposal_open ON people_proposal (tenant, decided_at, at);

-- Two records that are one person. Nothing is moved: undone, both are as before.
CREATE TABLE people_merge (
    tenant    TEXT   NOT NULL,
    merge     TEXT   NOT NULL,
    kept      TEXT   NOT NULL,
    joined    TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    actor     TEXT   NOT NULL,
    undone_at BIGINT NOT NULL,
    undone_by TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (tenant, merge)
);
CREATE UNIQUE INDEX people_merge_joined ON people_merge (tenant, joined, undone_at);
CREATE INDEX people_merge_kept ON people_merge (tenant, kept);

-- What a file said of the person, as a keyed mark.
ALTER TABLE people_source ADD COLUMN said BYTEA NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE people_source DROP COLUMN said;
DROP TABLE people_merge;
DROP TABLE people_proposal;
