-- Days off begin with the next shift that has not begun: when they were taken.

-- +goose Up
ALTER TABLE rota_away ADD COLUMN since_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE rota_away DROP COLUMN since_at;
