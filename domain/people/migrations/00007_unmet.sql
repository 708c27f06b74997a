-- +goose Up
-- Who came in by a file, and has had nobody to walk with.
CREATE TABLE people_unmet (
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (tenant, person)
);
INSERT INTO people_unmet (tenant, person)
    SELECT DISTINCT tenant, person FROM people_source WHERE LENGTH(said) > 0;

-- +goose Down
DROP TABLE people_unmet;
