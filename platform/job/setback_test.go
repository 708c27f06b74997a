package job

import (
	"context"
	"errors"
	"testing"
	"time"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
)

func TestClockSetBackDoesNotKeepALease(t *testing.T) {
	onBoth(t, func(w world) {
		dead, alive := w.runner(nil), w.runner(func(context.Context, Job) error { return nil })
		w.add("a", dbtest.Noon().Add(-48*time.Hour))
		if _, err := dead.claim(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		w.clk.Add(-24 * time.Hour)
		w.sweeps(alive, 0) // whoever has it may be alive for as long as a lease
		w.clk.Add(lease)
		w.sweeps(alive, 1)
	})
}

func TestClockSetBackWhileABellWaitsLosesNoTime(t *testing.T) {
	onBoth(t, func(w world) {
		rung := 0
		r := w.runner(func(context.Context, Job) error { rung++; return nil })
		w.sweeps(r, 0)
		w.add("a", dbtest.Noon().Add(30*time.Minute))
		w.clk.Add(25 * time.Minute)
		w.sweeps(r, 0)
		w.clk.Add(-20 * time.Minute) // less than it waited: no row alone could tell
		w.sweeps(r, 0)
		w.clk.Add(5*time.Minute - time.Microsecond)
		w.sweeps(r, 0)
		w.clk.Add(time.Microsecond)
		w.sweeps(r, 1)
	})
}

// A full disk keeps a runner from writing down what the clock did. It owes that
// until there is room.
func TestClockSetBackWhileNothingCanBeWrittenLosesNoTime(t *testing.T) {
	onBoth(t, func(w world) {
		r := w.runner(func(context.Context, Job) error { return nil })
		w.sweeps(r, 0)
		w.add("a", dbtest.Noon().Add(30*time.Minute))
		ended, end := context.WithCancel(t.Context())
		end()
		for _, move := range []time.Duration{20 * time.Minute, -10 * time.Minute, 5 * time.Minute} {
			w.clk.Add(move)
			if _, err := r.Sweep(ended); err == nil {
				t.Fatal("it wrote")
			}
		}
		w.clk.Add(5*time.Minute - time.Microsecond)
		w.sweeps(r, 0)
		w.clk.Add(time.Microsecond)
		w.sweeps(r, 1)
	})
}

// kept is a memory in this process.
type kept struct{ at time.Time }

func (k *kept) Last() time.Time        { return k.at }
func (k *kept) Keep(t time.Time) error { k.at = t; return nil }

// The program dies on a full disk, so that the last note in the database is old,
// and the clock is set back meanwhile, or had been set back and no bell could be
// hung anew. What the clock said last is known all the same, in both lanes.
func TestClockSetBackWhileTheProgramWasDeadOnAFullDisk(t *testing.T) {
	for name, moves := range map[string][]time.Duration{"while it was dead": {20 * time.Minute}, "before it died": {20 * time.Minute, -10 * time.Minute}} {
		onBoth(t, func(w world) {
			m := &kept{}
			runner := func() *Runner {
				return w.runner(func(context.Context, Job) error { return nil }).Remembering(m)
			}
			r := runner()
			w.sweeps(r, 0)
			w.must(w.d.Write(w.ctx, func(tx *db.Tx) error {
				return errors.Join(Add(tx, "k", "a", dbtest.Noon().Add(30*time.Minute)), AddIn(tx, Outside, "k", "b", dbtest.Noon().Add(30*time.Minute)))
			}))
			ended, end := context.WithCancel(t.Context())
			end()
			for _, move := range moves {
				w.clk.Add(move)
				if _, err := r.Sweep(ended); err == nil {
					t.Fatal("it wrote")
				}
			}
			w.clk.Set(dbtest.Noon().Add(10 * time.Minute))
			again := runner()
			beyond := again.In(Outside)
			w.sweeps(again, 1)
			w.sweeps(beyond, 1)
			w.sweeps(runner(), 0)
			if left := w.left(); len(left) > 0 {
				t.Errorf("%s: left %v", name, left)
			}
		})
	}
}

// The program was started on a full disk, and what it said of the clock at its first
// look could not be written. The clock is set back, it dies, and there is room again.
func TestClockSetBackWhileTheFirstLookCouldNotBeWritten(t *testing.T) {
	onBoth(t, func(w world) {
		m := &kept{}
		runner := func() *Runner {
			return w.runner(func(context.Context, Job) error { return nil }).Remembering(m)
		}
		w.sweeps(runner(), 0)
		w.add("a", dbtest.Noon().Add(30*time.Minute))
		ended, end := context.WithCancel(t.Context())
		end()
		r := runner()
		for _, move := range []time.Duration{20 * time.Minute, -20 * time.Minute, 8 * time.Minute} {
			w.clk.Add(move)
			if _, err := r.Sweep(ended); err == nil {
				t.Fatal("it wrote")
			}
		}
		w.sweeps(runner(), 1)
		if left := w.left(); len(left) > 0 {
			t.Errorf("left %v", left)
		}
	})
}

func TestClockSetBackWhileTheProgramWasAwayRingsAtOnce(t *testing.T) {
	onBoth(t, func(w world) {
		w.sweeps(w.runner(nil), 0) // notes the time
		w.add("a", dbtest.Noon().Add(30*time.Minute))
		w.clk.Add(-time.Minute)
		w.sweeps(w.runner(func(context.Context, Job) error { return nil }), 1)
	})
}

func TestClockSetBackLengthensNoLease(t *testing.T) {
	onBoth(t, func(w world) {
		dead, alive := w.runner(nil), w.runner(func(context.Context, Job) error { return nil })
		w.sweeps(alive, 0)
		w.add("a", dbtest.Noon())
		if _, err := dead.claim(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		w.clk.Add(-40 * time.Second)
		w.sweeps(alive, 0)
		w.clk.Add(lease)
		w.sweeps(alive, 1)
	})
}
