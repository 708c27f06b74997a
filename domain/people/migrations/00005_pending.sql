-- +goose Up
-- bare is 1 for the mark of a name when nothing but the name is known.
ALTER TABLE people_mark ADD COLUMN bare BIGINT NOT NULL DEFAULT 0;

-- Who came in by a file and cannot be found yet. Ids are handed out in order, so
-- this table costs next to nothing.
CREATE TABLE people_pending (
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (tenant, person)
);

-- +goose Down
DROP TABLE people_pending;
ALTER TABLE people_mark DROP COLUMN bare;
