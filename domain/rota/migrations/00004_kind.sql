-- +goose Up
-- What is asked for: a warm hand-off, or a peer for a moment.
ALTER TABLE rota_run ADD COLUMN kind TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE rota_run DROP COLUMN kind;
