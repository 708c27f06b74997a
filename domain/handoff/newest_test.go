package handoff

import (
	"testing"
	"time"
)

// TestTheNewestIsFoundBehindMany: the board shows who waits longest, and of more
// than fifty the newest stands on a page of its own.
func TestTheNewestIsFoundBehindMany(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for n := range PageSize {
			w.ask(t, n)
			w.clk.Add(time.Minute)
		}
		last, err := w.s.Ask(nurse(), Ask{Handoff: Handoff{Answer: "yes", Where: "Bay 99"}, Act: "the last", Site: w.site.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range w.board(t).Waiting {
			if c.ID == last.ID {
				t.Fatal("the board has room for it: this test shows nothing")
			}
		}
		cards, err := w.s.Lane(as("peer", "rosa"), LaneWaiting)
		if err != nil || len(cards) == 0 || cards[0].ID != last.ID {
			t.Errorf("%d cards, %v", len(cards), err)
		}
	})
}
