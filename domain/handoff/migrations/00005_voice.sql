-- What the person said that waits for an answer, and where they are when they
-- ask again.

-- +goose Up
ALTER TABLE handoff_handoff ADD COLUMN voiced_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handoff_event ADD COLUMN whereabouts BYTEA NOT NULL DEFAULT '';
CREATE INDEX handoff_handoff_voiced ON handoff_handoff (tenant, voiced_at) WHERE voiced_at > 0;

-- +goose Down
DROP INDEX handoff_handoff_voiced;
ALTER TABLE handoff_event DROP COLUMN whereabouts;
ALTER TABLE handoff_handoff DROP COLUMN voiced_at;
