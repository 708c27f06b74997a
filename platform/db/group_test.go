package db_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
)

// lite opens a SQLite database of its own, with the log in the returned buffer.
func lite(t *testing.T) (place, *bytes.Buffer) {
	t.Helper()
	dir, log, clk := t.TempDir(), &bytes.Buffer{}, clock.NewFake(dbtest.Noon())
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: dbtest.Vault(t, dir), Clock: clk, Log: slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Migrate(t.Context(), notes()); err != nil {
		t.Fatal(err)
	}
	return place{t, d, dbtest.Scope(t.Context(), "t1"), clk}, log
}

// hold keeps the writing door until release is called, so that callers gather
// behind it: they share the next commit.
func (p place) hold() (release func()) {
	in, out := make(chan bool), make(chan bool)
	var over sync.WaitGroup
	over.Go(func() {
		err := p.Write(p.ctx, func(*db.Tx) error { close(in); <-out; return nil })
		if err != nil {
			p.Error(err)
		}
	})
	<-in
	return func() { close(out); over.Wait() }
}

// gathered waits until n callers are at the door, the one who holds it counted.
func (p place) gathered(n int64) {
	for p.Stats().Waiting < n {
		runtime.Gosched()
	}
}

// act is what one caller does in its transaction.
type act struct {
	keys []string
	how  string // keep, fail, panic, give up, let pass
}

func (a act) kept() bool { return a.how == "keep" }

func (a act) run(p place, shared []string) {
	defer func() { recover() }()
	p.Write(p.ctx, func(tx *db.Tx) error {
		for _, k := range a.keys {
			if _, err := tx.Exec(insertNote, k, "", []byte{}); err != nil {
				return err
			}
		}
		switch a.how {
		case "fail":
			return errors.New("no")
		case "panic":
			panic("no")
		case "give up": // what a test does that has seen enough
			runtime.Goexit()
		case "let pass":
			tx.Exec(insertNote, shared[0], "", []byte{})
		}
		return nil
	})
}

func TestNobodyInAGroupIsTouchedByAnother(t *testing.T) {
	onBoth(t, func(p place) {
		p.note("shared")
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			hows := rapid.SliceOfN(rapid.SampledFrom([]string{"keep", "keep", "keep", "fail", "panic", "give up", "let pass"}), 1, 70).Draw(rt, "hows")
			sizes := rapid.SliceOfN(rapid.IntRange(0, 4), len(hows), len(hows)).Draw(rt, "sizes")
			var want []string
			release := p.hold()
			var all sync.WaitGroup
			for i, how := range hows {
				a := act{how: how}
				for k := range sizes[i] {
					a.keys = append(a.keys, fmt.Sprintf("r%d-%d-%d", round, i, k))
				}
				if a.kept() {
					want = append(want, a.keys...)
				}
				all.Go(func() { a.run(p, []string{"shared"}) })
			}
			if p.Engine() == db.SQLite {
				p.gathered(int64(len(hows)) + 1)
			}
			before := p.Stats()
			release()
			all.Wait()
			slices.Sort(want)
			got := slices.DeleteFunc(p.ids("t1"), func(id string) bool { return !strings.HasPrefix(id, fmt.Sprintf("r%d-", round)) })
			if !slices.Equal(got, want) {
				rt.Fatalf("kept %v, want %v", got, want)
			}
			if groups := p.Stats().Groups - before.Groups; p.Engine() == db.SQLite && groups > 2 {
				rt.Fatalf("%d callers needed %d commits", len(hows), groups)
			}
		})
	})
}

func TestCallersWhoWaitTogetherShareACommit(t *testing.T) {
	p, _ := lite(t)
	release := p.hold()
	before := p.Stats()
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() { p.note(fmt.Sprint(i)) })
	}
	p.gathered(51)
	release()
	all.Wait()
	after := p.Stats()
	if commits, groups := after.Commits-before.Commits, after.Groups-before.Groups; commits != 51 || groups != 1 {
		t.Fatalf("%d transactions in %d commits", commits, groups)
	}
}

func TestPanicComesToItsCaller(t *testing.T) {
	onBoth(t, func(p place) {
		func() {
			defer func() {
				if v := recover(); v != "mine" {
					t.Error("recovered", v)
				}
			}()
			p.Write(p.ctx, func(tx *db.Tx) error { panic("mine") })
		}()
		p.note("a") // the door still opens
	})
}

func TestCancelledWhileQueuedDoesNotRun(t *testing.T) {
	p, _ := lite(t)
	release := p.hold()
	ctx, cancel := context.WithCancel(p.ctx)
	var all sync.WaitGroup
	all.Go(func() {
		err := p.Write(ctx, func(*db.Tx) error { t.Error("it ran"); return nil })
		if !errors.Is(err, context.Canceled) || !errs.Is(err, errs.Unavailable) {
			t.Error(err)
		}
	})
	p.gathered(2)
	cancel()
	all.Wait() // answered although the door is still held
	release()
	p.note("a")
}

func TestCancelledWhileRunningStopsAndUndoes(t *testing.T) {
	onBoth(t, func(p place) {
		ctx, cancel := context.WithCancel(p.ctx)
		err := p.Write(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(insertNote, "a", "", []byte{}); err != nil {
				return err
			}
			cancel()
			_, err := tx.Exec(insertNote, "b", "", []byte{})
			return err
		})
		if !errors.Is(err, context.Canceled) || len(p.ids("t1")) != 0 {
			t.Fatal(err, p.ids("t1"))
		}
		ctx, cancel = context.WithCancel(p.ctx)
		err = p.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(insertNote, "c", "", []byte{})
			cancel() // too late: the answer is the truth about the commit
			return err
		})
		if err != nil || len(p.ids("t1")) != 1 {
			t.Fatal(err, p.ids("t1"))
		}
	})
}

func TestHoldingTheDoorIsLogged(t *testing.T) {
	p, log := lite(t)
	p.write(func(*db.Tx) error { p.clk.Add(20 * time.Millisecond); return nil })
	if log.Len() != 0 {
		t.Fatal("logged 20 ms:", log)
	}
	p.write(func(*db.Tx) error { p.clk.Add(21 * time.Millisecond); return nil })
	if !strings.Contains(log.String(), "held the writing door") || !strings.Contains(log.String(), "TestHoldingTheDoorIsLogged") && !strings.Contains(log.String(), "place.write") || p.Stats().Held != 1 {
		t.Fatal(log)
	}
}

func TestFullDatabaseIsUnavailableAndHeals(t *testing.T) {
	p, _ := lite(t)
	p.note("before")
	limit := func(pages int) {
		p.write(func(tx *db.Tx) error {
			_, err := tx.SysExec(fmt.Sprintf("PRAGMA max_page_count = %d", pages))
			return err
		})
	}
	limit(40)
	big := func(id string) error {
		return p.Write(p.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(insertNote, id, strings.Repeat("x", 200_000), []byte{})
			return err
		})
	}
	if err := big("big"); !errs.Is(err, errs.Unavailable) {
		t.Fatal(err)
	}
	release := p.hold() // in a group: the small ones are kept
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			if i%2 == 0 {
				if err := big(fmt.Sprint("big", i)); !errs.Is(err, errs.Unavailable) {
					t.Error(err)
				}
				return
			}
			p.note(fmt.Sprint("small", i))
		})
	}
	p.gathered(7)
	release()
	all.Wait()
	limit(100_000)
	if err := big("at last"); err != nil {
		t.Fatal(err)
	}
	if got := p.ids("t1"); !slices.Equal(got, []string{"at last", "before", "small1", "small3", "small5"}) {
		t.Fatal(got)
	}
}

func TestClosedDoorIsUnavailable(t *testing.T) {
	onBoth(t, func(p place) {
		if err := errors.Join(p.Close(), p.Close()); err != nil {
			t.Fatal(err)
		}
		nothing := func(tx *db.Tx) error { return tx.Row("SELECT $1").Scan(new(string)) }
		for _, err := range []error{p.Write(p.ctx, nothing), p.Read(p.ctx, nothing), p.Ready(t.Context())} {
			if err == nil {
				t.Fatal("a closed database answered")
			}
		}
	})
}

func TestReadersAreFourAtMostAndOpenLate(t *testing.T) {
	p, _ := lite(t)
	if n := p.Stats().Readers; n != 0 {
		t.Fatal("open before anyone reads:", n)
	}
	for range 3 {
		p.ids("t1")
	}
	if n := p.Stats().Readers; n != 1 {
		t.Fatal("one after the other needs one, not", n)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			for range 20 {
				p.ids("t1")
			}
		})
	}
	all.Wait()
	if n := p.Stats().Readers; n > 4 {
		t.Fatal(n)
	}
	p.Shrink()
	if n := p.Stats().Readers; n != 0 {
		t.Fatal(n)
	}
	p.note("a")
	if got := p.ids("t1"); len(got) != 1 {
		t.Fatal(got)
	}
}

func TestReadersNotNeededAreClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, _ := lite(t)
		defer p.Close()
		read := func(n int) { // at the same time
			var all sync.WaitGroup
			in := make(chan bool)
			for range n {
				all.Go(func() {
					p.Read(p.ctx, func(*db.Tx) error { in <- true; return nil })
				})
			}
			synctest.Wait()
			for range n {
				<-in
			}
			all.Wait()
		}
		rest := func(want int64) {
			t.Helper()
			time.Sleep(20*time.Second + time.Millisecond)
			if n := p.Stats().Readers; n != want {
				t.Fatal(n, want)
			}
		}
		read(4)
		rest(4) // all were needed since they were opened
		read(1)
		rest(1) // three were not
		read(1)
		rest(1)
		rest(0)
		read(1)
	})
}

func TestReadEndsWithItsContext(t *testing.T) {
	onBoth(t, func(p place) {
		ctx, cancel := context.WithTimeout(p.ctx, 50*time.Millisecond)
		defer cancel()
		err := p.Read(ctx, func(tx *db.Tx) error {
			var n int64
			return tx.Row(`WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000)
				SELECT count(*) FROM c WHERE $1 <> ''`).Scan(&n)
		})
		if !errs.Is(err, errs.Unavailable) {
			t.Fatal(err)
		}
		p.ids("t1")
	})
}
