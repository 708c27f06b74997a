package handoff

import (
	"testing"
	"time"

	"alongside/domain/ref"
)

// TestAnOpenPageGoesOnAfterADeath: who was told by a human opens the hand-off again, and
// its page said that the connection was lost: that they may open it was read of the person
// and never recorded. The same of one that was joined to it.
func TestAnOpenPageGoesOnAfterADeath(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staffed()
		first := w.ask(t, 1)
		w.walk(t, first.ID, StepMeet)
		w.clk.Add(time.Hour)
		second := w.ask(t, 2)
		if err := w.take(t, second.ID, "rosa", StepJoin, Input{SameAs: string(first.ID)}); err != nil {
			t.Fatal(err)
		}
		dana, rosa := as("supervisor", "dana"), as("peer", "rosa")
		if err := w.s.Take(dana, first.ID, StepClose, Input{Act: "died", ClosedReason: died}); err != nil {
			t.Fatal(err)
		}
		if err := w.s.Told(dana, first.ID, "rosa"); err != nil {
			t.Fatal(err)
		}
		for name, h := range map[string]ref.Handoff{"the hand-off": first.ID, "the one that was joined": second.ID} {
			d, err := w.s.View(rosa, h)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if n, err := w.s.Version(rosa, h); err != nil || n != d.Version {
				t.Errorf("%s stays open: version %d of %d, %v", name, n, d.Version, err)
			}
		}
	})
}
