package handoff

import (
	"testing"

	"alongside/platform/errs"
)

// TestWhoeverStandsAtTheBedIsNotSentAway: however it ended, the page of whoever
// asked says the same and does the same: a peer is asked. What ended stays as it
// is, and nothing joins the two.
func TestWhoeverStandsAtTheBedIsNotSentAway(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i, e := range Endings() {
			r := w.ask(t, i)
			w.must(t, r.ID, StepClose, Input{ClosedReason: e.Value})
			again, err := w.s.AskAgain(nurse(), r.Token, Input{Act: e.Value})
			if err != nil || again == r.Token {
				t.Fatalf("%s: %q, %v", e.Value, again, err)
			}
			if twice, err := w.s.AskAgain(nurse(), r.Token, Input{Act: e.Value}); err != nil || twice != again {
				t.Errorf("%s: the same form twice: %q, %v", e.Value, twice, err)
			}
			st, err := w.s.Status(nurse(), again, "")
			if err != nil || st.Stage != Requested || st.Where != "Bay 7" {
				t.Errorf("%s: asked again, %q at %q, %v", e.Value, st.Stage, st.Where, err)
			}
			if st, err = w.s.Status(nurse(), r.Token, ""); err != nil || st.Stage != NotNow {
				t.Errorf("%s: what ended now says %q, %v", e.Value, st.Stage, err)
			}
			if d := w.view(t, r.ID); d.State != Closed || d.ClosedReason != e.Value {
				t.Errorf("%s: what ended is %q, %q", e.Value, d.State, d.ClosedReason)
			}
		}
	})
}

// TestNotNowIsOpenedAgainInItsPlace: nothing new begins where the old one rests,
// nor once they have met.
func TestNotNowIsOpenedAgainInItsPlace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		if err := w.s.Change(nurse(), r.Token, StepNotNow, Input{Act: "a", Contact: ContactNone}); err != nil {
			t.Fatal(err)
		}
		if again, err := w.s.AskAgain(nurse(), r.Token, Input{Act: "b", AskedBy: "person"}); err != nil || again != r.Token {
			t.Errorf("%q, %v", again, err)
		}
		w.walk(t, r.ID, StepMeet)
		w.must(t, r.ID, StepClose, Input{ClosedReason: "moved"})
		if _, err := w.s.AskAgain(nurse(), r.Token, Input{Act: "c"}); !errs.Is(err, errs.Conflict) {
			t.Errorf("after they met: %v", err)
		}
		if n := w.rows(t, "handoff_handoff"); n != 1 {
			t.Errorf("%d hand-offs", n)
		}
	})
}

// TestOneFormWithTwoWordingsIsTwoAsks: the nurse who went back and asked for the
// next bed is not shown the first one's page as if her words were never written.
// The same words again make nothing new, and peers see that the two may be one.
func TestOneFormWithTwoWordingsIsTwoAsks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		send := func(where string) Receipt {
			r, err := w.s.Ask(nurse(), Ask{Handoff: Handoff{Answer: "yes", Where: where}, Act: "one-form", Site: w.site.ID})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		first := send("Bay 7")
		if first.Before != nil {
			t.Errorf("the first has one before: %+v", first.Before)
		}
		second := send("Bay 9")
		if second.ID == first.ID || second.Before == nil || second.Before.Token != first.Token {
			t.Fatalf("other words: %+v after %+v", second, first)
		}
		if again := send("Bay 9"); again.ID != second.ID {
			t.Error("the same words twice made two")
		}
		if again := send("Bay 7"); again.ID != first.ID || again.Before == nil || again.Before.Token != second.Token {
			t.Errorf("the first words once more: %+v", again)
		}
		for r, where := range map[string]string{first.Token: "Bay 7", second.Token: "Bay 9"} {
			if st, err := w.s.Status(nurse(), r, ""); err != nil || st.Where != where || st.Stage != Requested {
				t.Errorf("%q at %q, %v", st.Stage, st.Where, err)
			}
		}
		if alike := w.view(t, second.ID).Alike; len(alike) != 1 || alike[0].ID != first.ID {
			t.Errorf("peers are not told that the two may be one: %+v", alike)
		}
	})
}
