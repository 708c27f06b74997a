-- +goose Up
CREATE TABLE engagement_limits (
    tenant  TEXT   NOT NULL,
    key     TEXT   NOT NULL,
    quiet   BIGINT NOT NULL,
    most    BIGINT NOT NULL,
    apart   BIGINT NOT NULL,
    rest    BIGINT NOT NULL,
    phone   TEXT   NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, key)
);

-- +goose Down
DROP TABLE engagement_limits;
