package rota

import (
	"strings"
	"testing"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// TestTheSameFormOnceMore presses each button of the rota twice, as an impatient
// thumb does: what was asked for is so, once, and nobody reads that it is not here.
func TestTheSameFormOnceMore(t *testing.T) {
	each(t, func(w *world) {
		cosmo := as("cosmo")
		w.must(w.s.Add(cosmo, dayShift("a", "rosa", "2026-03-02")))
		w.must(w.s.Add(cosmo, Shift{ID: "b", Site: "ward", Peer: "ines", From: "2026-03-03", Begins: 18 * 60, Ends: 20 * 60, Repeats: Once}))
		for range 2 {
			w.must(w.s.Swap(cosmo, Held{"a", "2026-03-03", "rosa"}, Held{"b", "2026-03-03", "ines"}))
			w.must(w.s.Cancel(cosmo, "a", "2026-03-04"))
			w.must(w.s.End(cosmo, "a", "2026-03-06"))
		}
		w.wantNoons("rosa", "ines", "-", "rosa", "-")
		if n := w.leaves(); n != 6 { // two shifts, the swap is two, and one each
			w.Errorf("%d changes recorded", n)
		}
		if err := w.s.Cancel(cosmo, "a", "2026-03-09"); !errs.Is(err, errs.NotFound) {
			w.Error("a day that never was could be left out:", err)
		}
		w.must(w.s.Cover(cosmo, "a", "2026-03-03", "omar"))
		if err := w.s.Swap(cosmo, Held{"a", "2026-03-03", "ines"}, Held{"b", "2026-03-03", "rosa"}); !errs.Is(err, errs.Conflict) {
			w.Error("a turn that somebody else has by now was swapped:", err)
		}
	})
}

func TestAfterAHardCallTheSameFormAsksOnce(t *testing.T) {
	each(t, func(w *world) {
		for range 2 {
			w.must(w.s.Hard(as("rosa"), "act", "sol", 2))
		}
		w.sweep()
		w.wantTold("sol")
		if n := len(w.app.Letters()); n != 1 {
			w.Errorf("%d messages", n)
		}
		m, err := w.s.Mine(as("rosa"))
		w.must(err)
		if len(m.Aways) != 1 {
			w.Errorf("%d times off", len(m.Aways))
		}
	})
}

// TestWhoWorksHereNoMore: no turn is given to somebody who cannot take it, or who
// is of another organisation; the turns of whoever left need cover; and their
// calendar link is as if it had never been.
func TestWhoWorksHereNoMore(t *testing.T) {
	each(t, func(w *world) {
		cosmo := as("cosmo")
		w.must(w.s.Add(cosmo, dayShift("a", "rosa", "2026-03-02")))
		if err := w.s.Add(cosmo, dayShift("b", "elsewhere", "2026-03-02")); !errs.Is(err, errs.Invalid) {
			w.Error("a shift for nobody of ours:", err)
		}
		if err := w.s.Cover(cosmo, "a", "2026-03-03", "elsewhere"); !errs.Is(err, errs.Invalid) {
			w.Error("a turn for nobody of ours:", err)
		}
		w.must(w.s.NewFeed(as("rosa")))
		m, err := w.s.Mine(as("rosa"))
		w.must(err)
		cal, err := w.s.Feed(as("link:x"), m.Feed, "Shift")
		w.must(err)
		if !strings.Contains(string(cal), "VEVENT") {
			w.Error("nothing in the calendar of somebody who is here")
		}
		w.staff["peer"] = []ref.Account{"ines", "omar"}
		if _, err := w.s.Feed(as("link:x"), m.Feed, "Shift"); !errs.Is(err, errs.NotFound) {
			w.Error("the calendar of somebody who left:", err)
		}
		w.must(w.d.Read(cosmo, func(tx *db.Tx) error {
			p, err := w.s.plan(tx, tx.Now(), tx.Now())
			at := Day("2026-03-03").At(12*60, w.zone)
			if turns := p.Turns(at, at.Add(1)); len(turns) != 1 || turns[0].Peer != "" || turns[0].Usual != "rosa" {
				w.Errorf("a turn of somebody who left: %+v", turns)
			}
			return err
		}))
	})
}

// TestACallStandsWhateverIsPressedAfter: somebody may stand beside them. The page
// says that they are back, or out for longer; supervisors still know whom to call
// and where, until one of them has spoken with them.
func TestACallStandsWhateverIsPressedAfter(t *testing.T) {
	each(t, func(w *world) {
		rosa := w.keyed()
		w.must(w.s.GoOut(as(rosa), 30, "Mill Lane"))
		w.must(w.s.Help(as(rosa)))
		w.must(w.s.Fine(as(rosa)))
		w.sweep()
		w.wantTold("sol")
		a, err := w.s.AloneNow(as(rosa))
		w.must(err)
		if (aloneForm{Alone: a}).isOut() {
			w.Error("the page does not say that they are back")
		}
		if list := w.outs(); len(list) != 1 || !list[0].Asked() || list[0].Place != "Mill Lane" {
			w.wrong(list)
		}
		w.must(w.s.GoOut(as(rosa), 60, "Bridge Street"))
		a, err = w.s.AloneNow(as(rosa))
		w.must(err)
		if !(aloneForm{Alone: a}).isOut() {
			w.Error("the page does not say that they are out")
		}
		if list := w.outs(); len(list) != 1 || !list[0].Asked() {
			w.wrong(list)
		}
		w.must(w.s.ReachedThem(as("sol"), ref.Account(rosa)))
		if list := w.outs(); len(list) != 1 || list[0].Asked() {
			w.wrong(list)
		}
		w.must(w.s.Fine(as(rosa)))
		if list := w.outs(); len(list) != 0 {
			w.wrong(list)
		}
	})
}
