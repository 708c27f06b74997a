-- +goose Up
CREATE TABLE access_account (
    tenant       TEXT   NOT NULL,
    account      TEXT   NOT NULL,
    name         BYTEA  NOT NULL,
    email        BYTEA  NOT NULL,
    email_key    BYTEA  NOT NULL,
    roles        TEXT   NOT NULL,
    language     TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    suspended_at BIGINT NOT NULL,
    ended_at     BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (tenant, account)
);
CREATE UNIQUE INDEX access_account_email ON access_account (tenant, email_key);
CREATE INDEX access_account_find ON access_account (email_key);

CREATE TABLE access_link (
    tenant     TEXT   NOT NULL,
    link       TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    made_by    TEXT   NOT NULL,
    reusable   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    act        BYTEA  NOT NULL,
    session    TEXT   NOT NULL,
    PRIMARY KEY (tenant, link)
);
CREATE INDEX access_link_account ON access_link (tenant, account);

CREATE TABLE access_session (
    tenant     TEXT   NOT NULL,
    session    TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    way        TEXT   NOT NULL,
    agent      TEXT   NOT NULL,
    place      BYTEA  NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    idle       BIGINT NOT NULL,
    ended_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant, session)
);
CREATE INDEX access_session_account ON access_session (tenant, account, created_at);

CREATE TABLE access_passkey (
    tenant     TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    passkey    TEXT   NOT NULL,
    credential BYTEA  NOT NULL,
    device     TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant, account, passkey)
);

CREATE TABLE access_secret (
    tenant     TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    password   BYTEA  NOT NULL,
    otp        BYTEA  NOT NULL,
    otp_step   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, account)
);

CREATE TABLE access_attempt (
    tenant  TEXT   NOT NULL,
    what    TEXT   NOT NULL,
    who     BYTEA  NOT NULL,
    free_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, what, who)
);
CREATE INDEX access_attempt_free ON access_attempt (free_at);

CREATE TABLE access_ceremony (
    tenant     TEXT   NOT NULL,
    ceremony   TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    data       BYTEA  NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, ceremony)
);
CREATE INDEX access_ceremony_expires ON access_ceremony (expires_at);

-- +goose Down
DROP TABLE access_ceremony;
DROP TABLE access_attempt;
DROP TABLE access_secret;
DROP TABLE access_passkey;
DROP TABLE access_session;
DROP TABLE access_link;
DROP TABLE access_account;
