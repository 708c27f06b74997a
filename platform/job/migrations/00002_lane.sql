-- +goose Up
ALTER TABLE job_job ADD COLUMN lane TEXT NOT NULL DEFAULT '';
ALTER TABLE job_job ADD COLUMN hung_at BIGINT NOT NULL DEFAULT 0;
CREATE TABLE job_clock (
    tenant   TEXT   NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (tenant)
);

-- +goose Down
DROP TABLE job_clock;
ALTER TABLE job_job DROP COLUMN hung_at;
ALTER TABLE job_job DROP COLUMN lane;
