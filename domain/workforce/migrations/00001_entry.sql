-- +goose Up
-- What a peer wrote for themselves, or in a co-reflection.
CREATE TABLE workforce_entry (
    tenant     TEXT   NOT NULL,
    entry      TEXT   NOT NULL,
    lock       TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    thread     TEXT   NOT NULL,
    kind       BYTEA  NOT NULL,
    words      BYTEA  NOT NULL,
    written_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    gone_at    BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (tenant, entry)
);
CREATE INDEX workforce_entry_account ON workforce_entry (tenant, account, entry);
CREATE INDEX workforce_entry_thread ON workforce_entry (tenant, thread, written_at);

-- Who takes part in a co-reflection.
CREATE TABLE workforce_part (
    tenant     TEXT   NOT NULL,
    thread     TEXT   NOT NULL,
    account    TEXT   NOT NULL,
    invited_by TEXT   NOT NULL,
    joined_at  BIGINT NOT NULL,
    left_at    BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (tenant, thread, account)
);
CREATE INDEX workforce_part_account ON workforce_part (tenant, account, left_at);

-- +goose Down
DROP TABLE workforce_part;
DROP TABLE workforce_entry;
