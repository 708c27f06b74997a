package db_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
)

func TestEveryWriterSeesTheOneBefore(t *testing.T) {
	onBoth(t, func(p place) {
		p.note("count")
		const writers, each = 8, 10
		var all sync.WaitGroup
		for range writers {
			all.Go(func() {
				for range each {
					p.write(func(tx *db.Tx) error {
						var n int
						if err := tx.Row("SELECT at FROM note_note WHERE tenant = $1 AND id = 'count'").Scan(&n); err != nil {
							return errs.New(errs.Conflict, "words of my own", "") // also then it is tried again
						}
						_, err := tx.Exec("UPDATE note_note SET at = $2 WHERE tenant = $1 AND id = 'count'", n+1)
						if err != nil {
							return errors.New("words of my own")
						}
						return nil
					})
				}
			})
		}
		all.Wait()
		var n int
		p.write(func(tx *db.Tx) error {
			return tx.Row("SELECT at FROM note_note WHERE tenant = $1 AND id = 'count'").Scan(&n)
		})
		if n != writers*each {
			t.Fatalf("%d of %d were counted", n, writers*each)
		}
	})
}

func TestTwoWhoEachLookFirstDoNotBothGoAhead(t *testing.T) {
	onBoth(t, func(p place) {
		for range 10 {
			p.write(func(tx *db.Tx) error { _, err := tx.Exec("DELETE FROM note_note WHERE tenant = $1"); return err })
			var both sync.WaitGroup
			for _, id := range []string{"a", "b"} {
				both.Go(func() {
					p.write(func(tx *db.Tx) error { // only when nobody is there
						var n int
						err := tx.Row("SELECT count(*) FROM note_note WHERE tenant = $1").Scan(&n)
						if err == nil && n == 0 {
							_, err = tx.Exec(insertNote, id, "", []byte{})
						}
						return err
					})
				})
			}
			both.Wait()
			if got := p.ids("t1"); len(got) != 1 {
				t.Fatal("both went ahead:", got)
			}
		}
	})
}

// Who presses a button twice at once is answered twice as whoever pressed it once: of two
// who both looked before either wrote, the second looks again.
func TestTheSecondOfTwoSeesTheFirst(t *testing.T) {
	onBoth(t, func(p place) {
		if p.Engine() != db.Postgres {
			return // one after the other
		}
		var looked, all sync.WaitGroup
		looked.Add(2)
		for range 2 {
			all.Go(func() {
				runs := 0
				p.write(func(tx *db.Tx) error {
					err := tx.Row("SELECT id FROM note_note WHERE tenant = $1 AND id = 'a'").Scan(new(string))
					if runs++; runs == 1 {
						looked.Done()
						looked.Wait()
					}
					if !errs.Is(err, errs.NotFound) {
						return err
					}
					_, err = tx.Exec(insertNote, "a", "", []byte{})
					return err
				})
			})
		}
		all.Wait()
		runs := 0
		again := p.Write(p.ctx, func(tx *db.Tx) error { runs++; _, err := tx.Exec(insertNote, "a", "", []byte{}); return err })
		if !errs.Is(again, errs.Conflict) || runs != 2 {
			t.Error("without a look first:", runs, again)
		}
	})
}

func TestPostgresConnectionLostIsMadeAnew(t *testing.T) {
	url := dbtest.Postgres(t, notes())
	d, err := db.Open(t.Context(), db.Options{Postgres: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	p := place{t, d, dbtest.Scope(t.Context(), "t1"), nil}
	other, err := db.Open(t.Context(), db.Options{Postgres: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Close() })
	p.note("a")
	lose := func() {
		err := other.Write(p.ctx, func(tx *db.Tx) error {
			_, err := tx.SysExec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	lose()
	p.note("b") // between transactions nobody notices
	runs := 0
	err = d.Write(p.ctx, func(tx *db.Tx) error {
		runs++
		if _, err := tx.Exec(insertNote, "c", "", []byte{}); err != nil {
			return err
		}
		lose()
		_, err := tx.Exec(insertNote, "d", "", []byte{})
		return err
	})
	if !errs.Is(err, errs.Unavailable) || runs != 1 {
		t.Fatal("lost in the middle:", runs, err)
	}
	if got := strings.Join(p.ids("t1"), ""); got != "ab" {
		t.Fatal(got)
	}
	if err := d.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestPostgresThatIsNotThereIsUnavailable(t *testing.T) {
	for url, kind := range map[string]errs.Kind{
		"postgres:///x?host=" + t.TempDir(): errs.Unavailable,
		"not an address":                    errs.Invalid,
	} {
		_, err := db.Open(t.Context(), db.Options{Postgres: url, Clock: clock.System{}})
		if !errs.Is(err, kind) || strings.Contains(err.Error(), "not an address") {
			t.Error(url, err)
		}
	}
}
