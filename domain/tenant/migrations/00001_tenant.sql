-- +goose Up
CREATE TABLE tenant_tenant (
    tenant       TEXT   NOT NULL,
    organisation TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    country      TEXT   NOT NULL,
    zone         TEXT   NOT NULL,
    regime       TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (tenant, organisation)
);

-- +goose Down
DROP TABLE tenant_tenant;
