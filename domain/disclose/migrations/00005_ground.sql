-- +goose Up
-- Which order or law a decision goes by is typed, so it is sealed. What an older
-- program wrote stays where it is.
ALTER TABLE disclose_demand ADD COLUMN ground BYTEA NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE disclose_demand DROP COLUMN ground;
