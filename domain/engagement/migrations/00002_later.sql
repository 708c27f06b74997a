-- +goose Up
-- What a peer put off on their own list, until when and why.
CREATE TABLE engagement_later (
    tenant   TEXT   NOT NULL,
    peer     TEXT   NOT NULL,
    item     TEXT   NOT NULL,
    until_at BIGINT NOT NULL,
    why      TEXT   NOT NULL,
    PRIMARY KEY (tenant, peer, item)
);

-- +goose Down
DROP TABLE engagement_later;
