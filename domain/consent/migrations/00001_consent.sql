-- +goose Up
CREATE TABLE consent_consent (
    tenant      TEXT   NOT NULL,
    consent     TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    recipient   TEXT   NOT NULL,
    what        TEXT   NOT NULL,
    purpose     TEXT   NOT NULL,
    given_at    BIGINT NOT NULL,
    until_at    BIGINT NOT NULL,
    how         TEXT   NOT NULL,
    paper       BYTEA  NOT NULL,
    given_by    TEXT   NOT NULL,
    revoked_at  BIGINT NOT NULL,
    revoked_how TEXT   NOT NULL,
    revoked_by  TEXT   NOT NULL,
    recorded_at BIGINT NOT NULL,
    mark_at     BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, consent)
);
CREATE INDEX consent_consent_person ON consent_consent (tenant, person, recipient);

-- +goose Down
DROP TABLE consent_consent;
