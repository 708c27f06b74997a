package handoff

import (
	"slices"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/flow"
	"alongside/platform/job"
)

// rings lets what is due ring.
func (w *world) rings(t *testing.T) {
	t.Helper()
	if _, err := job.NewRunner(w.d, w.clk, dbtest.Log(t), w.s.Jobs()).Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (w *world) stands(t *testing.T, h ref.Handoff, want string) Detail {
	t.Helper()
	d, err := w.s.View(as("coordinator", "cosmo"), h)
	if err != nil || d.State != want {
		t.Fatalf("it stands at %s (%v), want %s", d.State, err, want)
	}
	return d
}

// TestSilenceComesToRest: of whom nobody hears, the hand-off rests by itself once the
// last follow-up of their programme is over. It is off the board and off every list, in
// every figure, and goes on as soon as they are heard from, with the same peer.
func TestSilenceComesToRest(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		from := w.clk.Now()
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		met := w.clk.Now()
		w.clk.Add(5 * 24 * time.Hour)
		w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		w.clk.Set(met.Add(104*24*time.Hour - time.Minute))
		w.rings(t)
		w.stands(t, r.ID, OutOfTouch)
		if err := w.take(t, r.ID, "rosa", StepRest, Input{}); !errs.Is(err, errs.Conflict) {
			t.Errorf("a minute before its time: %v", err)
		}
		w.clk.Add(2 * time.Minute)
		w.rings(t)
		d := w.stands(t, r.ID, Resting)
		if d.Peer != "rosa" || len(d.FollowUps) != 0 || len(w.dues(t, "peer", "rosa")) != 0 {
			t.Errorf("at rest with %q, %d follow-ups, %d on her list", d.Peer, len(d.FollowUps), len(w.dues(t, "peer", "rosa")))
		}
		if b := w.board(t); len(b.Mine)+len(b.Others)+len(b.Waiting) != 0 {
			t.Errorf("it is still on the board: %+v", b)
		}
		f, err := w.s.Figures(as("coordinator", "cosmo"), from, w.clk.Now(), time.UTC)
		if err != nil || f.All.Asked != 1 || f.All.Met != 1 || f.All.Lost != 1 || f.All.Open != 0 {
			t.Errorf("in the figures it is %+v (%v)", f.All, err)
		}
		w.clk.Add(60 * 24 * time.Hour)
		w.own(t, r, StepBack, Input{})
		if d := w.stands(t, r.ID, Met); d.Peer != "rosa" {
			t.Errorf("they are back, and %q walks with them", d.Peer)
		}
	})
}

// TestWhoIsHeardFromDoesNotRest: the bell comes too late, or a follow-up was moved on.
func TestWhoIsHeardFromDoesNotRest(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		back, moved := w.ask(t, 1), w.ask(t, 2)
		for _, r := range []Receipt{back, moved} {
			w.walk(t, r.ID, StepMeet)
			w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		}
		w.clk.Add(50 * 24 * time.Hour)
		w.must(t, back.ID, StepBack, Input{})
		list := w.stands(t, moved.ID, OutOfTouch).FollowUps
		last := slices.MaxFunc(list, func(a, b FollowUp) int { return a.ClosesAt.Compare(b.ClosesAt) })
		later := Input{Which: last.Which(), MovedTo: w.clk.Now().Add(59 * 24 * time.Hour)}
		w.must(t, moved.ID, StepMoveUp, later)
		w.clk.Add(55 * 24 * time.Hour)
		w.rings(t)
		w.stands(t, back.ID, Met)
		w.stands(t, moved.ID, OutOfTouch)
		w.clk.Add(30 * 24 * time.Hour)
		w.rings(t)
		w.stands(t, moved.ID, Resting)
	})
}

// TestWhomNobodyMetIsLookedForAgain: a peer did not find them, and nobody heard. They
// were never together, so nothing says that they are again: whoever asked, and they
// themselves, say where they are, and a peer is asked. After a month it rests.
func TestWhomNobodyMetIsLookedForAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		asked, rests := w.ask(t, 1), w.ask(t, 2)
		for _, r := range []Receipt{asked, rests} {
			w.walk(t, r.ID, StepSetOut)
			w.must(t, r.ID, StepNotFound, Input{Tried: []string{"ward"}})
			w.must(t, r.ID, StepLose, Input{Tried: []string{"card"}})
		}
		if st := w.asker(t, asked); st.Stage != NotFound {
			t.Errorf("whoever asked reads %q", st.Stage)
		}
		if err := w.s.Change(nurse(), asked.Token, StepLookAgain, Input{Act: "x", Where: "Hall"}); err != nil {
			t.Error(err)
		}
		w.stands(t, asked.ID, Requested)
		w.clk.Add(31 * 24 * time.Hour)
		w.rings(t)
		w.stands(t, rests.ID, Resting)
		o, err := w.s.OwnPage(nurse(), rests.Own)
		says := func(name string) bool {
			return slices.ContainsFunc(o.Next, func(s flow.Step[Facts]) bool { return s.Name == name })
		}
		if err != nil || says(StepBack) || !says(StepLookAgain) {
			t.Errorf("their page offers back %v, here %v (%v)", says(StepBack), says(StepLookAgain), err)
		}
		w.own(t, rests, StepLookAgain, Input{Where: "At my sister's"})
		w.stands(t, rests.ID, Requested)
	})
}

// TestAPeerWhoLeavesLeavesNobodyAtRest: who rests is told to a peer who is here when
// they are heard from, and until then nobody is asked for them.
func TestAPeerWhoLeavesLeavesNobodyAtRest(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		l := w.staffed()
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		w.clk.Add(105 * 24 * time.Hour)
		w.rings(t)
		before := len(l.heard)
		if err := w.look(func(tx *dbTx) error { return w.s.PeerLeft(tx, "rosa") }); err != nil {
			t.Fatal(err)
		}
		if d := w.stands(t, r.ID, Resting); d.Peer != "" {
			t.Errorf("%q left, and walks with them", d.Peer)
		}
		if now := l.heard[before:]; !slices.Equal(now, []string{"left resting "}) {
			t.Errorf("told: %v", now)
		}
		w.own(t, r, StepBack, Input{})
		if now := l.heard[before:]; !slices.Equal(now, []string{"left resting ", "given_back met "}) {
			t.Errorf("they are back, told: %v", now)
		}
	})
}

// TestAFollowUpThatReachedThemBreaksTheSilence: "we were in touch" of somebody out of
// touch brings them back. Where they had a first visit, their peer says in which way;
// until then it rests no sooner than a month after.
func TestAFollowUpThatReachedThemBreaksTheSilence(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		met, arrived := w.ask(t, 1), w.ask(t, 2)
		w.walk(t, met.ID, StepMeet)
		w.walk(t, arrived.ID, StepConnect)
		for _, r := range []Receipt{met, arrived} {
			w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		}
		w.clk.Add(100 * 24 * time.Hour)
		for _, r := range []Receipt{met, arrived} {
			list := w.stands(t, r.ID, OutOfTouch).FollowUps
			w.must(t, r.ID, StepFollowed, Input{Which: list[len(list)-1].Which(), Channel: "called"})
		}
		w.stands(t, met.ID, Met)
		w.clk.Add(10 * 24 * time.Hour)
		w.rings(t)
		w.stands(t, arrived.ID, OutOfTouch)
		w.clk.Add(21 * 24 * time.Hour)
		w.rings(t)
		w.stands(t, arrived.ID, Resting)
	})
}
