package rota

import (
	"slices"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

// TestNotThisOneHoldsWhicheverWayTheyAreTold: a step that tells by text alone still
// wakes the pages that are open, and whoever passed is not asked by the next one.
func TestNotThisOneHoldsWhicheverWayTheyAreTold(t *testing.T) {
	each(t, func(w *world) {
		texts := []string{notify.SMS} // which no agreement covers here
		w.must(w.s.SetLadder(as("cosmo"), "ward", []Rung{
			{Who: Duty, Wait: 60, Channels: texts}, {Who: Second, Wait: 60, Channels: texts}, {Who: Telephone, Wait: 60, Channels: texts},
		}))
		w.duty("rosa")
		w.asks("h1")
		w.wantTold("rosa")
		w.must(w.s.Pass(as("rosa"), "h1"))
		w.wait(10 * time.Minute)
		w.wantTold("rosa", "sol")
		m, err := w.s.Mine(as("rosa"))
		w.must(err)
		if len(m.Asked) != 0 || !w.standing("h1").Phone {
			w.Errorf("asked again: %+v", m.Asked)
		}
	})
}

// TestWhoIsStillOutIsStillWatched: a supervisor has spoken with them, and they go on
// being out for as long as they said. Whoever said that they are fine is back.
func TestWhoIsStillOutIsStillWatched(t *testing.T) {
	each(t, func(w *world) {
		id := w.keyed()
		rosa, sol, who := as(id), as("sol"), ref.Account(id)
		w.must(w.s.GoOut(rosa, 30, "Mill Lane"))
		w.wait(31 * time.Minute)
		w.wantTold("sol")
		w.must(w.s.GoOut(rosa, 60, "")) // said on the telephone: it takes longer
		w.must(w.s.ReachedThem(sol, who))
		if list := w.outs(); len(list) != 1 || list[0].State != AloneOut || list[0].Place != "Mill Lane" {
			w.wrong(list)
		}
		w.wait(61 * time.Minute)
		w.wantTold("sol", "sol")
		w.must(w.s.ReachedThem(sol, who))
		w.must(w.s.GoOut(rosa, 60, "Mill Lane"))
		w.must(w.s.Help(rosa))
		w.sweep()
		w.must(w.s.ReachedThem(sol, who))
		if list := w.outs(); len(list) != 1 || list[0].Calls(w.clk.Now()) {
			w.wrong(list)
		}
		w.wait(61 * time.Minute)
		w.wantTold("sol", "sol", "sol", "sol")
		w.must(w.s.Help(rosa))
		w.must(w.s.Fine(rosa))
		w.must(w.s.ReachedThem(sol, who))
		if list := w.outs(); len(list) != 0 {
			w.wrong(list)
		}
	})
}

// TestNobodyIsGivenADayThatTheyTookOff in silence: the page would say that the rota is
// changed, and the shift would still need cover.
func TestNobodyIsGivenADayThatTheyTookOff(t *testing.T) {
	each(t, func(w *world) {
		cosmo := as("cosmo")
		w.must(w.s.Add(cosmo, dayShift("a", "rosa", "2026-03-02")))
		w.must(w.s.Add(cosmo, dayShift("b", "ines", "2026-03-02")))
		w.must(w.s.TakeOff(as("ines"), Away{ID: "off", From: "2026-03-04", Until: "2026-03-04"}))
		for _, c := range []struct {
			name string
			err  error
			say  string
		}{
			{"cover", w.s.Cover(cosmo, "a", "2026-03-04", "ines"), "rota.error.off"},
			{"swap", w.s.Swap(cosmo, Held{"a", "2026-03-04", "rosa"}, Held{"b", "2026-03-05", "ines"}), "rota.error.off"},
			{"swap, the other way", w.s.Swap(cosmo, Held{"b", "2026-03-05", "ines"}, Held{"a", "2026-03-04", "rosa"}), "rota.error.off-other"},
			{"one day", w.s.Enter(cosmo, Shift{ID: "c", Site: "ward", Peer: "ines", From: "2026-03-04", Begins: 60, Ends: 120, Repeats: Once}, false), "rota.error.off"},
		} {
			if !errs.Is(c.err, errs.Invalid) || sayOf(c.err) != c.say {
				w.Errorf("%s: %v", c.name, c.err)
			}
		}
		w.must(w.s.Cover(cosmo, "a", "2026-03-05", "ines"))
		w.must(w.s.BackOn(as("ines"), "off"))
		w.must(w.s.Cover(cosmo, "a", "2026-03-04", "ines"))
	})
}

// TestHoursOnCallAreHoursOfTheClock: two shifts at once are one time on call.
func TestHoursOnCallAreHoursOfTheClock(t *testing.T) {
	each(t, func(w *world) {
		day := func(id ref.Shift, begins, ends int64) {
			w.must(w.s.Add(as("cosmo"), Shift{ID: id, Site: "ward", Peer: "rosa", From: "2026-03-02", Begins: begins * 60, Ends: ends * 60, Repeats: Once}))
		}
		day("a", 8, 16)
		day("b", 9, 10)
		day("c", 12, 18)
		day("d", 20, 21)
		w.must(w.d.Read(as("x"), func(tx *db.Tx) error {
			got, err := w.s.OnCall(tx, at(2, 0), at(3, 0))
			if got["rosa"] != 11*time.Hour {
				w.Errorf("%s on call, want 8 to 18 and 20 to 21", got["rosa"])
			}
			return err
		}))
	})
}

// TestAnHourThatTheClockSkipsIsNoTurn: half an hour from 02:30 in a night that has none
// would end before it begins.
func TestAnHourThatTheClockSkipsIsNoTurn(t *testing.T) {
	ny := zone(t, "America/New_York")
	p := Plan{Zone: ny, Shifts: []Shift{{ID: "a", Peer: "rosa", From: "2026-03-07", Begins: 150, Ends: 180, Repeats: Daily}}}
	var days []Day
	for _, turn := range p.Turns(Day("2026-03-07").At(0, ny), Day("2026-03-10").At(0, ny)) {
		if days = append(days, turn.Day); turn.To.Sub(turn.From) != 30*time.Minute {
			t.Errorf("%s: %v to %v", turn.Day, turn.From.In(ny), turn.To.In(ny))
		}
	}
	if !slices.Equal(days, []Day{"2026-03-07", "2026-03-09"}) {
		t.Error(days)
	}
}

// TestAnOnlySupervisorIsNotLeftAlone: where nobody else supervises, coordinators are told
// that one who went out alone is silent, or asks for a call; not only whoever it is about.
func TestAnOnlySupervisorIsNotLeftAlone(t *testing.T) {
	each(t, func(w *world) {
		w.staff["coordinator"] = []ref.Account{"cosmo"}
		w.must(w.s.GoOut(as("sol"), 30, ""))
		w.wait(31 * time.Minute)
		w.wantTold("cosmo")
		w.must(w.s.Help(as("sol")))
		w.sweep()
		w.wantTold("cosmo", "cosmo")
		w.staff["coordinator"] = nil
		w.must(w.s.Help(as("sol")))
		w.sweep()
		w.wantTold("cosmo", "cosmo", "sol") // somebody must know
	})
}

// TestWhoNeedsACallStandsFirst: one who is silent stands above those who are out until later.
func TestWhoNeedsACallStandsFirst(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.GoOut(as("ines"), 120, ""))
		w.must(w.s.GoOut(as("rosa"), 30, ""))
		w.must(w.s.GoOut(as("omar"), 60, ""))
		w.wait(31 * time.Minute)
		var order []ref.Account
		for _, o := range w.outs() {
			order = append(order, o.Peer)
		}
		if !slices.Equal(order, []ref.Account{"rosa", "omar", "ines"}) {
			w.Error(order)
		}
	})
}

// TestWhereNobodySupervises coordinators hear within minutes that nobody is left to ask,
// once, and no longer when somebody goes.
func TestWhereNobodySupervises(t *testing.T) {
	each(t, func(w *world) {
		w.staff["supervisor"], w.staff["coordinator"] = nil, []ref.Account{"cosmo"}
		w.duty("rosa")
		w.asks("h1")
		w.wantTold("rosa")
		w.must(w.s.Pass(as("rosa"), "h1"))
		w.wait(10 * time.Minute)
		w.wantTold("rosa", "cosmo")
		if got := w.app.Letters(); got[1].Text != wordLate {
			w.Errorf("%+v", got[1])
		}
		w.happened(Event{What: EventTaken, Handoff: "h1", Site: "ward", Person: "p1", Peer: "omar", MeetBy: w.clk.Now().Add(time.Minute)})
		w.wait(2 * time.Minute)
		w.wantTold("rosa", "cosmo", "cosmo") // whoever goes is late, which is another thing
		w.staff["coordinator"] = nil
		w.asks("h2")
		w.wait(10 * time.Minute)
		w.wantTold("rosa", "cosmo", "cosmo", "rosa")
	})
}
