-- +goose Up
-- Signed checkpoints that were handed out, so that a receipt can be proved
-- against one that others hold too.
CREATE TABLE audit_published (
    tenant TEXT   NOT NULL,
    size   BIGINT NOT NULL,
    note   BYTEA  NOT NULL,
    PRIMARY KEY (tenant, size)
);

-- +goose Down
DROP TABLE audit_published;
