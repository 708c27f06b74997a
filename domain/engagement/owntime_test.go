package engagement

import (
	"slices"
	"testing"
	"time"

	"alongside/platform/errs"
)

// A peer's own times stand on their Today and on nobody else's: a group among
// the promises, supervision last, tomorrow at the earliest a day before.
func TestAPeersOwnTimes(t *testing.T) {
	each(t, func(w *world) {
		own := func(sort string, in time.Duration) OwnTime {
			return OwnTime{ID: w.id(), Sort: sort, StartsAt: w.clk.Now().Add(in)}
		}
		sup, group, later := own(Supervision, 2*time.Hour), own(Group, 20*time.Hour), own(Group, 80*time.Hour)
		for _, o := range []OwnTime{sup, sup, group, later} {
			w.must(w.s.SetTime(rosa(), o))
		}
		whys := func() (out []string) {
			d, err := w.s.Today(rosa())
			w.must(err)
			for _, l := range d.Lines {
				out = append(out, l.Why)
			}
			return out
		}
		if got := whys(); !slices.Equal(got, []string{"own-group", "own-supervision"}) {
			t.Errorf("today: %v", got)
		}
		if list, err := w.s.Times(ines()); err != nil || len(list) != 0 {
			t.Errorf("another sees them: %v %v", list, err)
		}
		if d, err := w.s.Today(ines()); err != nil || len(d.Lines) != 0 {
			t.Errorf("on another's day: %v %v", d.Lines, err)
		}
		for _, role := range []string{"supervisor", "coordinator", "administrator"} {
			if list, _ := w.s.Times(as("dana", role)); len(list) != 0 {
				t.Errorf("a %s sees them: %v", role, list)
			}
		}
		w.wants(w.s.DropTime(ines(), group.ID), errs.NotFound, "another's is taken off")
		w.wants(w.s.SetTime(ines(), group), errs.NotFound, "another's id")
		w.wants(w.s.SetTime(rosa(), own(Group, -48*time.Hour)), errs.Invalid, "long ago")
		w.wants(w.s.SetTime(as("blue-account", "participant"), own(Group, time.Hour)), errs.Denied, "someone who does not work here")
		w.must(w.s.DropTime(rosa(), group.ID))
		w.must(w.s.DropTime(rosa(), group.ID))
		if got := whys(); !slices.Equal(got, []string{"own-supervision"}) {
			t.Errorf("after it was taken off: %v", got)
		}
	})
}
