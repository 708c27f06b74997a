-- +goose Up
CREATE TABLE engagement_appointment (
    tenant      TEXT   NOT NULL,
    appointment TEXT   NOT NULL,
    person      TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    with_whom   BYTEA  NOT NULL,
    place       BYTEA  NOT NULL,
    way_there   BYTEA  NOT NULL,
    along       TEXT   NOT NULL,
    starts_at   BIGINT NOT NULL,
    moved_to    TEXT   NOT NULL,
    made_by     TEXT   NOT NULL,
    made_at     BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant, appointment)
);
CREATE INDEX engagement_appointment_person ON engagement_appointment (tenant, person, starts_at);
CREATE INDEX engagement_appointment_along ON engagement_appointment (tenant, along, starts_at);

-- How a person chose to be reminded.
CREATE TABLE engagement_remind (
    tenant  TEXT   NOT NULL,
    person  TEXT   NOT NULL,
    how     TEXT   NOT NULL,
    word    TEXT   NOT NULL,
    ahead   BIGINT NOT NULL,
    device  TEXT   NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (tenant, person)
);

-- +goose Down
DROP TABLE engagement_remind;
DROP TABLE engagement_appointment;
