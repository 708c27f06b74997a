-- +goose Up
-- One's own page asks what one was told.
CREATE INDEX notify_delivery_account ON notify_delivery (tenant, account);

-- +goose Down
DROP INDEX notify_delivery_account;
