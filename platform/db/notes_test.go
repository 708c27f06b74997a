package db_test

import (
	"strings"
	"testing/fstest"

	"alongside/platform/db"
)

// notes is the table that the tests write to.
func notes() []db.Migrations {
	return []db.Migrations{{Name: "note", FS: fstest.MapFS{"00001_note.sql": {Data: []byte(`-- +goose Up
CREATE TABLE note_note (
    tenant  TEXT NOT NULL,
    id      TEXT NOT NULL,
    said    TEXT NOT NULL DEFAULT '',
    at      BIGINT NOT NULL DEFAULT 0,
    share   DOUBLE PRECISION NOT NULL DEFAULT 0,
    sealed  BYTEA NOT NULL,
    PRIMARY KEY (tenant, id)
);
`)}}}}
}

const insertNote = "INSERT INTO note_note (tenant, id, said, sealed) VALUES ($1, $2, $3, $4)"

// row is what one commit of the benchmarks writes: 200 bytes.
func row() string { return strings.Repeat("x", 150) }
