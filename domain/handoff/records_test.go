package handoff

import (
	"testing"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
)

// elsewhere is a hand-off of the same person by another record, with another peer;
// the two records are joined.
func (w *world) elsewhere(t *testing.T, h ref.Handoff) ref.Handoff {
	t.Helper()
	other := w.ask(t, 2).ID
	w.clk.Add(time.Minute)
	for _, step := range []string{StepAck, StepMeet} {
		if err := w.take(t, other, "idris", step, Input{}); err != nil {
			t.Fatal(err)
		}
	}
	err := w.look(func(tx *dbTx) error {
		a, err := w.s.About(tx, h)
		if err != nil {
			return err
		}
		b, err := w.s.About(tx, other)
		if err != nil {
			return err
		}
		_, err = people.New().Merge(tx, a, b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return other
}

// TestADeathHoldsForJoinedRecords: a death noted on a hand-off of one record ends the
// hand-offs and tasks of the other, whichever of the two was kept, and whoever walked
// with them by that one hears it from a human. Taken back, all of it stands again.
func TestADeathHoldsForJoinedRecords(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kept := w.ask(t, 1).ID
		w.walk(t, kept, StepMeet)
		joinedOne := w.elsewhere(t, kept)
		before := len(w.dues(t, "supervisor", "dana"))
		dana := as("supervisor", "dana")
		for _, noted := range []ref.Handoff{joinedOne, kept} {
			w.clk.Add(time.Minute)
			if err := w.s.Take(dana, noted, StepClose, Input{Act: "died" + string(noted), ClosedReason: died}); err != nil {
				t.Fatal(err)
			}
			for _, h := range []ref.Handoff{kept, joinedOne} {
				if d, err := w.s.View(dana, h); err != nil || d.ClosedReason != died {
					t.Errorf("noted on %s: the hand-off %s is %q %v", noted, h, d.ClosedReason, err)
				}
			}
			if n := len(w.dues(t, "supervisor", "dana")); n != 0 {
				t.Errorf("%d tasks are left", n)
			}
			o, err := w.s.Overview(dana)
			if err != nil || len(o.ToTell) != 2 {
				t.Errorf("to tell in person: %+v %v", o.ToTell, err)
			}
			w.clk.Add(time.Minute)
			if err := w.s.Take(dana, noted, StepUndo, Input{Act: "undo" + string(noted)}); err != nil {
				t.Fatal(err)
			}
			if n := len(w.dues(t, "supervisor", "dana")); n != before {
				t.Errorf("a mistake: %d tasks stand again of %d", n, before)
			}
			if o, err := w.s.Overview(dana); err != nil || len(o.ToTell) != 0 {
				t.Errorf("a mistake, and somebody is to be told: %+v %v", o.ToTell, err)
			}
		}
	})
}

// TestOneIsToldOnceForBothRecords: who walked with them by both records hears it once.
func TestOneIsToldOnceForBothRecords(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kept := w.ask(t, 1).ID
		w.walk(t, kept, StepMeet)
		w.elsewhere(t, kept)
		dana := as("supervisor", "dana")
		w.s.Walks = func(*dbTx, ref.Person) ([]ref.Account, error) { return []ref.Account{"rosa"}, nil }
		if err := w.s.Take(dana, kept, StepClose, Input{Act: "died", ClosedReason: died}); err != nil {
			t.Fatal(err)
		}
		o, err := w.s.Overview(dana)
		if err != nil || len(o.ToTell) != 2 {
			t.Fatalf("rosa and idris are to be told, each once: %+v %v", o.ToTell, err)
		}
		for _, x := range o.ToTell {
			if err := w.s.Told(dana, x.Handoff, x.Peer); err != nil {
				t.Fatal(err)
			}
		}
		if o, err := w.s.Overview(dana); err != nil || len(o.ToTell) != 0 {
			t.Errorf("they were told, and are to be told again: %+v %v", o.ToTell, err)
		}
		if _, err := w.s.View(as("peer", "rosa"), kept); err != nil {
			t.Errorf("rosa was told: %v", err)
		}
	})
}

// TestSilenceUndoesNoFirstVisit: who is back in touch after a first visit, and goes
// there still, stands where they stood; who does not is together with their peer, and
// another service can be offered.
func TestSilenceUndoesNoFirstVisit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		w.offers(t, h, false)
		w.walkOn(t, h)
		first := w.seen(t, h).ConnectedAt
		w.clk.Add(31 * 24 * time.Hour)
		for _, back := range []struct{ before, want string }{{Connected, Connected}, {Retained30, Retained30}} {
			if back.before == Retained30 {
				w.steps(t, h, StepStayed30, Input{ConnSource: "person"})
			}
			w.steps(t, h, StepLose, Input{Tried: []string{"called"}})
			w.offers(t, h, true)
			w.steps(t, h, StepThere, Input{})
			if d := w.seen(t, h); d.State != back.want || !d.ConnectedAt.Equal(first) {
				t.Errorf("back after %s: %s, first visit %v", back.before, d.State, d.ConnectedAt)
			}
		}
		w.steps(t, h, StepLose, Input{Tried: []string{"called"}})
		w.steps(t, h, StepBack, Input{})
		if d := w.seen(t, h); d.State != Met || !d.ConnectedAt.Equal(first) {
			t.Errorf("back, and not there: %s, first visit %v", d.State, d.ConnectedAt)
		}
		w.steps(t, h, StepUndo, Input{})
		w.steps(t, h, StepThere, Input{})
		w.clk.Add(60 * 24 * time.Hour)
		w.steps(t, h, StepStayed90, Input{ConnSource: "person"})
	})
}

// offers looks whether "still there" is among the ways on when they are out of touch.
func (w *world) offers(t *testing.T, h ref.Handoff, want bool) {
	t.Helper()
	if !want {
		w.steps(t, h, StepLose, Input{Tried: []string{"called"}})
		defer w.steps(t, h, StepBack, Input{})
	}
	got, first := false, false
	for _, s := range w.seen(t, h).Next {
		got, first = got || s.Name == StepThere, first || s.Name == StepConnect
	}
	if first == want {
		t.Errorf("a first visit is offered: %v, after one: %v", first, want)
	}
	if got != want {
		t.Errorf("\"still there\" is offered: %v, want %v", got, want)
	}
}

func (w *world) steps(t *testing.T, h ref.Handoff, step string, in Input) {
	t.Helper()
	w.clk.Add(time.Minute)
	if err := w.take(t, h, "rosa", step, in); err != nil {
		t.Fatalf("%s: %v", step, err)
	}
}

func (w *world) seen(t *testing.T, h ref.Handoff) Detail {
	t.Helper()
	d, err := w.s.View(as("peer", "rosa"), h)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// walkOn goes from being together to the first visit.
func (w *world) walkOn(t *testing.T, h ref.Handoff) {
	t.Helper()
	w.steps(t, h, StepAgree, Input{Destination: w.clinic.ID, How: "spoken", Days: 30})
	w.steps(t, h, StepAccept, Input{})
	w.steps(t, h, StepConnect, Input{ConnSource: "person"})
}
