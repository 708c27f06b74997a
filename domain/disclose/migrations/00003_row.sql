-- +goose Up
-- Which row was read, so that whoever it is about sees when.
ALTER TABLE disclose_disclosure ADD COLUMN told_row TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE disclose_disclosure DROP COLUMN told_row;
