-- +goose Up
-- A leaf that waits for its number bears a stamp of its own, which only the
-- holder of the organisation's keys can make.
ALTER TABLE audit_queue ADD COLUMN stamp BYTEA NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE audit_queue DROP COLUMN stamp;
