package db_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"alongside/platform/db"
	"alongside/platform/errs"
)

func TestTransactionThatTheEngineGivesUpRunsTheOthersAgain(t *testing.T) {
	p, _ := lite(t)
	release := p.hold()
	var all sync.WaitGroup
	var runs sync.Map
	for i := range 5 {
		all.Go(func() {
			err := p.Write(p.ctx, func(tx *db.Tx) error {
				n, _ := runs.LoadOrStore(i, new(int))
				*n.(*int)++
				if i == 2 { // as a full disk does it
					tx.SysExec("ROLLBACK")
					return nil
				}
				_, err := tx.Exec(insertNote, fmt.Sprint(i), "", []byte{})
				return err
			})
			if (i == 2) != errs.Is(err, errs.Unavailable) {
				t.Error(i, err)
			}
		})
		p.gathered(int64(i) + 2) // so that they stand in this order
	}
	release()
	all.Wait()
	if got := p.ids("t1"); !slices.Equal(got, []string{"0", "1", "3", "4"}) {
		t.Fatal(got)
	}
	for i, want := range []int{2, 2, 1, 1, 1} {
		if n, _ := runs.Load(i); *n.(*int) != want {
			t.Errorf("%d ran %d times, not %d", i, *n.(*int), want)
		}
	}
}

func TestCommitErrorReachesEveryWaiter(t *testing.T) {
	p, _ := lite(t)
	p.write(func(tx *db.Tx) error { // a check that SQLite makes at the commit
		_, err := tx.SysExec("CREATE TABLE note_child (id TEXT NOT NULL PRIMARY KEY, parent TEXT NOT NULL REFERENCES note_child(id) DEFERRABLE INITIALLY DEFERRED)")
		return err
	})
	release := p.hold()
	var all sync.WaitGroup
	for i := range 5 {
		all.Go(func() {
			err := p.Write(p.ctx, func(tx *db.Tx) error {
				if i == 2 {
					_, err := tx.SysExec("INSERT INTO note_child VALUES ('a', 'nobody')")
					return err
				}
				_, err := tx.Exec(insertNote, fmt.Sprint(i), "", []byte{})
				return err
			})
			if err == nil {
				t.Error(i, "was told that it was kept")
			}
		})
	}
	p.gathered(6)
	release()
	all.Wait()
	if got := p.ids("t1"); len(got) != 0 {
		t.Fatal(got)
	}
	p.note("after")
}
