-- +goose Up
-- A peer's own times: supervision, a group. About nobody else.
CREATE TABLE engagement_own (
    tenant    TEXT   NOT NULL,
    own       TEXT   NOT NULL,
    peer      TEXT   NOT NULL,
    sort      TEXT   NOT NULL,
    starts_at BIGINT NOT NULL,
    gone_at   BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (tenant, own)
);
CREATE INDEX engagement_own_peer ON engagement_own (tenant, peer, starts_at);

-- +goose Down
DROP TABLE engagement_own;
