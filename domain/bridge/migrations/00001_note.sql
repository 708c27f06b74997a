-- +goose Up
-- A context note to a care team, as it is being written.
CREATE TABLE bridge_note (
    tenant     TEXT   NOT NULL,
    note       TEXT   NOT NULL,
    person     TEXT   NOT NULL,
    recipient  TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    body       BYTEA  NOT NULL,
    touches    TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    made_by    TEXT   NOT NULL,
    written_at BIGINT NOT NULL,
    approval   TEXT   NOT NULL,
    sent_at    BIGINT NOT NULL,
    back_at    BIGINT NOT NULL,
    turn       BIGINT NOT NULL,
    link_key   BYTEA  NOT NULL,
    device_key BYTEA  NOT NULL,
    device_at  BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (tenant, note)
);
CREATE INDEX bridge_note_person ON bridge_note (tenant, person, made_at);
CREATE INDEX bridge_note_link ON bridge_note (tenant, link_key);

-- What the person approved, word for word. Nothing of it is ever changed but
-- when it ended.
CREATE TABLE bridge_approval (
    tenant      TEXT   NOT NULL,
    approval    TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    recipient   TEXT   NOT NULL,
    body        BYTEA  NOT NULL,
    touches     TEXT   NOT NULL,
    mark        BYTEA  NOT NULL,
    how         TEXT   NOT NULL,
    signed_as   BYTEA  NOT NULL,
    approved_at BIGINT NOT NULL,
    approved_by TEXT   NOT NULL,
    over_at     BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, approval)
);
CREATE INDEX bridge_approval_person ON bridge_approval (tenant, person, approved_at);

-- +goose Down
DROP TABLE bridge_approval;
DROP TABLE bridge_note;
