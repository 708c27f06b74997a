-- +goose Up
-- Which account is whose own: the one on whose page a person sees what is
-- theirs.
CREATE TABLE disclose_self (
    tenant   TEXT   NOT NULL,
    account  TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    since_at BIGINT NOT NULL,
    noted_by TEXT   NOT NULL,
    PRIMARY KEY (tenant, account)
);
CREATE UNIQUE INDEX disclose_self_person ON disclose_self (tenant, person);

-- +goose Down
DROP TABLE disclose_self;
