-- What kind of door a site is, how much it lets in at once, and what a service
-- says of itself: what it takes, when, and whether it has room today.

-- +goose Up
ALTER TABLE handoff_site ADD COLUMN door TEXT NOT NULL DEFAULT 'link';
ALTER TABLE handoff_site ADD COLUMN reoffers BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handoff_site ADD COLUMN flood BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handoff_destination ADD COLUMN takes TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff_destination ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff_destination ADD COLUMN languages TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff_destination ADD COLUMN medicine TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff_destination ADD COLUMN way TEXT NOT NULL DEFAULT '';
ALTER TABLE handoff_destination ADD COLUMN places BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handoff_destination ADD COLUMN places_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handoff_destination ADD COLUMN turn BIGINT NOT NULL DEFAULT 1;
ALTER TABLE handoff_destination ADD COLUMN link_key BYTEA NOT NULL DEFAULT '';
ALTER TABLE handoff_destination ADD COLUMN device_key BYTEA NOT NULL DEFAULT '';
ALTER TABLE handoff_destination ADD COLUMN device_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX handoff_destination_link ON handoff_destination (tenant, link_key);

-- +goose Down
DROP INDEX handoff_destination_link;
ALTER TABLE handoff_destination DROP COLUMN device_at;
ALTER TABLE handoff_destination DROP COLUMN device_key;
ALTER TABLE handoff_destination DROP COLUMN link_key;
ALTER TABLE handoff_destination DROP COLUMN turn;
ALTER TABLE handoff_destination DROP COLUMN places_at;
ALTER TABLE handoff_destination DROP COLUMN places;
ALTER TABLE handoff_destination DROP COLUMN way;
ALTER TABLE handoff_destination DROP COLUMN medicine;
ALTER TABLE handoff_destination DROP COLUMN languages;
ALTER TABLE handoff_destination DROP COLUMN hours;
ALTER TABLE handoff_destination DROP COLUMN takes;
ALTER TABLE handoff_site DROP COLUMN flood;
ALTER TABLE handoff_site DROP COLUMN reoffers;
ALTER TABLE handoff_site DROP COLUMN door;
