package handoff

import (
	"testing"
	"time"
)

// at is how one person stands on a service's page: their state and what is said of their
// place; "" when nobody stands there.
func (w *world) at(t *testing.T, k DeskKey, r Receipt) string {
	t.Helper()
	d, err := w.s.DeskFor(nurse(), k)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range d.Arrives {
		if a.ID == r.ID && a.Freed {
			return a.State + " freed"
		} else if a.ID == r.ID {
			return a.State
		}
	}
	return ""
}

// TestAServiceIsTold when somebody for whom it keeps a place is not coming any more:
// the same for every ending, for a week, and never once the yes was taken back.
func TestAServiceIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk, other := w.desk(t, w.clinic), w.desk(t, w.house)
		var gone []Receipt
		for i, e := range Endings() {
			r := w.ask(t, i)
			w.walk(t, r.ID, StepAccept)
			w.must(t, r.ID, StepClose, Input{ClosedReason: e.Value})
			if got := w.at(t, desk, r); got != Closed || w.at(t, other, r) != "" {
				t.Errorf("%s: the service reads %q, another %q", e.Value, got, w.at(t, other, r))
			}
			gone = append(gone, r)
		}
		w.must(t, gone[1].ID, StepTakeBack, Input{How: "spoken"})
		if got := w.at(t, desk, gone[1]); got != "" {
			t.Errorf("after the yes was taken back it reads %q", got)
		}
		w.clk.Add(8 * 24 * time.Hour)
		if got := w.at(t, desk, gone[0]); got != "" {
			t.Errorf("more than a week on it reads %q", got)
		}
	})
}

// TestAServiceThatKeepsNoPlace reads nothing of an ending: it was not asked yet, it had
// said no, they had come, or the person would rather not.
func TestAServiceThatKeepsNoPlace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk := w.desk(t, w.clinic)
		for n, until := range []string{StepMeet, StepAgree, StepConnect} {
			r := w.ask(t, n)
			w.walk(t, r.ID, until)
			w.must(t, r.ID, StepClose, Input{ClosedReason: "moved"})
			if got := w.at(t, desk, r); got != "" {
				t.Errorf("ended after %s, it reads %q", until, got)
			}
		}
		no, rather := w.ask(t, 11), w.ask(t, 12)
		w.walk(t, no.ID, StepAccept)
		w.must(t, no.ID, StepServiceNo, Input{ServiceReason: "full"})
		w.must(t, no.ID, StepClose, Input{ClosedReason: "moved"})
		w.walk(t, rather.ID, StepAccept)
		w.own(t, rather, StepPersonNo, Input{})
		w.must(t, rather.ID, StepClose, Input{ClosedReason: "moved"})
		if a, b := w.at(t, desk, no), w.at(t, desk, rather); a != "" || b != "" {
			t.Errorf("it had said no: %q; they would rather not: %q", a, b)
		}
	})
}

// TestNobodyIsWaitedForInSilence: out of touch, or back without going there, nobody
// expects them now; who had a first visit keeps it.
func TestNobodyIsWaitedForInSilence(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk, r, came := w.desk(t, w.clinic), w.ask(t, 1), w.ask(t, 2)
		w.walk(t, r.ID, StepAccept)
		w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		silent := w.at(t, desk, r)
		w.must(t, r.ID, StepBack, Input{})
		if back := w.at(t, desk, r); silent != "out_of_touch freed" || back != "met freed" {
			t.Errorf("in silence it reads %q, then %q", silent, back)
		}
		w.must(t, r.ID, StepAgree, Input{Destination: w.clinic.ID, How: "spoken", Days: 30})
		if got := w.at(t, desk, r); got != Consented {
			t.Errorf("asked anew it reads %q", got)
		}
		w.walk(t, came.ID, StepConnect)
		w.must(t, came.ID, StepLose, Input{Tried: []string{"called"}})
		if got := w.at(t, desk, came); got != OutOfTouch {
			t.Errorf("of one who had come it reads %q", got)
		}
	})
}
