-- The Task that a hand-off came in by, whole, sealed under the person's key, so
-- that the answer to it loses nothing. The keys are marks: of its text, of the
-- name it goes by, and of the one it is a part of.

-- +goose Up
CREATE TABLE handoff_task (
    tenant      TEXT   NOT NULL,
    handoff     TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    body        BYTEA  NOT NULL,
    text_key    BYTEA  NOT NULL,
    name_key    BYTEA  NOT NULL,
    part_key    BYTEA  NOT NULL,
    received_at BIGINT NOT NULL,
    modified_at BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, handoff)
);
CREATE INDEX handoff_task_name ON handoff_task (tenant, name_key);
CREATE INDEX handoff_task_part ON handoff_task (tenant, part_key);

-- +goose Down
DROP TABLE handoff_task;
