-- +goose Up
CREATE TABLE engagement_walk (
    tenant    TEXT   NOT NULL,
    walk      TEXT   NOT NULL,
    person    TEXT   NOT NULL,
    peer      TEXT   NOT NULL,
    began_at  BIGINT NOT NULL,
    ended_at  BIGINT NOT NULL,
    change_at BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (tenant, walk)
);
CREATE INDEX engagement_walk_peer ON engagement_walk (tenant, peer, ended_at);
CREATE INDEX engagement_walk_person ON engagement_walk (tenant, person, ended_at);

CREATE TABLE engagement_contact (
    tenant     TEXT   NOT NULL,
    contact    TEXT   NOT NULL,
    sent_as    TEXT   NOT NULL,
    take       BIGINT NOT NULL,
    person     TEXT   NOT NULL,
    peer       TEXT   NOT NULL,
    way        TEXT   NOT NULL,
    reached    BIGINT NOT NULL,
    minutes    BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    about      TEXT   NOT NULL,
    went       TEXT   NOT NULL,
    next       TEXT   NOT NULL,
    next_at    BIGINT NOT NULL,
    they_began BIGINT NOT NULL,
    agreed     BIGINT NOT NULL,
    note       BYTEA  NOT NULL,
    instead_of TEXT   NOT NULL,
    noted_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant, contact)
);
CREATE UNIQUE INDEX engagement_contact_sent ON engagement_contact (tenant, sent_as, take);
CREATE INDEX engagement_contact_person ON engagement_contact (tenant, person, started_at);
CREATE INDEX engagement_contact_peer ON engagement_contact (tenant, peer, started_at);

-- What took the place of what. Nothing is written over.
CREATE TABLE engagement_over (
    tenant TEXT NOT NULL,
    old    TEXT NOT NULL,
    new    TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (tenant, old, new)
);
CREATE INDEX engagement_over_person ON engagement_over (tenant, person);

-- How things stand with a person, folded from the contacts.
CREATE TABLE engagement_standing (
    tenant      TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    reached_at  BIGINT NOT NULL,
    tried_at    BIGINT NOT NULL,
    tries       BIGINT NOT NULL,
    worry_at    BIGINT NOT NULL,
    next        TEXT   NOT NULL,
    next_at     BIGINT NOT NULL,
    next_by     TEXT   NOT NULL,
    apart       BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, person)
);

-- +goose Down
DROP TABLE engagement_standing;
DROP TABLE engagement_over;
DROP TABLE engagement_contact;
DROP TABLE engagement_walk;
