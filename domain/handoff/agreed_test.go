package handoff

import (
	"strings"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/errs"
)

// TestWhatWasAgreedIsOnSomebodysList: "not now" before they met, and "come back later
// today". It is a task of whoever had said yes; where nobody had, of any peer, and the
// board says that it waits. Nothing of it stays where the person asks again, or where
// it was pressed by mistake.
func TestWhatWasAgreedIsOnSomebodysList(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		coming, waiting := w.ask(t, 1), w.ask(t, 2)
		w.walk(t, coming.ID, StepSetOut)
		w.own(t, coming, StepNotNow, Input{Contact: "return"})
		list := w.dues(t, "peer", "rosa")
		if len(list) != 1 || !list[0].Open(w.clk.Now()) || list[0].ClosesAt.Sub(w.clk.Now()) > 12*time.Hour {
			t.Fatalf("rosa, who was on the way, has %+v", list)
		}
		if says := list[0].Reason().EN; !strings.Contains(says, "agreed") {
			t.Errorf("it says %q", says)
		}
		if n := len(w.dues(t, "peer", "ben")); n != 0 {
			t.Errorf("ben has %d", n)
		}
		if err := w.s.Change(nurse(), waiting.Token, StepNotNow, Input{Act: "x", Contact: "call"}); err != nil {
			t.Fatal(err)
		}
		w.clk.Add(13 * time.Hour)
		list = w.dues(t, "peer", "ben")
		if len(list) != 1 || list[0].Handoff != waiting.ID || !list[0].Open(w.clk.Now()) {
			t.Fatalf("ben, as nobody had said yes, has %+v", list)
		}
		if err := w.s.Take(as("peer", "ben"), list[0].Handoff, StepNotReached, Input{Act: "y", Which: list[0].Which(), Channel: "called"}); err != nil {
			t.Error(err)
		}
		w.own(t, waiting, StepReopen, Input{Where: "Bay 9"})
		if n := len(w.dues(t, "peer", "ben")); n != 0 {
			t.Errorf("they asked again, and ben still has %d", n)
		}
	})
}

// TestNobodyIsContactedForAMistake: "not now, one call is fine" was pressed on the wrong
// person and taken back.
func TestNobodyIsContactedForAMistake(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		before := len(w.dues(t, "supervisor", "dana"))
		w.must(t, r.ID, StepNotNow, Input{Contact: "return"})
		if list := w.dues(t, "peer", "rosa"); len(list) != 1 || list[0].Hours != 0 {
			t.Errorf("today, and nothing but today: %+v", list)
		}
		w.must(t, r.ID, StepUndo, Input{})
		for _, d := range w.dues(t, "supervisor", "dana") {
			if d.Hours == 0 {
				t.Errorf("what was a mistake still stands: %+v", d.FollowUp)
			}
		}
		if n := len(w.dues(t, "supervisor", "dana")); n != before {
			t.Errorf("%d follow-ups, before %d", n, before)
		}
	})
}

// TestSilenceIsNoTask: who said that nobody is to get in touch is on no list, and opens
// to no peer who was never near.
func TestSilenceIsNoTask(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.s.Sees = func(*dbTx, ref.Person) bool { return false }
		silent, called := w.ask(t, 1), w.ask(t, 2)
		w.own(t, silent, StepNotNow, Input{Contact: ContactNone})
		w.own(t, called, StepNotNow, Input{Contact: "text", ReachOn: "555-0177"})
		if _, err := w.s.View(as("peer", "ben"), silent.ID); !errs.Is(err, errs.NotFound) {
			t.Errorf("silence opens: %v", err)
		}
		if _, err := w.s.View(as("peer", "ben"), called.ID); err != nil {
			t.Errorf("what was agreed does not open: %v", err)
		}
		if n := len(w.dues(t, "supervisor", "dana")); n != 1 {
			t.Errorf("%d on the list, one agreed", n)
		}
	})
}

// TestAPromiseDoesNotLeaveWithWhoMadeIt: the peer is paused after "not now, but call" and
// after "come back later today". Any peer may keep it then, as where nobody had said yes.
func TestAPromiseDoesNotLeaveWithWhoMadeIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staffed()
		met, coming, silent := w.ask(t, 1), w.ask(t, 2), w.ask(t, 3)
		w.walk(t, met.ID, StepMeet)
		w.must(t, met.ID, StepNotNow, Input{Contact: "call", ReachOn: "555-0177"})
		w.walk(t, coming.ID, StepSetOut)
		w.own(t, coming, StepNotNow, Input{Contact: "return"})
		w.walk(t, silent.ID, StepSetOut)
		w.own(t, silent, StepNotNow, Input{Contact: ContactNone})
		if n := len(w.dues(t, "peer", "idris")); n != 0 {
			t.Errorf("rosa is here, and idris has %d", n)
		}
		if err := w.look(func(tx *dbTx) error { return w.s.PeerLeft(tx, "rosa") }); err != nil {
			t.Fatal(err)
		}
		list := w.dues(t, "peer", "idris")
		if len(list) != 2 {
			t.Fatalf("idris has %+v", list)
		}
		for n, d := range list {
			err := w.s.Take(as("peer", "idris"), d.Handoff, StepNotReached, Input{Act: "left-" + string(rune('a'+n)), Which: d.Which(), Channel: "called"})
			if err != nil {
				t.Error(err)
			}
		}
		if b, err := w.s.Board(as("peer", "idris"), nil); err != nil || b.Agreed != 1 {
			t.Errorf("the board says that %d wait now (%v)", b.Agreed, err)
		}
	})
}
