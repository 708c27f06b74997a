-- Who was there when someone was introduced, besides the person and the peer.

-- +goose Up
ALTER TABLE handoff_event ADD COLUMN were_there TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE handoff_event DROP COLUMN were_there;
