-- The rest of the path: offered again, on the way there, still there a month on;
-- the lane a board reads by; the person's own page.

-- +goose Up
ALTER TABLE handoff_handoff ADD COLUMN lane TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff_handoff ADD COLUMN transport TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff_handoff ADD COLUMN slot_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handoff_handoff ADD COLUMN retained30_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handoff_handoff ADD COLUMN retained90_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handoff_handoff ADD COLUMN reoffers BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handoff_handoff ADD COLUMN own_key BYTEA NOT NULL DEFAULT '';
ALTER TABLE handoff_handoff ADD COLUMN own_turn BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handoff_event ADD COLUMN slot_at BIGINT NOT NULL DEFAULT 0;
UPDATE handoff_handoff SET lane = CASE
    WHEN state = 'unconfirmed' THEN 'file'
    WHEN state = 'requested' THEN 'waiting'
    WHEN state = 'connected' THEN 'after'
    WHEN state IN ('not_now', 'closed') THEN 'over'
    ELSE 'walking' END;
DROP INDEX handoff_handoff_open;
CREATE INDEX handoff_handoff_lane ON handoff_handoff (tenant, lane, requested_at);
CREATE INDEX handoff_handoff_peer ON handoff_handoff (tenant, peer, lane, requested_at);
CREATE INDEX handoff_handoff_destination ON handoff_handoff (tenant, destination, lane);
CREATE INDEX handoff_handoff_site ON handoff_handoff (tenant, site, requested_at);

-- +goose Down
DROP INDEX handoff_handoff_site;
DROP INDEX handoff_handoff_destination;
DROP INDEX handoff_handoff_peer;
DROP INDEX handoff_handoff_lane;
CREATE INDEX handoff_handoff_open ON handoff_handoff (tenant, state, requested_at);
ALTER TABLE handoff_event DROP COLUMN slot_at;
ALTER TABLE handoff_handoff DROP COLUMN own_turn;
ALTER TABLE handoff_handoff DROP COLUMN own_key;
ALTER TABLE handoff_handoff DROP COLUMN reoffers;
ALTER TABLE handoff_handoff DROP COLUMN retained90_at;
ALTER TABLE handoff_handoff DROP COLUMN retained30_at;
ALTER TABLE handoff_handoff DROP COLUMN slot_at;
ALTER TABLE handoff_handoff DROP COLUMN transport;
ALTER TABLE handoff_handoff DROP COLUMN lane;
