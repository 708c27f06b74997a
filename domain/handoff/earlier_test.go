package handoff

import (
	"strings"
	"testing"
	"time"

	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func english(t *testing.T, now time.Time) *page.View {
	t.Helper()
	words, err := i18n.Load(i18n.Source{Prefix: "handoff", FS: Words()}, ui.Words())
	if err != nil {
		t.Fatal(err)
	}
	return &page.View{Words: words.In(i18n.English), Lang: i18n.English, Now: now}
}

// ofBefore are the labels of a hand-off's facts that say that they are of the time
// before.
func (w *world) ofBefore(t *testing.T, r Receipt) (out []string) {
	t.Helper()
	d := w.view(t, r.ID)
	for _, f := range facts(english(t, w.clk.Now()), d) {
		if strings.Contains(f.Value, "the time before") {
			out = append(out, f.Label)
		}
	}
	return out
}

// TestWhatWasBeforeIsSaidToBe: after somebody is back in touch and begins anew, how they
// were introduced and who said that they arrived stand as of the time before; what is
// answered anew is of now.
func TestWhatWasBeforeIsSaidToBe(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepConnect)
		w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		if got := w.ofBefore(t, r); len(got) != 0 {
			t.Errorf("silence alone begins nothing anew: %v", got)
		}
		w.must(t, r.ID, StepBack, Input{})
		if got := strings.Join(w.ofBefore(t, r), ", "); got != "How they were introduced, Who says they arrived" {
			t.Errorf("of the time before: %s", got)
		}
		w.must(t, r.ID, StepAgree, Input{Destination: w.house.ID, How: "spoken", Days: 30})
		w.must(t, r.ID, StepAccept, Input{})
		w.must(t, r.ID, StepIntro, Input{Mode: "call", Present: 3})
		if got := strings.Join(w.ofBefore(t, r), ", "); got != "Who says they arrived" {
			t.Errorf("introduced anew, of the time before: %s", got)
		}
		said := w.ask(t, 2)
		w.walk(t, said.ID, StepMeet)
		w.must(t, said.ID, StepSupport, Input{Contact: "call", Reason: "tired", ReachOn: "555-0123"})
		w.must(t, said.ID, StepAgree, Input{Destination: w.house.ID, How: "spoken", Days: 30})
		if got := strings.Join(w.ofBefore(t, said), ", "); got != "After “not now”, Why not now" {
			t.Errorf("said yes after all, of the time before: %s", got)
		}
	})
}

// litStones are the words of the stones that a path shows as now.
func litStones(p ui.PathProps) string {
	var out []string
	for _, s := range p.Stones {
		if s.Walk == ui.Lit {
			out = append(out, s.Words)
		}
	}
	return strings.Join(out, ", ")
}

// TestNothingIsLitThatIsNotSo: that they are together, on the way or at a first visit is
// now only while it is.
func TestNothingIsLitThatIsNotSo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		lit := func() (asker, own string) {
			o, err := w.s.OwnPage(nurse(), r.Own)
			if err != nil {
				t.Fatal(err)
			}
			v := english(t, w.clk.Now())
			return litStones(askerPath(v, w.asker(t, r))), litStones(ownPath(v, o))
		}
		says := func(when, wantAsker, wantOwn string) {
			t.Helper()
			if asker, own := lit(); asker != wantAsker || own != wantOwn {
				t.Errorf("%s whoever asked reads as now %q, the person %q", when, asker, own)
			}
		}
		w.walk(t, r.ID, StepSetOut)
		says("on the way:", "On the way", "A peer comes to you")
		w.must(t, r.ID, StepNotFound, Input{Tried: []string{"ward"}})
		says("not found:", "", "")
		w.must(t, r.ID, StepLookAgain, Input{})
		w.walk(t, r.ID, StepConnect)
		says("arrived:", "", "Your first visit")
		w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		says("out of touch:", "", "")
		w.must(t, r.ID, StepBack, Input{})
		says("back, and it begins anew:", "", "Time together")
	})
}

// TestThanksAreOfTheirTime: who thanked a peer months ago has not thanked the one who
// comes now.
func TestThanksAreOfTheirTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		w.own(t, r, StepThanks, Input{})
		thanked := func() bool {
			o, err := w.s.OwnPage(nurse(), r.Own)
			if err != nil {
				t.Fatal(err)
			}
			return o.Thanked
		}
		if !thanked() {
			t.Error("it did not reach them")
		}
		w.own(t, r, StepNotNow, Input{Contact: ContactNone})
		w.clk.Add(time.Hour)
		w.own(t, r, StepReopen, Input{Where: "12 Elm Street"})
		if thanked() {
			t.Error("it stands as said of who comes now")
		}
	})
}
