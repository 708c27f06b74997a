-- +goose Up
-- What a participant signs in with who has no e-mail: an alias, and words on paper.
-- Of both only marks can be looked for, and a card that is void has none.
CREATE TABLE access_card (
    tenant     TEXT   NOT NULL,
    card       TEXT   NOT NULL,
    person     TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    alias      BYTEA  NOT NULL,
    language   TEXT   NOT NULL,
    found_by   BYTEA  NOT NULL,
    words      BYTEA  NOT NULL,
    act        BYTEA  NOT NULL,
    made_by    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    ended_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant, card)
);
CREATE UNIQUE INDEX access_card_act ON access_card (tenant, act);
CREATE INDEX access_card_find ON access_card (found_by);
CREATE INDEX access_card_account ON access_card (tenant, account, created_at);
CREATE INDEX access_card_person ON access_card (tenant, person);

-- +goose Down
DROP TABLE access_card;
