-- +goose Up
-- One row a leaf: what it says, the hashes it completed, and the stamp that
-- only the holder of the organisation's keys can make.
CREATE TABLE audit_leaf (
    tenant TEXT NOT NULL,
    number BIGINT NOT NULL,
    about TEXT NOT NULL,
    entry BYTEA NOT NULL,
    hashes BYTEA NOT NULL,
    stamp BYTEA NOT NULL,
    PRIMARY KEY (tenant, number)
);
CREATE INDEX audit_leaf_about ON audit_leaf (tenant, about, number) WHERE about <> '';

-- How far the log has come: its size, the peaks of its tree and the latest
-- instant that any leaf speaks of.
CREATE TABLE audit_head (
    tenant TEXT NOT NULL,
    size BIGINT NOT NULL,
    latest BIGINT NOT NULL,
    edge BYTEA NOT NULL,
    stamp BYTEA NOT NULL,
    PRIMARY KEY (tenant)
);

-- Who is in a set that leaves name.
CREATE TABLE audit_set (
    tenant TEXT NOT NULL,
    about TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (tenant, about, subject)
);
CREATE INDEX audit_set_subject ON audit_set (tenant, subject, about);

-- Leaves that wait for their number, on PostgreSQL.
CREATE TABLE audit_queue (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    at BIGINT NOT NULL,
    about TEXT NOT NULL,
    entry BYTEA NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX audit_queue_about ON audit_queue (tenant, about) WHERE about <> '';

-- +goose Down
DROP TABLE audit_queue;
DROP TABLE audit_set;
DROP TABLE audit_head;
DROP TABLE audit_leaf;
