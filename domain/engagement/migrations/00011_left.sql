-- +goose Up
-- Someone who left for good is nobody to find a peer for.
ALTER TABLE engagement_walk ADD COLUMN left_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE engagement_walk DROP COLUMN left_at;
