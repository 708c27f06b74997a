-- Where someone goes alone may be another person's street: it rests under the key
-- of whoever goes. What stood here in the open is not kept.

-- +goose Up
ALTER TABLE rota_alone DROP COLUMN place;
ALTER TABLE rota_alone ADD COLUMN place BYTEA NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE rota_alone DROP COLUMN place;
ALTER TABLE rota_alone ADD COLUMN place TEXT NOT NULL DEFAULT '';
