package handoff

import (
	"strings"
	"testing"
	"time"
)

// TestWhoCannotGoReadsThatNobodyIsLeft: "peers are being asked" stood there for a
// coordinator when nobody was on duty, or all had been asked.
func TestWhoCannotGoReadsThatNobodyIsLeft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		at := w.clk.Now()
		duty, sup := AskedOf{Who: "duty", Count: 1, At: at}, AskedOf{Who: "supervisor", Count: 1, At: at}
		for _, c := range []struct {
			st   Standing
			says string
		}{
			{Standing{Next: "duty", NextAt: at}, "next-asked"},
			{Standing{Asked: []AskedOf{duty}, Next: "second", NextAt: at}, "next-asked"},
			{Standing{Asked: []AskedOf{duty, sup}, Phone: true}, "next-everyone"},
			{Standing{Asked: []AskedOf{sup}, Next: "telephone", NextAt: at}, "next-alone"},
			{Standing{Asked: []AskedOf{{Who: "telephone", At: at}}, Phone: true}, "next-alone"},
		} {
			w.s.Asking = &listener{now: c.st}
			for _, role := range []string{"coordinator", "peer"} {
				d, err := w.s.View(as(role, "someone"), r.ID)
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range statusViews(t, w.clk.Now()) {
					text := wordsOf(t, v, viewBody(v, viewForm{Detail: d}))
					if said := strings.Contains(text, v.T("handoff.view."+c.says)); said != (role == "coordinator") {
						t.Errorf("%s, %s: %q is said: %v", v.Lang, role, c.says, said)
					}
				}
			}
		}
	})
}

// TestACallStandsBeforeAllElse: somebody who went out alone may be in danger now.
func TestACallStandsBeforeAllElse(t *testing.T) {
	now := time.Date(2026, 6, 1, 3, 0, 0, 0, time.UTC)
	for _, v := range statusViews(t, now) {
		text := wordsOf(t, v, overviewPart(v, sampleOverview(v)))
		last := -1
		for _, name := range []string{"Ola Demo", "Maple Demo", "Idris Demo"} { // asked for a call; is to hear of a death; out until later
			if at := strings.Index(text, name); at <= last {
				t.Errorf("%s: %s stands at %d, who is before them at %d", v.Lang, name, at, last)
			} else {
				last = at
			}
		}
	}
}

// TestALongWaitIsSaidInDays: 2880 minutes are nobody's measure.
func TestALongWaitIsSaidInDays(t *testing.T) {
	for _, v := range statusViews(t, time.Unix(1, 0)) {
		f := overviewForm{Overview: Overview{Sites: []SiteStands{{Name: "Ward", Waiting: 1, OldestMin: 3 * 24 * 60}}}}
		if text := wordsOf(t, v, overviewPart(v, f)); !strings.Contains(text, v.N("handoff.figures.days", 3)) {
			t.Errorf("%s: %s", v.Lang, text)
		}
	}
}

// TestNobodyWaitsForWhoCannotGo: a coordinator's board said "Waiting for you".
func TestNobodyWaitsForWhoCannotGo(t *testing.T) {
	for _, v := range statusViews(t, time.Unix(1, 0)) {
		c := sampleCards(v)[0]
		c.DueAt = v.Now.Add(time.Hour)
		for _, goes := range []bool{true, false} {
			b := Board{At: v.Now, Goes: goes, Waiting: []Card{c}}
			if said := strings.Contains(wordsOf(t, v, boardPart(v, "a", b)), v.T("handoff.board.waiting")); said != goes {
				t.Errorf("%s: goes %v, and reads that someone waits for them: %v", v.Lang, goes, said)
			}
		}
	}
}

// TestWhoHasToCallReadsWhereTheNumberIs, and where none is, that none is.
func TestWhoHasToCallReadsWhereTheNumberIs(t *testing.T) {
	now := time.Date(2026, 6, 1, 3, 0, 0, 0, time.UTC)
	for _, v := range statusViews(t, now) {
		for _, c := range []struct {
			care Care
			none bool
		}{
			{Care{ID: "r", Name: "Rosa Demo", Due: now.Add(-time.Minute)}, true},
			{Care{ID: "r", Name: "Rosa Demo", Due: now.Add(-time.Minute), Phone: "+15550142"}, false},
			{Care{ID: "r", Name: "Rosa Demo", Due: now.Add(time.Minute)}, false},
		} {
			if said := strings.Contains(wordsOf(t, v, cares(v, "a", []Care{c.care})), v.T("handoff.care.no-number")); said != c.none {
				t.Errorf("%s, %+v: that there is no number is said: %v", v.Lang, c.care, said)
			}
		}
	}
}

// TestAPersonIsOnceInTheLoad: the follow-ups of one person that were never answered were
// counted each, beside people.
func TestAPersonIsOnceInTheLoad(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staffed()
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		w.clk.Add(20 * 24 * time.Hour)
		loads, err := w.s.Loads(as("supervisor", "dana"))
		if err != nil {
			t.Fatal(err)
		}
		seen := false
		for _, l := range loads {
			seen = seen || l.Walking == 1
			if l.Walking == 1 && l.Due != 1 {
				t.Errorf("%s walks with one person, and has follow-ups with %d", l.Name, l.Due)
			}
		}
		if !seen {
			t.Errorf("nobody walks with them: %+v", loads)
		}
	})
}
