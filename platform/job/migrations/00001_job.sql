-- +goose Up
CREATE TABLE job_job (
    tenant      TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    key         TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    due_at      BIGINT NOT NULL DEFAULT 0,
    attempt     BIGINT NOT NULL DEFAULT 0,
    leased_by   TEXT   NOT NULL DEFAULT '',
    lease_until BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, kind, key)
);
CREATE INDEX job_job_due ON job_job (due_at);

-- +goose Down
DROP TABLE job_job;
