package handoff

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
)

// staffed gives the world two peers and a supervisor, and one who knows the
// person outside.
func (w *world) staffed(knows ...ref.Account) *listener {
	w.s.Staff = func(_ *db.Tx, role string) ([]ref.Account, error) {
		return map[string][]ref.Account{"peer": {"rosa", "idris"}, "supervisor": {"dana"}, "coordinator": {"cosmo"}}[role], nil
	}
	w.s.Knows = func(_ *db.Tx, a ref.Account, _ ref.Person) (bool, error) { return slices.Contains(knows, a), nil }
	l := &listener{}
	w.s.Alerts = l
	return l
}

func TestManyAreHandedOverAndTheOldPeerSeesThemNoMore(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staffed()
		a, b := w.ask(t, 1).ID, w.ask(t, 2).ID
		w.walk(t, a, StepMeet)
		w.walk(t, b, StepAck)
		dana := as("supervisor", "dana")
		if err := w.s.Reassign(dana, []ref.Handoff{a, b}, Input{NewPeer: "idris", Act: "form"}); err != nil {
			t.Fatal(err)
		}
		if err := w.s.Reassign(dana, []ref.Handoff{a, b}, Input{NewPeer: "idris", Act: "form"}); err != nil {
			t.Fatal("the same form twice:", err)
		}
		d, err := w.s.View(as("peer", "idris"), a)
		if err != nil || d.Handoff.Peer != "idris" || d.State != Met || d.PeerName != "work name of idris" {
			t.Fatalf("%+v %v", d.Handoff, err)
		}
		steps := []string{}
		for _, e := range d.Events {
			steps = append(steps, e.Step)
		}
		if want := "ask acknowledge set_out meet hand_over"; strings.Join(steps, " ") != want {
			t.Errorf("the new peer reads %v", steps)
		}
		if n := len(w.dues(t, "peer", "idris")); n != 3 {
			t.Errorf("%d follow-ups came along", n)
		}
		if n := len(w.dues(t, "peer", "rosa")); n != 0 {
			t.Errorf("%d follow-ups stayed behind", n)
		}
		if _, err := w.s.View(as("peer", "rosa"), a); !errs.Is(err, errs.NotFound) {
			t.Errorf("the old peer still opens it: %v", err)
		}
		if err := w.take(t, a, "rosa", StepQuiet, Input{}); !errs.Is(err, errs.NotFound) {
			t.Errorf("and takes steps: %v", err)
		}
		board, err := w.s.Board(as("peer", "rosa"), nil)
		if err != nil || len(board.Mine)+len(board.Others) != 0 {
			t.Errorf("her board shows %d (%v)", len(board.Mine)+len(board.Others), err)
		}
	})
}

// TestDaysOffAreSaidBeforeSomeoneIsHandedOver: the first press says it, the second
// does it, for that peer and no other.
func TestDaysOffAreSaidBeforeSomeoneIsHandedOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staffed()
		w.s.Off = func(_ *db.Tx, a ref.Account) (bool, error) { return a != "rosa", nil }
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		dana := as("supervisor", "dana")
		for _, in := range []Input{{NewPeer: "idris", Act: "1"}, {NewPeer: "idris", Act: "2", Anyway: "dana"}} {
			if err := w.s.Reassign(dana, []ref.Handoff{h}, in); !errs.Is(err, errs.Invalid) {
				t.Errorf("%+v: %v", in, err)
			}
			if err := w.s.Take(dana, h, StepHandOver, in); !errs.Is(err, errs.Invalid) {
				t.Errorf("%+v: %v", in, err)
			}
		}
		if err := w.s.Reassign(dana, []ref.Handoff{h}, Input{NewPeer: "idris", Act: "3", Anyway: "idris"}); err != nil {
			t.Fatal(err)
		}
		if d, err := w.s.View(as("peer", "idris"), h); err != nil || d.Handoff.Peer != "idris" {
			t.Error(err)
		}
	})
}

// TestHandingOverIsSaid, with how many they were.
func TestHandingOverIsSaid(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "One person was handed over", 3: "3 people were handed over"} {
		v := statusViews(t, time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))[0]
		text := wordsOf(t, v, loadsDoc(v, loadsForm{Handed: n}).Body)
		if n == 0 && strings.Contains(text, "handed over") || !strings.Contains(text, want) {
			t.Errorf("%d: %s", n, text)
		}
	}
}

// TestWhatIsOverIsNotEveryPeers: a hand-off that has ended, or arrived, can be opened
// by who walked there, by those near the person, and by those who answer for peers.
// While it goes on, any peer may have to step in.
func TestWhatIsOverIsNotEveryPeers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staffed()
		near := false
		w.s.Sees = func(*db.Tx, ref.Person) bool { return near }
		h := w.ask(t, 1).ID
		w.walk(t, h, StepConnect)
		opens := func(role, who string, want bool) {
			t.Helper()
			_, err := w.s.View(as(role, who), h)
			if want && err != nil || !want && !errs.Is(err, errs.NotFound) {
				t.Errorf("%s %s, near %v: %v", role, who, near, err)
			}
			err = w.s.Take(as(role, who), h, StepBeside, Input{Act: role + who, Beside: "no such"})
			if errs.Is(err, errs.NotFound) == want {
				t.Errorf("%s %s, near %v, a step: %v", role, who, near, err)
			}
		}
		opens("peer", "idris", false)
		opens("peer", "rosa", true)
		opens("supervisor", "dana", true)
		opens("coordinator", "cosmo", true)
		near = true
		opens("peer", "idris", true)
		near = false
		if err := w.take(t, h, "rosa", StepClose, Input{ClosedReason: "walked"}); err != nil {
			t.Fatal(err)
		}
		opens("peer", "idris", false)
		opens("peer", "rosa", true)
	})
}

// TestNoWayLeadsToWhatIsNotTheirs: of another hand-off that may be for the same person a
// peer is shown the way only while that one goes on.
func TestNoWayLeadsToWhatIsNotTheirs(t *testing.T) {
	v := statusViews(t, time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))[0]
	for role, leads := range map[string]map[string]bool{
		"peer": {Requested: true, Met: true, Connected: false, NotNow: false}, "supervisor": {Requested: true, Connected: true, NotNow: true},
	} {
		v.Signed = &page.Signed{Role: role}
		for other, want := range leads {
			for _, mine := range []string{Requested, Introduced} {
				f := viewForm{Detail: Detail{Handoff: Handoff{ID: "h", State: mine}, Alike: []Alike{{ID: "o", Site: "Mercy", State: other}}}, Act: "a"}
				if text := wordsOf(t, v, alikeCards(v, f)); strings.Contains(text, "/handoff/o") != want || !strings.Contains(text, "Mercy") {
					t.Errorf("%s on %s, another %s: %s", role, mine, other, text)
				}
			}
		}
	}
}

// TestAllOfThemAreThoseThatThePageShows, with what was ticked besides.
func TestAllOfThemAreThoseThatThePageShows(t *testing.T) {
	form := url.Values{"shown": {"a", "b"}, "handoffs": {"b"}}
	if got := chosenOf(form); !slices.Equal(got, []ref.Handoff{"b"}) {
		t.Error(got)
	}
	form["handoffs"] = []string{"all", "b"}
	if got := chosenOf(form); !slices.Equal(got, []ref.Handoff{"a", "b"}) {
		t.Error(got)
	}
}

func TestNobodyIsSentToSomeoneTheyKnowOutside(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staffed("idris")
		a, b := w.ask(t, 1).ID, w.ask(t, 2).ID
		w.walk(t, a, StepMeet)
		dana := as("supervisor", "dana")
		for _, to := range []ref.Account{"idris", "someone-else"} {
			if err := w.s.Reassign(dana, []ref.Handoff{a}, Input{NewPeer: to, Act: "to " + string(to)}); !errs.Is(err, errs.Conflict) {
				t.Errorf("to %s: %v", to, err)
			}
		}
		if err := w.take(t, b, "idris", StepAck, Input{}); !errs.Is(err, errs.Conflict) {
			t.Errorf("idris says yes to someone he knows: %v", err)
		}
		d, err := w.s.View(dana, a)
		if err != nil || slices.ContainsFunc(d.Walkers, func(w Walker) bool { return w.ID == "idris" || w.ID == "rosa" }) {
			t.Errorf("offered %v (%v)", d.Walkers, err)
		}
	})
}

// TestAPeerWhoLeavesLeavesNobodyAlone: one waits for them, one walks with them,
// one has arrived.
func TestAPeerWhoLeavesLeavesNobodyAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		l := w.staffed()
		coming, beside, arrived, over := w.ask(t, 1).ID, w.ask(t, 2).ID, w.ask(t, 3).ID, w.ask(t, 4).ID
		w.walk(t, coming, StepSetOut)
		w.walk(t, beside, StepAgree)
		w.walk(t, arrived, StepConnect)
		w.walk(t, over, StepMeet)
		if err := w.take(t, over, "rosa", StepNotNow, Input{}); err != nil {
			t.Fatal(err)
		}
		l.heard = nil
		if err := w.look(func(tx *db.Tx) error { return w.s.PeerLeft(tx, "rosa") }); err != nil {
			t.Fatal(err)
		}
		dana := as("supervisor", "dana")
		for h, want := range map[ref.Handoff]string{coming: Requested, beside: Consented, arrived: Connected, over: NotNow} {
			d, err := w.s.View(dana, h)
			if err != nil || d.State != want || (d.Handoff.Peer != "") != (h == over) {
				t.Errorf("%s with peer %q, want %s (%v)", d.State, d.Handoff.Peer, want, err)
			}
		}
		slices.Sort(l.heard) // asked at one instant: no order among them
		if len(l.heard) != 3 || !strings.HasPrefix(l.heard[0], AlertGivenBack) || !strings.HasPrefix(l.heard[1], AlertGivenBack) || !strings.HasPrefix(l.heard[2], AlertLeft) {
			t.Errorf("the ladder heard %v; it must ask for the one who waits and the one who is walked with", l.heard)
		}
		if err := w.take(t, beside, "idris", StepTakeOn, Input{}); err != nil {
			t.Fatal(err)
		}
		w.clk.Add(time.Minute)
		if err := w.take(t, beside, "dana", StepTakeOn, Input{}); !errs.Is(err, errs.Conflict) {
			t.Errorf("two take one on: %v", err)
		}
		d, err := w.s.View(as("peer", "idris"), beside)
		if err != nil || d.Handoff.Peer != "idris" || !d.Covered || len(d.FollowUps) != 6 {
			t.Errorf("%+v covered %v, %d follow-ups, %v", d.Handoff, d.Covered, len(d.FollowUps), err)
		}
	})
}

func TestTwoForOnePersonAreJoinedOnlyWhenSomeoneSaysSo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		l := w.staffed()
		first := w.ask(t, 1)
		w.walk(t, first.ID, StepAck)
		w.clk.Add(2 * time.Hour)
		second := w.ask(t, 2)
		d, err := w.s.View(as("peer", "rosa"), second.ID)
		if err != nil || d.State != Requested || len(d.Alike) != 1 || d.Alike[0].ID != first.ID {
			t.Fatalf("%s, alike %+v, %v", d.State, d.Alike, err)
		}
		l.heard = nil
		if err := w.take(t, second.ID, "rosa", StepJoin, Input{SameAs: string(first.ID)}); err != nil {
			t.Fatal(err)
		}
		if len(l.heard) != 1 || !strings.HasPrefix(l.heard[0], AlertEnded) {
			t.Errorf("the second ladder heard %v", l.heard)
		}
		st, err := w.s.Status(nurse(), second.Token, "")
		if err != nil || st.Stage != Acknowledged || st.Code != second.Code {
			t.Errorf("who asked second reads %s with code %s, %v", st.Stage, st.Code, err)
		}
		if err := w.take(t, second.ID, "rosa", StepPart, Input{}); err != nil {
			t.Fatal(err)
		}
		if st, err = w.s.Status(nurse(), second.Token, ""); err != nil || st.Stage != Requested {
			t.Errorf("parted: %s %v", st.Stage, err)
		}
	})
}

// TestJoinedBeforeAnyoneWent: while nobody has said yes to the one that goes on,
// both pages of those who asked say so, and the person's own does not say that it
// has come to an end.
func TestJoinedBeforeAnyoneWent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staffed()
		first, second := w.ask(t, 1), w.ask(t, 2)
		if err := w.take(t, second.ID, "rosa", StepJoin, Input{SameAs: string(first.ID)}); err != nil {
			t.Fatal(err)
		}
		for _, r := range []Receipt{first, second} {
			if st, err := w.s.Status(nurse(), r.Token, ""); err != nil || st.Stage != Requested {
				t.Errorf("who asked reads %q, %v", st.Stage, err)
			}
		}
		if o, err := w.s.OwnPage(nurse(), second.Own); err != nil || !o.Joined {
			t.Errorf("the person's own page: joined %v, %v", o.Joined, err)
		}
	})
}

// TestAskedTwiceFromOneBed: two asks without a name, for one bed, may be one.
func TestAskedTwiceFromOneBed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ask := func(act, where string) Receipt {
			r, err := w.s.Ask(nurse(), Ask{Handoff: Handoff{Answer: "yes", Where: where}, Act: act, Site: w.site.ID})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		first, second, other := ask("a", "Bay 12"), ask("b", "bay  12 "), ask("c", "Bay 13")
		if d, err := w.s.View(as("peer", "rosa"), second.ID); err != nil || len(d.Alike) != 1 || d.Alike[0].ID != first.ID {
			t.Errorf("alike %+v, %v", d.Alike, err)
		}
		if d, err := w.s.View(as("peer", "rosa"), other.ID); err != nil || len(d.Alike) != 0 {
			t.Errorf("another bed is alike: %+v, %v", d.Alike, err)
		}
	})
}

// TestAColleaguesHandoffIsReadAndNotTaken: another peer sees how it stands, and
// notes what a person says to whoever is there; what tells a service or ends the
// path is for who walks with them, and for who answers for peers.
func TestAColleaguesHandoffIsReadAndNotTaken(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		h := w.ask(t, 1).ID
		w.walk(t, h, StepMeet)
		for step, in := range map[string]Input{
			StepClose: {ClosedReason: died}, StepAgree: {Destination: w.clinic.ID, How: "spoken", Days: 30}, StepLose: {Tried: []string{"ward"}}, StepSupport: {Contact: "call"},
		} {
			if err := w.take(t, h, "idris", step, in); !errs.Is(err, errs.Conflict) {
				t.Errorf("%s by a colleague: %v", step, err)
			}
		}
		if err := w.s.NewCard(as("peer", "idris"), h); !errs.Is(err, errs.NotFound) {
			t.Errorf("a new card by a colleague: %v", err)
		}
		d, err := w.s.View(as("peer", "idris"), h)
		if err != nil || d.Own != "" || d.State != Met {
			t.Errorf("own link %q in %s, %v", d.Own, d.State, err)
		}
		for _, s := range d.Next {
			if slices.Contains(walkersOnly(), s.Name) {
				t.Errorf("a colleague is offered %s", s.Name)
			}
		}
		if err := w.take(t, h, "idris", StepBeside, Input{Beside: "naloxone_given"}); err != nil {
			t.Errorf("what happened beside: %v", err)
		}
		if err := w.s.Take(as("supervisor", "dana"), h, StepClose, Input{Act: "x", ClosedReason: "moved"}); err != nil {
			t.Errorf("by who answers for peers: %v", err)
		}
	})
}

func TestWhatIsNotAlikeIsNotJoined(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.ask(t, 1).ID
		r, err := w.s.Ask(nurse(), Ask{Handoff: Handoff{Answer: "yes", Where: "Bay 2"}, Person: people.Person{Name: "Sky"}, Act: "sky", Site: w.site.ID})
		if err != nil {
			t.Fatal(err)
		}
		if d, err := w.s.View(as("peer", "rosa"), r.ID); err != nil || len(d.Alike) != 0 {
			t.Errorf("alike %+v %v", d.Alike, err)
		}
		if err := w.take(t, r.ID, "rosa", StepJoin, Input{SameAs: string(first)}); !errs.Is(err, errs.Conflict) {
			t.Errorf("joined all the same: %v", err)
		}
		w.clk.Add(13 * time.Hour)
		late := w.ask(t, 3).ID
		if d, err := w.s.View(as("peer", "rosa"), late); err != nil || len(d.Alike) != 0 {
			t.Errorf("after 13 hours still alike %+v %v", d.Alike, err)
		}
	})
}
