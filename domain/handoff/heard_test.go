package handoff

import (
	"strings"
	"testing"
)

// TestWhatWasSaidIsSeenToBeHeard: each time the person says something, their own page says
// that it was heard and who looks, also after an earlier answer, and for "someone else,
// please", which moves nothing by itself.
func TestWhatWasSaidIsSeenToBeHeard(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		v := statusViews(t, w.clk.Now())[0]
		heard, other := v.T("handoff.own.heard"), v.T("handoff.own.other-heard")
		reads := func(when string, want ...string) {
			t.Helper()
			o, err := w.s.OwnPage(nurse(), r.Own)
			if err != nil {
				t.Fatal(err)
			}
			text := wordsOf(t, v, ownBody(v, ownForm{Own: o}))
			for _, says := range []string{heard, other, "We spoke."} {
				if got, wanted := strings.Contains(text, says), strings.Contains(strings.Join(want, "|"), says); got != wanted {
					t.Errorf("%s: %q on the page: %v", when, says, got)
				}
			}
		}
		reads("at first")
		w.own(t, r, StepOther, Input{})
		reads("someone else", other)
		w.clk.Add(1e9)
		if err := w.s.Take(as("supervisor", "sol"), r.ID, StepHeard, Input{Act: "a", Note: "We spoke."}); err != nil {
			t.Fatal(err)
		}
		reads("answered", "We spoke.")
		w.own(t, r, StepNotRight, Input{Note: "Again"})
		reads("once more", heard, "We spoke.")
	})
}

// TestWhatTheySaidIsFineStandsThere: after "not now" their own page says what contact they
// said is fine, so that nobody who comes is a surprise.
func TestWhatTheySaidIsFineStandsThere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := statusViews(t, w.clk.Now())[0]
		for n, contact := range []string{"return", ContactNone} {
			r := w.ask(t, n)
			w.own(t, r, StepNotNow, Input{Contact: contact})
			o, err := w.s.OwnPage(nurse(), r.Own)
			if err != nil {
				t.Fatal(err)
			}
			text := wordsOf(t, v, ownBody(v, ownForm{Own: o}))
			if strings.Contains(text, "You said this is fine: Come back later today") != (contact == "return") || strings.Contains(text, "You said this is fine") != (contact == "return") {
				t.Errorf("%s: %s", contact, text)
			}
		}
	})
}
