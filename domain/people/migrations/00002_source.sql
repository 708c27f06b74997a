-- +goose Up
-- By which marks other systems know a person: keyed tokens, never the numbers
-- themselves.
CREATE TABLE people_source (
    tenant TEXT  NOT NULL,
    mark   BYTEA NOT NULL,
    person TEXT  NOT NULL,
    PRIMARY KEY (tenant, mark)
);
CREATE INDEX people_source_person ON people_source (tenant, person);

-- +goose Down
DROP TABLE people_source;
