-- +goose Up
ALTER TABLE engagement_walk ADD COLUMN hello_at BIGINT NOT NULL DEFAULT 0;

-- Each writing of one part of a person's plan. None is written over.
CREATE TABLE engagement_edit (
    tenant     TEXT   NOT NULL,
    edit       TEXT   NOT NULL,
    sent_as    TEXT   NOT NULL,
    take       BIGINT NOT NULL,
    person     TEXT   NOT NULL,
    part       TEXT   NOT NULL,
    body       BYTEA  NOT NULL,
    instead_of TEXT   NOT NULL,
    written_by TEXT   NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, edit)
);
CREATE UNIQUE INDEX engagement_edit_sent ON engagement_edit (tenant, sent_as, take);
CREATE INDEX engagement_edit_person ON engagement_edit (tenant, person, written_at);

CREATE TABLE engagement_stone (
    tenant  TEXT   NOT NULL,
    stone   TEXT   NOT NULL,
    person  TEXT   NOT NULL,
    sort    TEXT   NOT NULL,
    words   BYTEA  NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT   NOT NULL,
    done_at BIGINT NOT NULL,
    gone_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, stone)
);
CREATE INDEX engagement_stone_person ON engagement_stone (tenant, person, made_at);

-- +goose Down
DROP TABLE engagement_stone;
DROP TABLE engagement_edit;
ALTER TABLE engagement_walk DROP COLUMN hello_at;
