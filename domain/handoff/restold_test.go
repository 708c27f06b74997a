package handoff

import (
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/job"
	"alongside/platform/scope"
)

// TestWhatWasOutOfTouchBeforeThereWereBells: each is given one, once, and rests by it, a
// minute after the other; one whose day has not come waits for its day.
func TestWhatWasOutOfTouchBeforeThereWereBells(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lost := func(n int) ref.Handoff {
			r := w.ask(t, n)
			w.walk(t, r.ID, StepMeet)
			w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
			return r.ID
		}
		old := []ref.Handoff{lost(1), lost(2)}
		w.clk.Add(120 * 24 * time.Hour)
		young := lost(3)
		err := w.look(func(tx *db.Tx) error {
			_, err := tx.Exec("DELETE FROM job_job WHERE tenant = $1 AND kind = $2", bellRest)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		system := scope.With(t.Context(), scope.Scope{Tenant: "t1", Actor: "system", Purpose: scope.Operations})
		for range 3 {
			if err := w.s.HangRests(system); err != nil {
				t.Fatal(err)
			}
		}
		var keys []string
		if err := w.look(func(tx *db.Tx) (err error) { keys, err = job.Keys(tx, bellRest); return err }); err != nil || len(keys) != 3 {
			t.Fatalf("bells hang for %v, %v", keys, err)
		}
		for _, want := range [][]string{{OutOfTouch, OutOfTouch}, {Resting, OutOfTouch}, {Resting, Resting}} {
			w.rings(t)
			w.stands(t, old[0], want[0])
			w.stands(t, old[1], want[1])
			w.clk.Add(time.Minute)
		}
		w.clk.Add(20 * 24 * time.Hour)
		w.rings(t)
		w.stands(t, young, OutOfTouch)
		w.clk.Add(100 * 24 * time.Hour)
		w.rings(t)
		w.stands(t, young, Resting)
	})
}
