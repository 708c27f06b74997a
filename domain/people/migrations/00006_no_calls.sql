-- +goose Up
-- Someone who asked not to be called.
ALTER TABLE people_person ADD COLUMN no_calls BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE people_person DROP COLUMN no_calls;
