package handoff

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"alongside/platform/errs"
)

// TestWhatWasNotRight: what the person says reaches those who answer for peers,
// never the peers; the answer stands on their own page, and the lamp goes out.
func TestWhatWasNotRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		const said = "He talked to my mother about me"
		if err := w.s.OwnStep(nurse(), r.Own, StepNotRight, Input{Act: "a", Note: said}); err != nil {
			t.Fatal(err)
		}
		lamps := func(role string) int {
			b, err := w.s.Board(as(role, "who"), nil)
			if err != nil {
				t.Fatal(err)
			}
			return len(b.Voiced)
		}
		if lamps("supervisor") != 1 || lamps("coordinator") != 1 || lamps("peer") != 0 {
			t.Errorf("lamps: supervisor %d, coordinator %d, peer %d", lamps("supervisor"), lamps("coordinator"), lamps("peer"))
		}
		if reads(t, w, r, "peer", said) || !reads(t, w, r, "supervisor", said) {
			t.Error("a peer reads what was said, or a supervisor does not")
		}
		if err := w.s.Take(as("peer", "rosa"), r.ID, StepHeard, Input{Act: "b", Note: "sorry"}); !errs.Is(err, errs.Denied) {
			t.Errorf("a peer answers: %v", err)
		}
		if err := w.s.Take(as("supervisor", "sol"), r.ID, StepHeard, Input{Act: "c", Note: "You are right. Rosa and I spoke."}); err != nil {
			t.Fatal(err)
		}
		o, err := w.s.OwnPage(nurse(), r.Own)
		if err != nil || o.Answer != "You are right. Rosa and I spoke." || lamps("supervisor") != 0 {
			t.Errorf("%+v, %d lamps, %v", o, lamps("supervisor"), err)
		}
		if reads(t, w, r, "peer", "Rosa and I spoke") {
			t.Error("a peer reads the answer")
		}
	})
}

func reads(t *testing.T, w *world, r Receipt, role, words string) bool {
	t.Helper()
	d, err := w.s.View(as(role, "rosa"), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range d.Events {
		if strings.Contains(e.Note, words) {
			return true
		}
	}
	return false
}

// TestSomeoneElse: before they have met, another peer is asked for at once;
// after that, those who answer for peers see it, and nothing moves by itself.
func TestSomeoneElse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		early := w.ask(t, 1)
		w.walk(t, early.ID, StepAck)
		if err := w.s.OwnStep(nurse(), early.Own, StepOther, Input{Act: "a"}); err != nil {
			t.Fatal(err)
		}
		d, err := w.s.View(as("supervisor", "sol"), early.ID)
		if err != nil || d.State != Requested || d.Handoff.Peer != "" || !d.VoicedAt.IsZero() {
			t.Errorf("%s with %q, said at %v, %v", d.State, d.Handoff.Peer, d.VoicedAt, err)
		}
		late := w.ask(t, 2)
		w.walk(t, late.ID, StepMeet)
		if err := w.s.OwnStep(nurse(), late.Own, StepOther, Input{Act: "b"}); err != nil {
			t.Fatal(err)
		}
		d, err = w.s.View(as("supervisor", "sol"), late.ID)
		if err != nil || d.State != Met || d.Handoff.Peer == "" || d.VoicedAt.IsZero() {
			t.Errorf("%s with %q, said at %v, %v", d.State, d.Handoff.Peer, d.VoicedAt, err)
		}
	})
}

// TestPressedByMistake: the hand-off is what it was, both entries stay, and who
// did not press it, or presses late, cannot take it back.
func TestPressedByMistake(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepAccept)
		before, err := w.s.View(as("peer", "rosa"), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.take(t, r.ID, "rosa", StepClose, Input{ClosedReason: "died"}); err != nil {
			t.Fatal(err)
		}
		if err := w.take(t, r.ID, "ben", StepUndo, Input{Act: "x"}); !errs.Is(err, errs.Conflict) {
			t.Errorf("another peer takes it back: %v", err)
		}
		w.clk.Add(time.Minute)
		if err := w.take(t, r.ID, "rosa", StepUndo, Input{Act: "y"}); err != nil {
			t.Fatal(err)
		}
		after, err := w.s.View(as("peer", "rosa"), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		h := after.Handoff
		h.Events, h.Version = before.Handoff.Events, before.Handoff.Version
		if !reflect.DeepEqual(h, before.Handoff) || len(after.Events) != len(before.Events)+2 {
			t.Errorf("after:\n%+v\nbefore:\n%+v\n%d entries, before %d", h, before.Handoff, len(after.Events), len(before.Events))
		}
		if _, err := w.s.OwnPage(nurse(), r.Own); err != nil {
			t.Errorf("the person's page is not back: %v", err)
		}
		if err := w.take(t, r.ID, "rosa", StepUndo, Input{Act: "z"}); !errs.Is(err, errs.Conflict) {
			t.Errorf("taking back is taken back: %v", err)
		}
	})
}

// TestAServicesMistake: the desk says "did not come" of the wrong person and
// takes it back; another service's device cannot.
func TestAServicesMistake(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk, other := w.desk(t, w.clinic), w.desk(t, w.house)
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepAccept)
		if err := w.s.Receive(nurse(), desk, r.ID, StepMissed, Input{Act: "a"}); err != nil {
			t.Fatal(err)
		}
		if err := w.s.Receive(nurse(), other, r.ID, StepUndo, Input{Act: "b"}); !errs.Is(err, errs.NotFound) {
			t.Errorf("another service: %v", err)
		}
		if d, err := w.s.DeskFor(nurse(), desk); err != nil || !offers(d.Arrives[0], StepUndo) {
			t.Errorf("the desk is not offered it: %+v, %v", d, err)
		}
		if err := w.s.Receive(nurse(), desk, r.ID, StepUndo, Input{Act: "c"}); err != nil {
			t.Fatal(err)
		}
		d, err := w.s.DeskFor(nurse(), desk)
		if err != nil || d.Arrives[0].State != Accepted || offers(d.Arrives[0], StepUndo) {
			t.Errorf("%+v, %v", d, err)
		}
	})
}

func offers(a Arrival, step string) bool {
	for _, s := range a.Next {
		if s.Name == step {
			return true
		}
	}
	return false
}

// TestAskedAgainFromElsewhere: a month later the bed is another one.
func TestAskedAgainFromElsewhere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		if err := w.s.OwnStep(nurse(), r.Own, StepNotNow, Input{Act: "a"}); err != nil {
			t.Fatal(err)
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepReopen, Input{Act: "b"}); !errs.Is(err, errs.Invalid) {
			t.Errorf("asked again from nowhere: %v", err)
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepReopen, Input{Act: "c", Where: "The library, ground floor"}); err != nil {
			t.Fatal(err)
		}
		d, err := w.s.View(as("peer", "rosa"), r.ID)
		if err != nil || d.Where != "The library, ground floor" {
			t.Errorf("%q, %v", d.Where, err)
		}
	})
}

// TestADeathThatWasNoneIsTakenBack: the supervisor noted it on the wrong person.
// Both hand-offs and all tasks are as they were, and nobody is to be told.
func TestADeathThatWasNoneIsTakenBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		other := w.sameAgain(t, h)
		tasks := len(w.dues(t, "supervisor", "dana"))
		dana := as("supervisor", "dana")
		if err := w.s.Take(dana, h, StepClose, Input{Act: "died", ClosedReason: died}); err != nil {
			t.Fatal(err)
		}
		w.clk.Add(time.Hour)
		if err := w.s.Take(dana, h, StepUndo, Input{Act: "mistake"}); err != nil {
			t.Fatal(err)
		}
		if d, err := w.s.View(as("peer", "rosa"), h); err != nil || d.State != Met || d.ClosedReason != "" {
			t.Errorf("%s %q, %v", d.State, d.ClosedReason, err)
		}
		if d, err := w.s.View(dana, other); err != nil || d.State == Closed {
			t.Errorf("the other hand-off is %s, %v", d.State, err)
		}
		if got := len(w.dues(t, "supervisor", "dana")); got != tasks || tasks == 0 {
			t.Errorf("%d tasks, before %d", got, tasks)
		}
	})
}
