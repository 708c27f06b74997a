-- +goose Up
CREATE TABLE notify_channel (
    tenant    TEXT   NOT NULL,
    channel   TEXT   NOT NULL,
    opened_at BIGINT NOT NULL,
    basis     TEXT   NOT NULL,
    why       TEXT   NOT NULL,
    opened_by TEXT   NOT NULL,
    shut_at   BIGINT NOT NULL,
    shut_by   TEXT   NOT NULL,
    PRIMARY KEY (tenant, channel, opened_at)
);

CREATE TABLE notify_device (
    tenant   TEXT   NOT NULL,
    device   TEXT   NOT NULL,
    account  TEXT   NOT NULL,
    channel  TEXT   NOT NULL,
    address  BYTEA  NOT NULL,
    language TEXT   NOT NULL,
    added_at BIGINT NOT NULL,
    gone_at  BIGINT NOT NULL,
    PRIMARY KEY (tenant, device)
);
CREATE INDEX notify_device_account ON notify_device (tenant, account);

CREATE TABLE notify_delivery (
    tenant    TEXT   NOT NULL,
    message   TEXT   NOT NULL,
    device    TEXT   NOT NULL,
    account   TEXT   NOT NULL,
    channel   TEXT   NOT NULL,
    word      TEXT   NOT NULL,
    path      TEXT   NOT NULL,
    token     TEXT   NOT NULL,
    state     TEXT   NOT NULL,
    queued_at BIGINT NOT NULL,
    until_at  BIGINT NOT NULL,
    sent_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant, message, device)
);
CREATE UNIQUE INDEX notify_delivery_token ON notify_delivery (tenant, token);

-- +goose Down
DROP TABLE notify_delivery;
DROP TABLE notify_device;
DROP TABLE notify_channel;
