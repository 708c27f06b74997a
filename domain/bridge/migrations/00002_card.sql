-- +goose Up
-- Versions of cards in plain words. They are about nobody; the words of a
-- version are never changed.
CREATE TABLE bridge_card (
    tenant      TEXT   NOT NULL,
    edition     TEXT   NOT NULL,
    card        TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    kind        TEXT   NOT NULL,
    title_en    TEXT   NOT NULL,
    body_en     TEXT   NOT NULL,
    title_es    TEXT   NOT NULL,
    body_es     TEXT   NOT NULL,
    title_ar    TEXT   NOT NULL,
    body_ar     TEXT   NOT NULL,
    sources     TEXT   NOT NULL,
    written_by  TEXT   NOT NULL,
    written_at  BIGINT NOT NULL,
    reviewed_by TEXT   NOT NULL,
    reviewed_at BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, edition)
);
CREATE UNIQUE INDEX bridge_card_number ON bridge_card (tenant, card, number);

-- Cards that lie on a person's own page. Which card it is, is sealed.
CREATE TABLE bridge_gift (
    tenant   TEXT   NOT NULL,
    gift     TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    card     BYTEA  NOT NULL,
    title    BYTEA  NOT NULL,
    number   BIGINT NOT NULL,
    given_by TEXT   NOT NULL,
    given_at BIGINT NOT NULL,
    gone_at  BIGINT NOT NULL,
    version  BIGINT NOT NULL,
    PRIMARY KEY (tenant, gift)
);
CREATE INDEX bridge_gift_person ON bridge_gift (tenant, person, given_at);

-- +goose Down
DROP TABLE bridge_gift;
DROP TABLE bridge_card;
