-- +goose Up
-- What an organisation says of the law of its state: who signs a consent when
-- the person is not of age. The newest row holds.
CREATE TABLE tenant_minors (
    tenant     TEXT   NOT NULL,
    decision   TEXT   NOT NULL,
    signs      TEXT   NOT NULL,
    says       TEXT   NOT NULL,
    decided_by TEXT   NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, decision)
);

-- +goose Down
DROP TABLE tenant_minors;
