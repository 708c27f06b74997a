-- Who is out alone and until when; what peers say of themselves by choice; what
-- the person would like of a peer.

-- +goose Up
CREATE TABLE rota_alone (
    tenant   TEXT   NOT NULL,
    peer     TEXT   NOT NULL,
    turn     BIGINT NOT NULL,
    state    TEXT   NOT NULL,
    place    TEXT   NOT NULL,
    due_at   BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    version  BIGINT NOT NULL,
    PRIMARY KEY (tenant, peer)
);
CREATE INDEX rota_alone_state ON rota_alone (tenant, state);
ALTER TABLE rota_peer ADD COLUMN gender TEXT NOT NULL DEFAULT '';
ALTER TABLE rota_peer ADD COLUMN lived TEXT NOT NULL DEFAULT '';
ALTER TABLE rota_run ADD COLUMN gender TEXT NOT NULL DEFAULT '';
ALTER TABLE rota_run ADD COLUMN lived TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE rota_run DROP COLUMN lived;
ALTER TABLE rota_run DROP COLUMN gender;
ALTER TABLE rota_peer DROP COLUMN lived;
ALTER TABLE rota_peer DROP COLUMN gender;
DROP TABLE rota_alone;
