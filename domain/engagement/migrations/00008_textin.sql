-- +goose Up
-- A text that came in, by a keyed mark of the id that its provider gave it. Who
-- could be told by its number has the words in their story, and none here.
CREATE TABLE engagement_textin (
    tenant      TEXT   NOT NULL,
    textin      TEXT   NOT NULL,
    mark        BYTEA  NOT NULL,
    number      BYTEA  NOT NULL,
    person      TEXT   NOT NULL,
    lock        TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    why         TEXT   NOT NULL,
    sender      BYTEA  NOT NULL,
    words       BYTEA  NOT NULL,
    came_at     BIGINT NOT NULL,
    answered_at BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, textin)
);
CREATE UNIQUE INDEX engagement_textin_mark ON engagement_textin (tenant, mark);
CREATE INDEX engagement_textin_number ON engagement_textin (tenant, number, came_at);
CREATE INDEX engagement_textin_person ON engagement_textin (tenant, person, came_at);
CREATE INDEX engagement_textin_state ON engagement_textin (tenant, state, came_at);

-- +goose Down
DROP TABLE engagement_textin;
