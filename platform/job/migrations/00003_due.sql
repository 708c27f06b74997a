-- +goose Up
DROP INDEX job_job_due;
CREATE INDEX job_job_due ON job_job (lane, due_at);
CREATE INDEX job_job_hung ON job_job (lane, hung_at);

-- +goose Down
DROP INDEX job_job_hung;
DROP INDEX job_job_due;
CREATE INDEX job_job_due ON job_job (due_at);
