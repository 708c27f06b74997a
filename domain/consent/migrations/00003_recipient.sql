-- +goose Up
-- Whom something can be told, and which of them a person calls theirs.
CREATE TABLE consent_recipient (
    tenant    TEXT   NOT NULL,
    recipient TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    via       TEXT   NOT NULL,
    name      TEXT   NOT NULL,
    address   TEXT   NOT NULL,
    covered   BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (tenant, recipient)
);

CREATE TABLE consent_mine (
    tenant    TEXT   NOT NULL,
    person    TEXT   NOT NULL,
    recipient TEXT   NOT NULL,
    since_at  BIGINT NOT NULL,
    until_at  BIGINT NOT NULL,
    noted_by  TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (tenant, person, recipient)
);

-- +goose Down
DROP TABLE consent_mine;
DROP TABLE consent_recipient;
