-- +goose Up
-- The address by which texts come in. No row: it was never changed.
CREATE TABLE engagement_textdoor (
    tenant  TEXT   NOT NULL,
    door    TEXT   NOT NULL,
    turn    BIGINT NOT NULL,
    shut_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, door)
);

-- +goose Down
DROP TABLE engagement_textdoor;
