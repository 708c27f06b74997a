-- +goose Up
-- Every time an organisation was put under another privacy law than its
-- country's, or back: which, why, and who decided it.
CREATE TABLE tenant_regime (
    tenant     TEXT   NOT NULL,
    decision   TEXT   NOT NULL,
    regime     TEXT   NOT NULL,
    why        TEXT   NOT NULL,
    decided_by TEXT   NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, decision)
);

-- +goose Down
DROP TABLE tenant_regime;
