package handoff

import (
	"slices"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/flow"
)

// lit is what stands for a peer who walks with the person of a hand-off, and how many
// such cards a supervisor has on the board.
func (w *world) lit(t *testing.T, h ref.Handoff, peer string) (onDay, onBoard int) {
	t.Helper()
	err := w.d.Write(as("peer", peer), func(tx *db.Tx) error {
		person, err := w.s.About(tx, h)
		if err != nil {
			return err
		}
		list, err := w.s.Beside(tx, []ref.Person{person})
		onDay = len(list)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b, err := w.s.Board(as("supervisor", "sol"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return onDay, len(b.Beside)
}

func (w *world) notes(t *testing.T, h ref.Handoff, role, who, what string) {
	t.Helper()
	w.clk.Add(time.Minute)
	in := Input{Beside: what, Act: what + who + w.clk.Now().String()}
	if err := w.s.Take(as(role, who), h, StepBeside, in); err != nil {
		t.Fatal(err)
	}
}

// TestWhoWalksComesToKnow: what somebody else noted beside the path waits for whoever
// walks with the person until they say that they know of it. Nobody else says so for
// them, and nothing waits that they noted themselves or that does not press.
func TestWhoWalksComesToKnow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		l := &listener{}
		w.s.Alerts = l
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		w.notes(t, r.ID, "coordinator", "cosmo", "naloxone_given")
		w.notes(t, r.ID, "peer", "rosa", "emergency_visit")
		if day, board := w.lit(t, r.ID, "rosa"); day != 0 || board != 0 {
			t.Errorf("%d on her day, %d on the board, of what does not press or what she noted", day, board)
		}
		w.notes(t, r.ID, "coordinator", "cosmo", "overdose")
		if day, board := w.lit(t, r.ID, "rosa"); day != 1 || board != 0 || !slices.Contains(l.heard, "beside met rosa") {
			t.Errorf("%d on her day, %d on the board; heard %v", day, board, l.heard)
		}
		offers := func(role, who string) bool {
			d, err := w.s.View(as(role, who), r.ID)
			return err == nil && slices.ContainsFunc(d.Next, func(s flow.Step[Facts]) bool { return s.Name == StepSeen })
		}
		if offers("coordinator", "cosmo") || offers("peer", "ben") || !offers("peer", "rosa") {
			t.Error("somebody else may say that they know of it, or she may not")
		}
		if err := w.s.Take(as("coordinator", "cosmo"), r.ID, StepSeen, Input{Act: "x"}); !errs.Is(err, errs.Conflict) {
			t.Errorf("a coordinator says so for her: %v", err)
		}
		w.must(t, r.ID, StepSeen, Input{})
		if day, _ := w.lit(t, r.ID, "rosa"); day != 0 || offers("peer", "rosa") {
			t.Errorf("after she has seen it, %d on her day", day)
		}
	})
}

// TestWhereNobodyWalks it waits on the board of those who answer for peers; not once the
// hand-off is over, nor after a death.
func TestWhereNobodyWalks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		waits, rests, dies := w.ask(t, 1), w.ask(t, 2), w.ask(t, 3)
		w.notes(t, waits.ID, "coordinator", "cosmo", "readmission")
		if day, board := w.lit(t, waits.ID, "rosa"); day != 1 || board != 1 {
			t.Errorf("%d for one who walks with them otherwise, %d on the board", day, board)
		}
		if b, err := w.s.Board(as("peer", "rosa"), nil); err != nil || len(b.Beside) != 0 {
			t.Errorf("a peer's board shows %d, %v", len(b.Beside), err)
		}
		if err := w.s.Take(as("supervisor", "sol"), waits.ID, StepSeen, Input{Act: "s"}); err != nil {
			t.Fatal(err)
		}
		if _, board := w.lit(t, waits.ID, "rosa"); board != 0 {
			t.Error("it is still on the board when a supervisor knows of it")
		}
		w.must(t, rests.ID, StepNotNow, Input{})
		w.notes(t, rests.ID, "supervisor", "sol", "overdose")
		w.walk(t, dies.ID, StepMeet)
		w.notes(t, dies.ID, "supervisor", "sol", "overdose")
		w.must(t, dies.ID, StepClose, Input{ClosedReason: died})
		if day, board := w.lit(t, dies.ID, "rosa"); day != 0 || board != 0 {
			t.Errorf("after a death and where it is over: %d on her day, %d on the board", day, board)
		}
	})
}

// TestWhatHappenedIsPutRight: an entry that was wrong puts the lamp out, and one that
// should have lit it does, for whoever has not seen it.
func TestWhatHappenedIsPutRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		l := &listener{}
		w.s.Alerts = l
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		w.notes(t, r.ID, "coordinator", "cosmo", "naloxone_offered")
		if err := w.right(t, r.ID, Input{Corrects: 5, Right: map[string]string{"beside": "overdose"}}); err != nil {
			t.Fatal(err)
		}
		if day, _ := w.lit(t, r.ID, "rosa"); day != 1 || !slices.Contains(l.heard, "beside met rosa") {
			t.Errorf("put right to an overdose: %d on her day; heard %v", day, l.heard)
		}
		if err := w.right(t, r.ID, Input{Corrects: 5, Right: map[string]string{"beside": "naloxone_given"}}); err != nil {
			t.Fatal(err)
		}
		if day, _ := w.lit(t, r.ID, "rosa"); day != 0 {
			t.Errorf("put right to none: %d on her day", day)
		}
	})
}
