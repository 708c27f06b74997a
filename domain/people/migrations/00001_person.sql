-- +goose Up
CREATE TABLE people_person (
    tenant      TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    provisional BIGINT NOT NULL,
    name        BYTEA  NOT NULL,
    legal_name  BYTEA  NOT NULL,
    pronouns    BYTEA  NOT NULL,
    languages   TEXT   NOT NULL,
    phone       BYTEA  NOT NULL,
    email       BYTEA  NOT NULL,
    voicemail   BIGINT NOT NULL,
    texts       BIGINT NOT NULL,
    safety      BYTEA  NOT NULL,
    created_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, person)
);

-- +goose Down
DROP TABLE people_person;
