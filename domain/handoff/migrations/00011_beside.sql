-- Since when something beside the path that presses waits to be seen by whoever walks
-- with the person, because somebody else noted it.

-- +goose Up
ALTER TABLE handoff_handoff ADD COLUMN beside_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX handoff_handoff_beside ON handoff_handoff (tenant, beside_at) WHERE beside_at > 0;

-- +goose Down
DROP INDEX handoff_handoff_beside;
ALTER TABLE handoff_handoff DROP COLUMN beside_at;
