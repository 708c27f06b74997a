-- +goose Up
-- Whether a person lets their plan rest on the phone of who walks with them.
CREATE TABLE engagement_carry (
    tenant  TEXT   NOT NULL,
    person  TEXT   NOT NULL,
    peers   BIGINT NOT NULL,
    said_by TEXT   NOT NULL,
    said_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, person)
);

-- +goose Down
DROP TABLE engagement_carry;
