-- +goose Up
CREATE TABLE outbox_item (
    tenant   TEXT   NOT NULL,
    item     TEXT   NOT NULL,
    take     BIGINT NOT NULL,
    account  TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    mark     BYTEA  NOT NULL,
    state    TEXT   NOT NULL,
    path     TEXT   NOT NULL,
    words    BYTEA  NOT NULL,
    sent_at  BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    version  BIGINT NOT NULL,
    PRIMARY KEY (tenant, item, take)
);
CREATE INDEX outbox_item_state ON outbox_item (tenant, state, taken_at);
CREATE INDEX outbox_item_person ON outbox_item (tenant, person);

CREATE TABLE outbox_setting (
    tenant  TEXT   NOT NULL,
    key     TEXT   NOT NULL,
    hours   BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, key)
);

-- +goose Down
DROP TABLE outbox_setting;
DROP TABLE outbox_item;
