package handoff

import (
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/platform/flow"
)

func label(steps []flow.Step[Facts], name string) string {
	i := slices.IndexFunc(steps, func(s flow.Step[Facts]) bool { return s.Name == name })
	if i < 0 {
		return ""
	}
	return steps[i].Label.EN
}

// TestASecondArrivalIsNoFirstVisit: back in touch after they had arrived, the button
// and the line of a visit say what it is; another service has a first visit of its own.
func TestASecondArrivalIsNoFirstVisit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepIntro)
		first := label(w.view(t, r.ID).Next, StepConnect)
		w.must(t, r.ID, StepConnect, Input{ConnSource: "person"})
		w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		w.must(t, r.ID, StepBack, Input{})
		if again := label(w.view(t, r.ID).Next, StepConnect); again == first || strings.Contains(again, "first") {
			t.Errorf("the button says %q, the first time %q", again, first)
		}
		w.clk.Add(time.Minute)
		w.must(t, r.ID, StepConnect, Input{ConnSource: "person"})
		if text := says(t, w.view(t, r.ID)); strings.Count(text, "First visit") != 1 || !strings.Contains(text, "At the service again") {
			t.Errorf("one first visit:\n%s", text)
		}
		w.must(t, r.ID, StepLose, Input{Act: "b", Tried: []string{"called"}})
		w.must(t, r.ID, StepBack, Input{Act: "b"})
		w.must(t, r.ID, StepAgree, Input{Destination: w.house.ID, How: "spoken", Days: 30})
		w.must(t, r.ID, StepAccept, Input{})
		if other := label(w.view(t, r.ID).Next, StepConnect); other != first {
			t.Errorf("at another service it says %q", other)
		}
	})
}

// TestAButtonThatCouldOnlyRefuseIsNotThere: a service was offered as often as the site
// lets a peer. The page says so, and who can go on; a supervisor has the buttons.
func TestAButtonThatCouldOnlyRefuseIsNotThere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepAgree)
		for n := range 4 {
			w.clk.Add(time.Minute)
			w.must(t, r.ID, StepServiceNo, Input{ServiceReason: "full"})
			d, err := w.s.View(as("peer", "rosa"), r.ID)
			if err != nil {
				t.Fatal(err)
			}
			if more := label(d.Next, StepReoffer) != ""; more == d.Often || more != (n < 3) {
				t.Errorf("after %d times: asked again %v, says that it is enough %v", n, more, d.Often)
			}
			if n < 3 {
				w.must(t, r.ID, StepReoffer, Input{})
			}
		}
		if d := w.view(t, r.ID); d.Often || label(d.Next, StepReoffer) == "" || label(d.Next, StepAgree) == "" {
			t.Error("a supervisor cannot go on")
		}
	})
}

// TestNextOnTheBoardIsTheirs: of one's own, the board does not say to walk with them,
// and of who never arrived not that they still go there.
func TestNextOnTheBoardIsTheirs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		with, silent := w.ask(t, 1), w.ask(t, 2)
		w.walk(t, with.ID, StepAccept)
		w.walk(t, silent.ID, StepMeet)
		w.must(t, silent.ID, StepLose, Input{Tried: []string{"called"}})
		b, err := w.s.Board(as("peer", "rosa"), nil)
		if err != nil || len(b.Mine) != 2 {
			t.Fatalf("%d on her board (%v)", len(b.Mine), err)
		}
		v := statusViews(t, w.clk.Now())[0]
		for _, c := range b.Mine {
			says := nextSays(v, Flow(), c)
			if strings.Contains(says, "walk with them") || strings.Contains(says, "still go there") || says == "" {
				t.Errorf("%s: %q", c.State, says)
			}
		}
	})
}

// TestWordsOfACorrectionSayOfWhat: two entries were put right in words alone, and each
// correction says which it is about.
func TestWordsOfACorrectionSayOfWhat(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		for seq, note := range map[int64]string{2: "it was Ben", 4: "in the hall"} {
			if err := w.right(t, r.ID, Input{Corrects: seq, Note: note}); err != nil {
				t.Fatal(err)
			}
		}
		text := says(t, w.view(t, r.ID))
		for what, note := range map[string]string{"A peer said yes": "it was Ben", "Together": "in the hall"} {
			if !slices.ContainsFunc(strings.Split(text, "\n"), func(l string) bool { return strings.Contains(l, note) && strings.Contains(l, what) }) {
				t.Errorf("%q does not say that it is about %q:\n%s", note, what, text)
			}
		}
	})
}

// TestOnlyAWarmOneIsTogether: who was accompanied later is not said to have been three
// together, whatever number stands there.
func TestOnlyAWarmOneIsTogether(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for n, mode := range []string{"room", "call", "accompanied"} {
			r, want := w.ask(t, n), warm(mode)
			w.walk(t, r.ID, StepAccept)
			w.must(t, r.ID, StepIntro, Input{Mode: mode, Present: 3, There: []string{"service"}})
			if text := says(t, w.view(t, r.ID)); strings.Contains(text, "3 there together") != want {
				t.Errorf("%s:\n%s", mode, text)
			}
		}
	})
}
