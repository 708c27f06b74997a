package job

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// effects is a table that counts what handlers did.
func effects() db.Migrations {
	return db.Migrations{Name: "effect", FS: fstest.MapFS{"00001_effect.sql": {Data: []byte(`-- +goose Up
CREATE TABLE effect_effect (tenant TEXT NOT NULL, key TEXT NOT NULL, times BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (tenant, key));
`)}}}
}

type world struct {
	*testing.T
	d   *db.DB
	clk *clock.Fake
	ctx context.Context
}

func onBoth(t *testing.T, fn func(w world)) {
	dbtest.Run(t, []db.Migrations{Migrations(), effects()}, func(t *testing.T, d *db.DB, _ *seal.Vault, clk *clock.Fake) {
		fn(world{t, d, clk, dbtest.Scope(t.Context(), "t1")})
	})
}

func (w world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w world) runner(h Handler) *Runner {
	return NewRunner(w.d, w.clk, dbtest.Log(w), map[string]Handler{"k": h})
}

func (w world) add(key string, due time.Time) {
	w.Helper()
	if err := w.d.Write(w.ctx, func(tx *db.Tx) error { return Add(tx, "k", key, due) }); err != nil {
		w.Fatal(err)
	}
}

func (w world) left() (keys []string) {
	w.Helper()
	err := w.d.Read(w.ctx, func(tx *db.Tx) error {
		rows, err := tx.Query("SELECT key FROM job_job WHERE tenant = $1 ORDER BY key")
		for err == nil && rows.Next() {
			var k string
			err = rows.Scan(&k)
			keys = append(keys, k)
		}
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return keys
}

func (w world) sweeps(r *Runner, want int) {
	w.Helper()
	n, err := r.Sweep(w.Context())
	if err != nil || n != want {
		w.Fatalf("swept %d, %v, want %d", n, err, want)
	}
}

func TestBellRingsOnceInItsScopeAndIsTakenDown(t *testing.T) {
	onBoth(t, func(w world) {
		var seen []Job
		r := w.runner(func(ctx context.Context, j Job) error {
			s, _ := scope.From(ctx)
			if s.Tenant != "t1" || s.Actor != "system" || s.System {
				t.Errorf("scope %+v", s)
			}
			seen = append(seen, j)
			return nil
		})
		later := dbtest.Noon().Add(time.Minute)
		w.add("a", later)
		w.add("a", dbtest.Noon()) // the same bell: nothing is added, the time stays
		w.sweeps(r, 0)
		w.clk.Add(time.Minute)
		w.sweeps(r, 1)
		w.sweeps(r, 0)
		if len(seen) != 1 || seen[0].Key != "a" || seen[0].Attempt != 1 || !seen[0].Due.Equal(later) || len(w.left()) != 0 {
			t.Fatalf("%+v, left %v", seen, w.left())
		}
		w.add("a", later) // done: it can be hung up again
		w.sweeps(r, 1)
	})
}

func TestBellOfAnUndoneTransactionDoesNotRing(t *testing.T) {
	onBoth(t, func(w world) {
		oops := errors.New("oops")
		err := w.d.Write(w.ctx, func(tx *db.Tx) error {
			return errors.Join(Add(tx, "k", "a", tx.Now()), oops)
		})
		if !errors.Is(err, oops) || len(w.left()) != 0 {
			t.Fatal(err, w.left())
		}
	})
}

func TestErrorAndPanicRingLaterAndLater(t *testing.T) {
	onBoth(t, func(w world) {
		var attempts []int
		var log bytes.Buffer
		r := NewRunner(w.d, w.clk, slog.New(slog.NewTextHandler(&log, nil)), map[string]Handler{"k": func(_ context.Context, j Job) error {
			attempts = append(attempts, j.Attempt)
			if j.Attempt == 1 {
				panic("somebody's name")
			}
			return errors.New("away")
		}})
		w.add("a", dbtest.Noon())
		w.sweeps(r, 1)
		for _, wait := range []time.Duration{5, 10, 20, 40} {
			w.clk.Add(wait*time.Second - time.Microsecond)
			w.sweeps(r, 0)
			w.clk.Add(time.Microsecond)
			w.sweeps(r, 1)
		}
		if !slices.Equal(attempts, []int{1, 2, 3, 4, 5}) {
			t.Fatal(attempts)
		}
		if s := log.String(); strings.Contains(s, "somebody") || !strings.Contains(s, "panic of type string") || !strings.Contains(s, "job_test.go") {
			t.Fatal("the log must say where, and not what:", s)
		}
		if backOff(1000) != longWait {
			t.Fatal(backOff(1000))
		}
	})
}

func TestDeadRunnersBellRingsAgainAfterItsLease(t *testing.T) {
	onBoth(t, func(w world) {
		var got Job
		dead, alive := w.runner(nil), w.runner(func(ctx context.Context, j Job) error {
			got = j
			return nil
		})
		w.add("a", dbtest.Noon())
		claimed, err := dead.claim(t.Context(), 1) // and then it dies
		if err != nil || len(claimed) != 1 {
			t.Fatal(claimed, err)
		}
		w.clk.Add(lease - time.Microsecond)
		w.sweeps(alive, 0)
		w.clk.Add(time.Microsecond)
		w.sweeps(alive, 1)
		if got.Attempt != 2 {
			t.Fatal(got)
		}
		err = w.d.Write(w.ctx, func(tx *db.Tx) error { return claimed[0].Done(tx) })
		if !errs.Is(err, errs.Conflict) {
			t.Fatal("a runner that was dead too long could still have its effect:", err)
		}
	})
}

func TestRenewedLeaseIsKept(t *testing.T) {
	onBoth(t, func(w world) {
		slow, other := w.runner(nil), w.runner(func(context.Context, Job) error { return nil })
		w.add("a", dbtest.Noon())
		claimed, err := slow.claim(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		w.clk.Add(lease - time.Second)
		if err := slow.extend(w.ctx, claimed[0]); err != nil {
			t.Fatal(err)
		}
		w.clk.Add(lease - time.Second)
		w.sweeps(other, 0)
		w.clk.Add(time.Second)
		w.sweeps(other, 1)
	})
}

func TestKindThatNobodyHandlesStays(t *testing.T) {
	onBoth(t, func(w world) {
		w.add("a", dbtest.Noon())
		w.sweeps(NewRunner(w.d, w.clk, dbtest.Log(t), nil), 1)
		if len(w.left()) != 1 {
			t.Fatal(w.left())
		}
	})
}

func TestTwoRunnersRaceAndEachEffectHappensOnce(t *testing.T) {
	onBoth(t, func(w world) {
		const n = 60
		for i := range n {
			w.add(fmt.Sprint(i), dbtest.Noon())
		}
		effect := func(ctx context.Context, j Job) error {
			return w.d.Write(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(`INSERT INTO effect_effect (tenant, key, times) VALUES ($1, $2, 1)
					ON CONFLICT (tenant, key) DO UPDATE SET times = effect_effect.times + 1`, j.Key)
				return errors.Join(err, j.Done(tx))
			})
		}
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if _, err := w.runner(effect).Sweep(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		var rows, times int
		err := w.d.Read(w.ctx, func(tx *db.Tx) error {
			return tx.Row("SELECT count(*), sum(times) FROM effect_effect WHERE tenant = $1").Scan(&rows, &times)
		})
		if err != nil || rows != n || times != n || len(w.left()) != 0 {
			t.Fatal(rows, times, err, w.left())
		}
	})
}

func TestRunHearsANewBellAndStopsWithItsContext(t *testing.T) {
	onBoth(t, func(w world) {
		ctx, stop := context.WithCancel(t.Context())
		rang := make(chan string)
		r := w.runner(func(ctx context.Context, j Job) error {
			rang <- j.Key
			if j.Key == "slow" {
				<-ctx.Done()
			}
			return ctx.Err()
		})
		over := make(chan bool)
		go func() { r.Run(ctx); close(over) }()
		w.add("slow", dbtest.Noon())
		<-rang
		w.add("a", dbtest.Noon())
		if k := <-rang; k != "a" {
			t.Fatal(k)
		}
		stop()
		<-over
		if left := w.left(); !slices.Contains(left, "slow") {
			t.Fatal("the bell whose handler was stopped is gone:", left)
		}
	})
}

func TestAgainWaitsForItsTimeAndIsNoError(t *testing.T) {
	onBoth(t, func(w world) {
		var log bytes.Buffer
		at := dbtest.Noon().Add(time.Hour)
		r := NewRunner(w.d, w.clk, slog.New(slog.NewTextHandler(&log, nil)), map[string]Handler{"k": func(context.Context, Job) error {
			if w.clk.Now().Before(at) {
				return Again(at)
			}
			return nil
		}})
		w.add("a", dbtest.Noon())
		w.sweeps(r, 1)
		w.clk.Set(at.Add(-time.Second))
		w.sweeps(r, 0)
		w.clk.Set(at)
		w.sweeps(r, 1)
		if len(w.left()) != 0 || log.Len() > 0 {
			t.Fatal(w.left(), log.String())
		}
	})
}

func TestWithinShortensTheWaitOfManyErrors(t *testing.T) {
	if got := min(backOff(9), within(Within(15*time.Second, errors.New("away")))); got != 15*time.Second {
		t.Fatal(got)
	}
	if Within(time.Second, nil) != nil || within(errors.New("x")) != longWait {
		t.Fatal("an error that says nothing waits as before")
	}
}

func TestALaneHasItsOwnRunner(t *testing.T) {
	onBoth(t, func(w world) {
		err := w.d.Write(w.ctx, func(tx *db.Tx) error { return AddIn(tx, Outside, "k", "slow", dbtest.Noon()) })
		if err != nil {
			t.Fatal(err)
		}
		w.add("fast", dbtest.Noon())
		r := w.runner(func(context.Context, Job) error { return nil })
		w.sweeps(r, 1)
		if left := w.left(); !slices.Equal(left, []string{"slow"}) {
			t.Fatal(left)
		}
		w.sweeps(r.In(Outside), 1)
	})
}
