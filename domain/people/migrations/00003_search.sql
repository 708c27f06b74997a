-- +goose Up
-- Keyed tokens by which a person is found. The year names the key.
CREATE TABLE people_token (
    tenant TEXT   NOT NULL,
    year   BIGINT NOT NULL,
    token  BYTEA  NOT NULL,
    person TEXT   NOT NULL,
    PRIMARY KEY (tenant, year, token, person)
);

-- Keyed marks by which two records are proposed as the same person.
CREATE TABLE people_mark (
    tenant TEXT   NOT NULL,
    year   BIGINT NOT NULL,
    mark   BYTEA  NOT NULL,
    person TEXT   NOT NULL,
    PRIMARY KEY (tenant, year, mark, person)
);

-- Under which year's key an organisation searches. While next is set, the table
-- is written anew under that key, as far as upto.
CREATE TABLE people_search (
    tenant TEXT   NOT NULL,
    year   BIGINT NOT NULL,
    next   BIGINT NOT NULL,
    upto   TEXT   NOT NULL,
    PRIMARY KEY (tenant)
);

-- +goose Down
DROP TABLE people_search;
DROP TABLE people_mark;
DROP TABLE people_token;
