package audit_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// log is a log under test: a database with one writer in organisation t1.
type log struct {
	*testing.T
	db  *db.DB
	v   *seal.Vault
	clk *clock.Fake
	ctx context.Context

	order int // of the leaves written so far, where a test counts them
}

// onBoth runs fn on SQLite and on PostgreSQL.
func onBoth(t *testing.T, fn func(l *log)) {
	dbtest.Run(t, []db.Migrations{{Name: "audit", FS: audit.Migrations()}},
		func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
			fn(&log{T: t, db: d, v: v, clk: clk, ctx: as("t1")})
		})
}

func as(tenant string) context.Context {
	return scope.With(context.Background(), scope.Scope{
		Tenant: tenant, Actor: "acct1", Role: "peer", Purpose: scope.Treatment,
	})
}

func (l *log) must(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

// write records entries, one transaction each, a minute apart.
func (l *log) write(entries ...audit.Entry) {
	l.Helper()
	for _, e := range entries {
		l.clk.Add(time.Minute)
		l.must(l.db.Write(l.ctx, func(tx *db.Tx) error { return audit.Write(tx, e) }))
	}
	l.sequence()
}

func (l *log) sequence() {
	l.Helper()
	_, err := audit.NewSequencer(l.db, slog.New(slog.DiscardHandler)).Sequence(l.ctx)
	l.must(err)
}

// fill writes n leaves: looks at one person, changes, and lists.
func (l *log) fill(n int) {
	l.Helper()
	all := make([]audit.Entry, n)
	for i := range all {
		all[i] = entry(i)
	}
	l.write(all...)
}

func entry(i int) audit.Entry {
	subject := fmt.Sprintf("person%d", i%5)
	switch i % 3 {
	case 0:
		return audit.Entry{Kind: audit.Look, Action: "handoff.see", Subjects: []string{subject}, Record: fmt.Sprintf("handoff_handoff/h%d", i)}
	case 1:
		return audit.Entry{Kind: audit.Look, Action: "handoff.board", Subjects: []string{"person3", subject, "person1", fmt.Sprintf("guest%d", i)}}
	}
	return audit.Entry{Kind: audit.Change, Action: "handoff.acknowledge", Subjects: []string{subject}, Record: fmt.Sprintf("handoff_handoff/h%d", i)}
}

// tamper runs SQL as someone who holds the database but not the keys.
func (l *log) tamper(sql string, args ...any) {
	l.Helper()
	l.must(l.db.Write(l.ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(sql, args...)
		if err == nil && n == 0 {
			l.Errorf("tampering changed nothing: %s", sql)
		}
		return err
	}))
}

// verify returns the verdict on t1 as "word position".
func (l *log) verify(checkpoint []byte) string {
	l.Helper()
	results, err := audit.Verify(context.Background(), l.db, checkpoint, nil)
	l.must(err)
	for _, r := range results {
		if r.Organisation == "t1" {
			return fmt.Sprintf("%s %d", r.Verdict, r.Position)
		}
	}
	return "no log"
}

func (l *log) checkpoint() []byte {
	l.Helper()
	signed, err := audit.Checkpoint(context.Background(), l.db, "t1")
	l.must(err)
	return signed
}

func (l *log) history(subject string, limit int, before int64) []audit.Leaf {
	l.Helper()
	var out []audit.Leaf
	l.must(l.db.Read(l.ctx, func(tx *db.Tx) error {
		var err error
		out, err = audit.History(tx, subject, limit, before)
		return err
	}))
	return out
}
