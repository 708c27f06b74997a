-- +goose Up
-- When an account ends by itself: a contractor's, a student's, a visitor's. 0 is
-- never.
ALTER TABLE access_account ADD COLUMN until_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE access_account DROP COLUMN until_at;
