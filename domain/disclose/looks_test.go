package disclose_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/disclose"
	"alongside/platform/db"
)

// looked records that a peer saw the person: alone, or on a list with others.
func (h *house) looked(times int, others ...string) {
	h.Helper()
	for range times {
		h.write("rosa", func(tx *db.Tx) error {
			return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "made.up", Subjects: append([]string{string(h.person)}, others...)})
		})
	}
}

func (h *house) looks(before int64) (out []disclose.Look, earlier int64) {
	h.Helper()
	h.write("own", func(tx *db.Tx) (err error) {
		out, earlier, err = h.s.Looks(tx, time.UTC, before)
		return err
	})
	return out, earlier
}

func says(looks []disclose.Look) (out []string) {
	for _, l := range looks {
		out = append(out, fmt.Sprintf("%s %s list=%v %d", l.Day.Format(time.DateOnly), l.Kind, l.List, l.Times))
	}
	return out
}

// TestAListIsSaidApart: how often a list was drawn that named the person says
// nothing of how often somebody read what is held about them. Both are said.
func TestAListIsSaidApart(t *testing.T) {
	onBoth(t, func(h *house) {
		h.write("own", func(tx *db.Tx) error { return h.s.Belong(tx, "own", h.person) })
		h.looked(84, "person2", "person3")
		h.looked(2)
		h.sequence()
		day := h.clk.Now().UTC().Format(time.DateOnly)
		looks, earlier := h.looks(0)
		looks = slices.DeleteFunc(looks, func(l disclose.Look) bool { return l.Actor != "rosa" })
		want := []string{day + " look list=false 2", day + " look list=true 84"}
		if !slices.Equal(says(looks), want) || earlier != 0 {
			h.Errorf("%v, earlier %d; want %v", says(looks), earlier, want)
		}
	})
}

// TestNoDayOfLooksIsLost: what does not stand on the first page stands on a later
// one, each day whole.
func TestNoDayOfLooksIsLost(t *testing.T) {
	onBoth(t, func(h *house) {
		h.write("own", func(tx *db.Tx) error { return h.s.Belong(tx, "own", h.person) })
		for range 4 {
			h.looked(170)
			h.clk.Add(24 * time.Hour)
		}
		h.sequence()
		var times []int
		pages, before := 0, int64(0)
		for pages == 0 || before > 0 {
			looks, earlier := h.looks(before)
			for _, l := range looks {
				if l.Actor == "rosa" {
					times = append(times, l.Times)
				}
			}
			pages, before = pages+1, earlier
		}
		if !slices.Equal(times, []int{170, 170, 170, 170}) || pages < 2 {
			h.Errorf("%v on %d pages", times, pages)
		}
	})
}
