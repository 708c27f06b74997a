-- +goose Up
-- A ward's request for a peer to calm, to explain or to be there. It is about
-- nobody; where they are is sealed under a key of its own and forgotten when it
-- ends.
CREATE TABLE bridge_live (
    tenant      TEXT   NOT NULL,
    live        TEXT   NOT NULL,
    lock        TEXT   NOT NULL,
    site        TEXT   NOT NULL,
    about       TEXT   NOT NULL,
    whereabouts BYTEA  NOT NULL,
    language    TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    asked_at    BIGINT NOT NULL,
    due_at      BIGINT NOT NULL,
    until_at    BIGINT NOT NULL,
    peer        TEXT   NOT NULL,
    taken_at    BIGINT NOT NULL,
    ended_at    BIGINT NOT NULL,
    ended_by    TEXT   NOT NULL,
    link_key    BYTEA  NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, live)
);
CREATE INDEX bridge_live_link ON bridge_live (tenant, link_key);
CREATE INDEX bridge_live_open ON bridge_live (tenant, ended_at, asked_at);

-- +goose Down
DROP TABLE bridge_live;
