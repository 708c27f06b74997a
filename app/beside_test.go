package app

import (
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/db"
)

// besideBells are how many times an account was told of something beside a path.
func (w *vigil) besideBells(a ref.Account) int {
	w.Helper()
	return w.count(w.T, "SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND account = $2 AND message LIKE '%/beside/%'", a)
}

// besideLine reports whether such a line stands on an account's Today.
func (w *vigil) besideLine(a ref.Account) bool {
	w.Helper()
	d, err := w.Day.Today(w.as(w.T, access.Peer, a))
	w.must(err)
	for _, l := range d.Lines {
		if l.Why == "handoff-beside" {
			return l.Path == "/handoff/"+string(w.h) && l.Item.Person == w.blue
		}
	}
	return false
}

func (w *vigil) notes(role string, who ref.Account, what string) {
	w.Helper()
	w.must(w.Handoffs.Take(w.as(w.T, role, who), w.h, handoff.StepBeside, handoff.Input{Act: what + string(who), Beside: what}))
}

// TestWhoWalksHearsOfAnOverdose: whoever walks with the person is told that something
// needs a look, and has it on Today until they know of it; whoever noted it is not. Where
// nobody walks any more it is a supervisor's.
func TestWhoWalksHearsOfAnOverdose(t *testing.T) {
	w := newVigil(t)
	ines := w.colleague("Ines")
	w.must(w.DB.Write(w.as(t, access.Peer, ines), func(tx *db.Tx) error { return w.Day.Begin(tx, w.blue, ines) }))
	w.notes(access.Coordinator, "cosmo", "overdose")
	for _, peer := range []ref.Account{w.rosa, ines} {
		if n := w.besideBells(peer); n != 1 || !w.besideLine(peer) {
			t.Errorf("%s was told %d times, on Today: %v", peer, n, w.besideLine(peer))
		}
	}
	w.must(w.Handoffs.Take(w.as(t, access.Peer, w.rosa), w.h, handoff.StepSeen, handoff.Input{Act: "seen"}))
	w.notes(access.Peer, ines, "readmission")
	if w.besideBells(w.rosa) != 2 || !w.besideLine(w.rosa) || w.besideBells(ines) != 1 || w.besideLine(ines) {
		t.Errorf("noted by one of two: rosa %d %v, ines %d %v", w.besideBells(w.rosa), w.besideLine(w.rosa), w.besideBells(ines), w.besideLine(ines))
	}
	if n := w.besideBells(w.sol); n != 0 {
		t.Errorf("a supervisor was told %d times while others walk with them", n)
	}
	r := w.ask(t, w.Handoffs, 2)
	w.h = r.ID
	w.notes(access.Coordinator, "cosmo", "emergency_visit")
	if n := w.besideBells(w.sol); n != 1 {
		t.Errorf("nobody walks with them, and a supervisor was told %d times", n)
	}
}

// TestWhatIsSaidAgainIsHeardAgain: what the person says while the first word waits shows
// as one; said anew after it was answered, those who answer for peers are told anew.
func TestWhatIsSaidAgainIsHeardAgain(t *testing.T) {
	w := newVigil(t)
	told := func() int {
		return w.count(t, "SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND account = $2 AND message LIKE '%/voiced%'", w.sol)
	}
	says := func(act string) {
		w.must(w.Handoffs.OwnStep(w.as(t, "", "own"), w.own, handoff.StepNotRight, handoff.Input{Act: act, Note: "Nobody came."}))
	}
	says("first")
	says("second")
	if n := told(); n != 1 {
		t.Errorf("told %d times of two words at once", n)
	}
	w.must(w.Handoffs.Take(w.as(t, access.Supervisor, w.sol), w.h, handoff.StepHeard, handoff.Input{Act: "heard", Note: "We spoke."}))
	w.clk.Add(time.Hour)
	says("third")
	if n := told(); n != 2 {
		t.Errorf("told %d times, want 2: the first word was answered", n)
	}
}
