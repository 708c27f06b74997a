-- An answer that was put right: which one, what stood there and what is so.

-- +goose Up
ALTER TABLE handoff_event ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff_event ADD COLUMN value_was TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff_event ADD COLUMN was BYTEA NOT NULL DEFAULT '';
ALTER TABLE handoff_event ADD COLUMN said BYTEA NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE handoff_event DROP COLUMN said;
ALTER TABLE handoff_event DROP COLUMN was;
ALTER TABLE handoff_event DROP COLUMN value_was;
ALTER TABLE handoff_event DROP COLUMN about;
