-- +goose Up
CREATE TABLE rota_shift (
    tenant     TEXT   NOT NULL,
    shift      TEXT   NOT NULL,
    site       TEXT   NOT NULL,
    peer       TEXT   NOT NULL,
    from_day   TEXT   NOT NULL,
    until_day  TEXT   NOT NULL,
    begins     BIGINT NOT NULL,
    ends       BIGINT NOT NULL,
    repeats    TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (tenant, shift)
);
CREATE INDEX rota_shift_site ON rota_shift (tenant, site);
CREATE INDEX rota_shift_peer ON rota_shift (tenant, peer);

CREATE TABLE rota_change (
    tenant  TEXT   NOT NULL,
    shift   TEXT   NOT NULL,
    day     TEXT   NOT NULL,
    peer    TEXT   NOT NULL,
    removed BIGINT NOT NULL,
    PRIMARY KEY (tenant, shift, day)
);

CREATE TABLE rota_away (
    tenant    TEXT NOT NULL,
    away      TEXT NOT NULL,
    peer      TEXT NOT NULL,
    from_day  TEXT NOT NULL,
    until_day TEXT NOT NULL,
    PRIMARY KEY (tenant, away)
);
CREATE INDEX rota_away_peer ON rota_away (tenant, peer);

CREATE TABLE rota_peer (
    tenant    TEXT   NOT NULL,
    peer      TEXT   NOT NULL,
    languages TEXT   NOT NULL,
    turn      BIGINT NOT NULL,
    feed_key  BYTEA  NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (tenant, peer)
);
CREATE INDEX rota_peer_feed ON rota_peer (tenant, feed_key);

CREATE TABLE rota_known (
    tenant   TEXT   NOT NULL,
    peer     TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, peer, person)
);
CREATE INDEX rota_known_person ON rota_known (tenant, person);

CREATE TABLE rota_rung (
    tenant   TEXT   NOT NULL,
    site     TEXT   NOT NULL,
    place    BIGINT NOT NULL,
    who      TEXT   NOT NULL,
    wait     BIGINT NOT NULL,
    channels TEXT   NOT NULL,
    PRIMARY KEY (tenant, site, place)
);

CREATE TABLE rota_run (
    tenant     TEXT   NOT NULL,
    handoff    TEXT   NOT NULL,
    round      BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    site       TEXT   NOT NULL,
    person     TEXT   NOT NULL,
    language   TEXT   NOT NULL,
    step       BIGINT NOT NULL,
    rung       BIGINT NOT NULL,
    open_asks  BIGINT NOT NULL,
    began_at   BIGINT NOT NULL,
    moved_at   BIGINT NOT NULL,
    due_at     BIGINT NOT NULL,
    meet_by    BIGINT NOT NULL,
    taken_by   TEXT   NOT NULL,
    taken_at   BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (tenant, handoff)
);
CREATE INDEX rota_run_taken ON rota_run (tenant, taken_at);

CREATE TABLE rota_asked (
    tenant   TEXT   NOT NULL,
    handoff  TEXT   NOT NULL,
    round    BIGINT NOT NULL,
    peer     TEXT   NOT NULL,
    step     BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, handoff, round, peer)
);
CREATE INDEX rota_asked_peer ON rota_asked (tenant, peer);

CREATE TABLE rota_step (
    tenant   TEXT   NOT NULL,
    handoff  TEXT   NOT NULL,
    round    BIGINT NOT NULL,
    step     BIGINT NOT NULL,
    who      TEXT   NOT NULL,
    people   BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, handoff, round, step)
);

-- +goose Down
DROP TABLE rota_step;
DROP TABLE rota_asked;
DROP TABLE rota_run;
DROP TABLE rota_rung;
DROP TABLE rota_known;
DROP TABLE rota_peer;
DROP TABLE rota_away;
DROP TABLE rota_change;
DROP TABLE rota_shift;
