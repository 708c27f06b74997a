package handoff

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/errs"
)

func (w *world) dues(t *testing.T, role, who string) []Due {
	t.Helper()
	list, err := w.s.FollowUps(as(role, who))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestFollowUpsBeginWhenTheyMetAndStandOnThePeersList(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		if n := len(w.dues(t, "peer", "rosa")); n != 0 {
			t.Fatalf("%d follow-ups before anyone met", n)
		}
		w.walk(t, h, StepMeet)
		met := w.clk.Now()
		list := w.dues(t, "peer", "rosa")
		if len(list) != 3 || list[0].Hours != 24 || list[0].Name != "Blue" || list[0].Site != "Mercy" {
			t.Fatalf("within a week: %+v; want those of 24 and 72 hours and 7 days with Blue", list)
		}
		if !list[0].OpensAt.Equal(met.Add(12*time.Hour)) || !list[0].ClosesAt.Equal(met.Add(36*time.Hour)) {
			t.Errorf("the window is %v to %v", list[0].OpensAt, list[0].ClosesAt)
		}
		if n := len(w.dues(t, "peer", "idris")); n != 0 {
			t.Error("they stand on another peer's list")
		}
		if n := len(w.dues(t, "supervisor", "dana")); n != 3 {
			t.Errorf("the supervisor sees %d", n)
		}
		w.clk.Add(90 * 24 * time.Hour)
		if after := w.dues(t, "peer", "rosa"); len(after) != 2 || after[0].Hours != 90*day || len(after[1].Earlier) != 4 {
			t.Errorf("after three months without an answer, the last and one for those that went by: %+v", after)
		}
	})
}

func TestAFollowUpIsAnsweredTriedOrMoved(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		w.clk.Add(13 * time.Hour)
		first := w.dues(t, "peer", "rosa")[0]
		if !first.Open(w.clk.Now()) {
			t.Fatal("its window is not open")
		}
		try := Input{Which: first.Which(), Channel: "called"}
		if err := w.take(t, h, "rosa", StepNotReached, try); err != nil {
			t.Fatal(err)
		}
		if got := w.dues(t, "peer", "rosa")[0]; got.Tries != 1 || got.State != FollowOpen {
			t.Fatalf("after a try: %+v", got.FollowUp)
		}
		w.clk.Add(time.Minute)
		if err := w.take(t, h, "rosa", StepMoveUp, Input{Which: first.Which(), MovedTo: w.clk.Now().Add(72 * time.Hour)}); err != nil {
			t.Fatal(err)
		}
		if got := w.dues(t, "peer", "rosa"); got[0].Hours == 24 || got[1].Moves != 1 {
			t.Fatalf("the moved one is still first: %+v", got[0].FollowUp)
		}
		w.clk.Add(73 * time.Hour)
		if err := w.take(t, h, "rosa", StepFollowed, try); err != nil {
			t.Fatal(err)
		}
		w.clk.Add(time.Minute)
		if err := w.take(t, h, "rosa", StepFollowed, Input{Which: first.Which(), Channel: "met"}); !errs.Is(err, errs.Conflict) {
			t.Errorf("answered twice: %v", err)
		}
		d, err := w.s.View(as("peer", "rosa"), h)
		if err != nil || len(d.FollowUps) != 5 || d.State != Met {
			t.Fatalf("%d open, %s, %v", len(d.FollowUps), d.State, err)
		}
		if last := d.Events[len(d.Events)-1]; last.Step != StepFollowed || last.Value != "called" {
			t.Errorf("the timeline ends with %s %q", last.Step, last.Value)
		}
	})
}

func TestAFollowUpThatWentByIsNotSilent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		w.clk.Add(37 * time.Hour)
		list := w.dues(t, "peer", "rosa")
		first := list[len(list)-1]
		if first.Hours != 24 || !first.Late(w.clk.Now()) {
			t.Fatal("one whose days went by is gone from the list")
		}
		if err := w.take(t, h, "rosa", StepNotReached, Input{Which: first.Which(), Channel: "card"}); err != nil {
			t.Fatal(err)
		}
		f, err := w.followUp(first.FollowUp)
		if err != nil || f.State != FollowMissed || f.Tries != 1 {
			t.Fatalf("%+v %v", f, err)
		}
	})
}

// What was not answered for months is one line for each hand-off, below what is
// open, and an answer to it settles what went by before.
func TestWhatWentByLeavesRoomForWhatIsOpen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const old = 18 // times six is more than a list shows
		for n := range old {
			w.walk(t, w.ask(t, n).ID, StepMeet)
		}
		w.clk.Add(200 * 24 * time.Hour)
		h := w.ask(t, old).ID
		w.walk(t, h, StepMeet)
		w.clk.Add(13 * time.Hour)
		list := w.dues(t, "peer", "rosa")
		if list[0].Handoff != h || len(list) != old+3 {
			t.Fatalf("%d lines, the first of them %+v", len(list), list[0].FollowUp)
		}
		gone := list[len(list)-1]
		if gone.Hours != 90*day || len(gone.Earlier) != 5 {
			t.Fatalf("what went by last: %+v", gone)
		}
		if err := w.take(t, gone.Handoff, "rosa", StepFollowed, Input{Which: gone.Which(), Channel: "called"}); err != nil {
			t.Fatal(err)
		}
		for i, f := range gone.Earlier {
			if after, err := w.followUp(f); err != nil || after.State != FollowMissed {
				t.Errorf("the earlier one %d: %+v %v", i, after, err)
			}
		}
		if after, err := w.followUp(gone.FollowUp); err != nil || after.State != FollowDone {
			t.Errorf("the answered one: %+v %v", after, err)
		}
		if left := w.dues(t, "peer", "rosa"); len(left) != old+2 {
			t.Errorf("%d lines are left", len(left))
		}
	})
}

func TestWhatThePersonAgreedToIsKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for n, c := range []struct {
			contact string
			left    int
		}{{ContactNone, 0}, {"", 0}, {"call", 1}} {
			h := w.ask(t, n).ID
			w.walk(t, h, StepMeet)
			if err := w.take(t, h, "rosa", StepNotNow, Input{Contact: c.contact, ReachOn: "555-0177"}); err != nil {
				t.Fatal(err)
			}
			d, err := w.s.View(as("peer", "rosa"), h)
			if err != nil || len(d.FollowUps) != c.left {
				t.Errorf("after %q %d follow-ups are left, want %d (%v)", c.contact, len(d.FollowUps), c.left, err)
			}
		}
	})
}

func TestATimePutRightMovesTheWindows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		was := w.dues(t, "peer", "rosa")[0].OpensAt
		if err := w.take(t, h, "rosa", StepCorrect, Input{Corrects: 4, At: w.clk.Now().Add(-5 * time.Minute)}); err != nil {
			t.Fatal(err)
		}
		if got := w.dues(t, "peer", "rosa")[0].OpensAt; !got.Equal(was.Add(-5 * time.Minute)) {
			t.Errorf("opens %v, was %v", got, was)
		}
	})
}

// TestADeathStopsEverythingAndIsHeardFromAHuman: the person has two hand-offs
// with two peers. A supervisor notes the death.
func TestADeathStopsEverythingAndIsHeardFromAHuman(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		l := &listener{}
		w.s.Alerts = l
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		other := w.sameAgain(t, h)
		l.heard = nil
		dana := as("supervisor", "dana")
		if err := w.s.Take(dana, h, StepClose, Input{Act: "died", ClosedReason: died}); err != nil {
			t.Fatal(err)
		}
		if n := len(w.dues(t, "supervisor", "dana")); n != 0 {
			t.Errorf("%d tasks are left", n)
		}
		if got := strings.Join(l.heard, ","); strings.Count(got, AlertEnded) != 2 {
			t.Errorf("the ladders heard %q; both must stop", got)
		}
		if d, err := w.s.View(dana, other); err != nil || d.State != Closed || d.ClosedReason != died {
			t.Errorf("the other hand-off is %s %v", d.State, err)
		}
		if _, err := w.s.View(as("peer", "rosa"), h); !errs.Is(err, errs.NotFound) {
			t.Fatalf("rosa reads it on a screen: %v", err)
		}
		if err := w.take(t, h, "rosa", StepCorrect, Input{Corrects: 1, Note: "x"}); !errs.Is(err, errs.NotFound) {
			t.Errorf("and by pressing: %v", err)
		}
		w.toldOnTheBoard(t, true)
		if err := w.s.Told(dana, h, "rosa"); err != nil {
			t.Fatal(err)
		}
		if d, err := w.s.View(as("peer", "rosa"), h); err != nil || d.ClosedReason != died {
			t.Errorf("after she was told: %s %v", d.ClosedReason, err)
		}
		w.toldOnTheBoard(t, false)
	})
}

// toldOnTheBoard looks at the lamp that reminds a supervisor to tell a peer. No
// peer's board has it.
func (w *world) toldOnTheBoard(t *testing.T, lit bool) {
	t.Helper()
	for role, want := range map[string]bool{"supervisor": lit, "coordinator": lit, "peer": false} {
		if b, err := w.s.Board(as(role, "x"), nil); err != nil || b.ToTell != want {
			t.Errorf("on the board of a %s: %v, %v", role, b.ToTell, err)
		}
	}
}

func TestWhoBringsTheNewsNeedNotBeTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		if err := w.take(t, h, "rosa", StepClose, Input{ClosedReason: died}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.View(as("peer", "rosa"), h); err != nil {
			t.Error(err)
		}
	})
}

func TestAProgrammeIsData(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := as("coordinator", "cosmo")
		for _, bad := range [][]Interval{
			nil,
			{{Hours: 24, Opens: 30, Closes: 40}},
			{{Hours: 24, Opens: 1, Closes: 24}},
			{{Hours: 24, Opens: 1, Closes: 30}, {Hours: 24, Opens: 2, Closes: 31}},
			{{Hours: 1, Opens: 0, Closes: longest + 1}},
		} {
			if err := w.s.SetProgramme(ctx, "", bad); !errs.Is(err, errs.Invalid) {
				t.Errorf("%v: %v", bad, err)
			}
		}
		if err := w.s.SetProgramme(ctx, "", []Interval{{Hours: 48, Opens: 40, Closes: 60}, {Hours: 6, Opens: 4, Closes: 8}}); err != nil {
			t.Fatal(err)
		}
		if err := w.s.SetProgramme(ctx, "elsewhere", []Interval{{Hours: 1, Opens: 0, Closes: 2}}); err != nil {
			t.Fatal(err)
		}
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		var got []string
		for _, d := range w.dues(t, "peer", "rosa") {
			got = append(got, fmt.Sprint(d.Hours))
		}
		if strings.Join(got, " ") != "6 48" {
			t.Errorf("follow-ups at %v hours", got)
		}
	})
}

// followUp reads one as it lies.
func (w *world) followUp(f FollowUp) (out FollowUp, err error) {
	err = w.look(func(tx *dbTx) error {
		out, err = w.s.followUps.Get(tx, f.Handoff, f.Began, f.Hours)
		tx.Settle(string(out.Person))
		return err
	})
	return out, err
}

// sameAgain asks again for the person of h.
func (w *world) sameAgain(t *testing.T, h ref.Handoff) ref.Handoff {
	t.Helper()
	r, err := w.s.Ask(nurse(), Ask{Handoff: Handoff{Answer: "yes"}, Person: people.Person{}, Act: "again", Site: w.site.ID})
	if err != nil {
		t.Fatal(err)
	}
	err = w.look(func(tx *dbTx) error {
		_, err := tx.Exec("UPDATE handoff_handoff SET whereabouts = '', know = '', asker = '', person = (SELECT person FROM handoff_handoff WHERE tenant = $1 AND handoff = $2) WHERE tenant = $1 AND handoff = $3", h, r.ID)
		if err == nil {
			_, err = tx.Exec("UPDATE handoff_event SET person = (SELECT person FROM handoff_handoff WHERE tenant = $1 AND handoff = $2) WHERE tenant = $1 AND handoff = $2", r.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r.ID
}
