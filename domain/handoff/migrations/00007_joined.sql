-- What two hand-offs that may be for one person have in common, as marks that
-- say nothing by themselves; and which was joined to which.

-- +goose Up
CREATE TABLE handoff_alike (
    tenant   TEXT   NOT NULL,
    handoff  TEXT   NOT NULL,
    mark     BYTEA  NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, handoff, mark)
);
CREATE INDEX handoff_alike_mark ON handoff_alike (tenant, mark, asked_at);
CREATE INDEX handoff_alike_asked ON handoff_alike (tenant, asked_at);

CREATE TABLE handoff_join (
    tenant    TEXT   NOT NULL,
    handoff   TEXT   NOT NULL,
    leads     TEXT   NOT NULL,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, handoff)
);
CREATE INDEX handoff_join_leads ON handoff_join (tenant, leads);

-- +goose Down
DROP TABLE handoff_join;
DROP TABLE handoff_alike;
