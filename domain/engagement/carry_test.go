package engagement

import (
	"testing"

	"alongside/domain/ref"
	"alongside/platform/errs"
)

// plansOf are those whose plan Rosa's phone may keep today.
func (w *world) plansOf() []ref.Person {
	w.Helper()
	d, err := w.s.Today(rosa())
	w.must(err)
	return d.Plans
}

// A plan may rest on a phone only of who walks with the person, only after a
// yes, and only while it stands.
func TestAPlanIsCarriedOnlyByAYes(t *testing.T) {
	each(t, func(w *world) {
		w.selves["blue-account"] = w.blue
		own, mine := as("blue-account", "participant"), Door{Own: true}
		c := w.call(w.blue)
		c.Next, c.NextAt = "i_call", w.clk.Now()
		w.note(c)
		if got := w.plansOf(); len(got) != 0 {
			t.Errorf("before anyone said so: %v", got)
		}
		w.must(w.s.SetCarry(own, mine, true))
		w.must(w.s.SetCarry(own, mine, true))
		if got := w.plansOf(); len(got) != 1 || got[0] != w.blue {
			t.Errorf("after a yes: %v", got)
		}
		if p := w.planOf(); !p.Carry.Peers || p.Carry.SaidBy != "blue-account" || p.Carry.Version != 1 {
			t.Errorf("%+v", p.Carry)
		}
		w.wants(w.s.SetCarry(ines(), door(w.blue), true), errs.Denied, "someone who does not walk along")
		if d, err := w.s.Today(ines()); err != nil || len(d.Plans) != 0 {
			t.Errorf("on a phone of another: %v %v", d.Plans, err)
		}
		w.must(w.s.SetCarry(rosa(), door(w.blue), false))
		if got := w.plansOf(); len(got) != 0 {
			t.Errorf("after it was taken back: %v", got)
		}
	})
}
