-- +goose Up
-- Since when an organisation is paused; 0 is not. Why, and who decided it,
-- stands in a row of its own, each time it was paused or taken up again.
ALTER TABLE tenant_tenant ADD COLUMN paused_at BIGINT NOT NULL DEFAULT 0;
CREATE TABLE tenant_pause (
    tenant     TEXT   NOT NULL,
    decision   TEXT   NOT NULL,
    paused     BIGINT NOT NULL,
    why        TEXT   NOT NULL,
    decided_by TEXT   NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, decision)
);

-- +goose Down
DROP TABLE tenant_pause;
ALTER TABLE tenant_tenant DROP COLUMN paused_at;
