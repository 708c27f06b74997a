package audit_test

import (
	"io/fs"
	"log/slog"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"alongside/domain/audit"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
)

// onWaiting runs fn where leaves wait for their number, with five that have one.
func onWaiting(t *testing.T, fn func(l *log)) {
	onBoth(t, func(l *log) {
		if l.db.Engine() != db.Postgres {
			return // nothing waits
		}
		l.fill(5)
		l.must(l.db.Write(l.ctx, func(tx *db.Tx) error { return audit.Write(tx, entry(0)) }))
		fn(l)
	})
}

// A leaf is as safe while it waits for its number as after: someone who can write to
// the database and holds no keys changes none, and puts in none of their own, that
// verify does not find, and where.
func TestALeafThatWaitsCannotBeForged(t *testing.T) {
	edit := func(column, value string) string {
		return "UPDATE audit_queue SET " + column + " = " + value + " WHERE tenant = $1"
	}
	entry := func(old, now string) string {
		return "CONVERT_TO(REPLACE(CONVERT_FROM(entry, 'UTF8'), '" + old + "', '" + now + "'), 'UTF8')"
	}
	for name, sql := range map[string]string{
		"whose it is":      edit("entry", entry("acct1", "acct2")),
		"what was done":    edit("entry", entry("handoff.see", "handoff.saw")),
		"whom it is about": strings.Replace(edit("about", "'person9'"), " WHERE", ", entry = "+entry("person0", "person9")+" WHERE", 1),
		"when":             edit("at", "at + 1"),
		"one of their own": `INSERT INTO audit_queue (tenant, id, at, about, entry)
			SELECT tenant, '0-' || id, at, about, ` + entry("acct1", "acct2") + ` FROM audit_queue WHERE tenant = $1`,
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			onWaiting(t, func(l *log) {
				l.tamper(sql)
				l.sequence()
				if got := l.verify(nil); got != "edited 5" {
					l.Errorf("%s", got)
				}
				l.fill(3)
				if got := l.verify(l.checkpoint()); got != "edited 5" {
					l.Errorf("after three more: %s", got)
				}
			})
		})
	}
	onWaiting(t, func(l *log) {
		l.sequence()
		if got := l.verify(nil); got != "ok 6" {
			l.Errorf("left alone: %s", got)
		}
	})
}

// What a program from before left waiting, without a stamp, is as good as ever.
func TestWhatAnOlderProgramLeftWaitingIsNumbered(t *testing.T) {
	url := dbtest.Postgres(t, nil)
	d, err := db.Open(t.Context(), db.Options{Postgres: url, Vault: dbtest.Vault(t, t.TempDir()), Clock: clock.NewFake(dbtest.Noon())})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	l := &log{T: t, db: d, ctx: as("t1")}
	older := audit.NewSequencer(d, slog.New(slog.DiscardHandler)).SequenceOlder
	l.must(older(t.Context())) // no table yet
	l.must(d.Migrate(t.Context(), []db.Migrations{{Name: "audit", FS: upTo(t, "00002")}}))
	l.tamper(`INSERT INTO audit_queue (tenant, id, at, about, entry) VALUES ($1, '1-a', 7, '', $2)`,
		[]byte(`"v":1,"kind":"look","action":"handoff.board","at":7,"actor":"acct1","role":"peer","purpose":"TREAT"}`))
	l.must(older(t.Context()))
	l.must(d.Migrate(t.Context(), []db.Migrations{{Name: "audit", FS: audit.Migrations()}}))
	l.must(older(t.Context()))
	if got := l.verify(nil); got != "ok 1" {
		t.Error(got)
	}
}

// upTo are the migrations of an older program.
func upTo(t *testing.T, last string) fs.FS {
	out := fstest.MapFS{}
	files, err := fs.Glob(audit.Migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		b, err := fs.ReadFile(audit.Migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		if number, _, _ := strings.Cut(path.Base(name), "_"); number <= last {
			out[name] = &fstest.MapFile{Data: b}
		}
	}
	return out
}
