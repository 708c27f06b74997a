-- Whom the person would like to meet: someone of a gender, someone who has lived
-- a thing. Asked for, never promised.

-- +goose Up
ALTER TABLE handoff_handoff ADD COLUMN wish_gender TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff_handoff ADD COLUMN wish_lived TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE handoff_handoff DROP COLUMN wish_lived;
ALTER TABLE handoff_handoff DROP COLUMN wish_gender;
