package handoff

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/flow"
	"alongside/platform/page/ui"
)

// TestWhomAPeerDidNotFindSaysWhereTheyAre: their own page is a way to be looked for
// again, not only a promise that somebody will.
func TestWhomAPeerDidNotFindSaysWhereTheyAre(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepSetOut)
		if err := w.take(t, r.ID, "rosa", StepNotFound, Input{Tried: []string{"ward"}}); err != nil {
			t.Fatal(err)
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepLookAgain, Input{Act: "a"}); !errs.Is(err, errs.Invalid) {
			t.Errorf("from nowhere: %v", err)
		}
		w.own(t, r, StepLookAgain, Input{Where: "The canteen"})
		if d := w.view(t, r.ID); d.State != Requested || d.Where != "The canteen" {
			t.Errorf("%s at %q", d.State, d.Where)
		}
		if st := w.asker(t, r); st.Stage != Requested || st.Where != "" {
			t.Errorf("whoever asked reads %q at %q", st.Stage, st.Where)
		}
	})
}

// TestTheFirstVisitStaysTheFirst: someone arrived, was out of touch, and is back: they
// are still there. Their first visit, and the months counted from it, are what they were.
func TestTheFirstVisitStaysTheFirst(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepConnect)
		first := w.view(t, r.ID).ConnectedAt
		w.clk.Add(20 * 24 * time.Hour)
		w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		w.clk.Add(20 * 24 * time.Hour)
		w.must(t, r.ID, StepBack, Input{})
		w.must(t, r.ID, StepConnect, Input{ConnSource: "person"})
		if d := w.view(t, r.ID); !d.ConnectedAt.Equal(first) {
			t.Errorf("the first visit was %v, and is %v now", first, d.ConnectedAt)
		}
		w.must(t, r.ID, StepStayed30, Input{ConnSource: "person"})
		w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		w.must(t, r.ID, StepBack, Input{})
		w.must(t, r.ID, StepAgree, Input{Destination: w.house.ID, How: "spoken", Days: 30})
		w.must(t, r.ID, StepAccept, Input{})
		w.must(t, r.ID, StepConnect, Input{ConnSource: "person"})
		if d := w.view(t, r.ID); !d.ConnectedAt.Equal(w.clk.Now()) {
			t.Errorf("the first visit to another service was %v", d.ConnectedAt)
		}
	})
}

// TestWhoArrivedCanStop: after the first visit too, the person says by their own page
// that nobody is to get in touch any more.
func TestWhoArrivedCanStop(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk := w.desk(t, w.clinic)
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepConnect)
		o, err := w.s.OwnPage(nurse(), r.Own)
		if err != nil || !slices.ContainsFunc(o.Next, func(s flow.Step[Facts]) bool { return s.Name == StepClose }) {
			t.Fatalf("%+v, %v", o.Next, err)
		}
		w.own(t, r, StepClose, Input{ClosedReason: "died"})
		d := w.view(t, r.ID)
		if d.State != Closed || d.ClosedReason != "their_choice" || len(d.FollowUps) != 0 {
			t.Errorf("%s because %q, %d follow-ups", d.State, d.ClosedReason, len(d.FollowUps))
		}
		if on, err := w.s.DeskFor(nurse(), desk); err != nil || len(on.Arrives) != 0 {
			t.Errorf("the service reads %+v, %v", on.Arrives, err)
		}
		if _, err := w.s.OwnPage(nurse(), r.Own); err != nil {
			t.Errorf("their page: %v", err)
		}
		early := w.ask(t, 2)
		w.walk(t, early.ID, StepMeet)
		if err := w.s.OwnStep(nurse(), early.Own, StepClose, Input{Act: "b"}); !errs.Is(err, errs.Conflict) {
			t.Errorf("before that it is \"not now\": %v", err)
		}
	})
}

// TestAYesThatLapsedIsNotThereToTakeBack: once nothing may be told any more, no button
// says that it can be taken back, neither on the person's page nor on a peer's.
func TestAYesThatLapsedIsNotThereToTakeBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepConnect)
		takes := func() (own, peer bool) {
			o, err := w.s.OwnPage(nurse(), r.Own)
			if err != nil {
				t.Fatal(err)
			}
			back := func(s flow.Step[Facts]) bool { return s.Name == StepTakeBack }
			return slices.ContainsFunc(o.Next, back), slices.ContainsFunc(w.view(t, r.ID).Next, back)
		}
		if own, peer := takes(); !own || !peer {
			t.Errorf("while it holds: own %v, peer %v", own, peer)
		}
		clear(w.live.given)
		if own, peer := takes(); own || peer {
			t.Errorf("once it lapsed: own %v, peer %v", own, peer)
		}
	})
}

// TestABusyServiceSeesWhoWaits: a service at which many have arrived since still sees
// someone who was asked for before them and waits for its word.
func TestABusyServiceSeesWhoWaits(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk := w.desk(t, w.clinic)
		old := w.ask(t, 0)
		w.walk(t, old.ID, StepMeet)
		for n := range 51 {
			r, err := w.s.Ask(nurse(), Ask{
				Handoff: Handoff{Answer: "yes", Where: "Bay 7"}, Person: people.Person{Name: "Blue"}, Act: fmt.Sprint("many-", n), Site: w.site.ID,
			})
			if err != nil {
				t.Fatal(err)
			}
			w.walk(t, r.ID, StepConnect)
		}
		w.must(t, old.ID, StepAgree, Input{Destination: w.clinic.ID, How: "spoken", Days: 30})
		d, err := w.s.DeskFor(nurse(), desk)
		if err != nil || !slices.ContainsFunc(d.Arrives, func(a Arrival) bool { return a.ID == old.ID }) {
			t.Errorf("%d stand on the page, the one who waits does not, %v", len(d.Arrives), err)
		}
	})
}

// TestWhoIsBackIsHeard: the person says by their own page that they are here again. Who
// walks with them is told; where nobody does, a peer is asked.
func TestWhoIsBackIsHeard(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		l := &listener{}
		w.s.Alerts = l
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		w.own(t, r, StepBack, Input{})
		if last := l.heard[len(l.heard)-1]; last != "handed_over met rosa" {
			t.Errorf("what was told last: %q", last)
		}
		o, err := w.s.OwnPage(nurse(), r.Own)
		if err != nil || !o.Back {
			t.Errorf("%+v, %v", o, err)
		}
		w.must(t, r.ID, StepLose, Input{Tried: []string{"called"}})
		l.heard = nil
		w.must(t, r.ID, StepBack, Input{})
		if len(l.heard) != 0 {
			t.Errorf("a peer who pressed it is told of it: %v", l.heard)
		}
	})
}

// TestWhatWasSaidNoToIsNotExpected: the person would rather not go there. A peer's page
// does not say that the service expects them, nor offers to ask it again; it says to
// which service each yes was.
func TestWhatWasSaidNoToIsNotExpected(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		w.must(t, r.ID, StepAgree, Input{Destination: w.clinic.ID, How: "spoken", Days: 30})
		w.must(t, r.ID, StepAccept, Input{Slot: w.clk.Now().Add(20 * time.Hour)})
		v := statusViews(t, w.clk.Now())[0]
		expects := v.T("handoff.view.slot")
		if text := wordsOf(t, v, viewBody(v, viewForm{Detail: w.view(t, r.ID)})); !strings.Contains(text, expects) {
			t.Errorf("a service that expects them is not named: %s", text)
		}
		w.own(t, r, StepPersonNo, Input{})
		d := w.view(t, r.ID)
		text := wordsOf(t, v, viewBody(v, viewForm{Detail: d}))
		if strings.Contains(text, expects) || !strings.Contains(text, "\u2068Quay Clinic\u2069 · Aloud") {
			t.Error(text)
		}
		if slices.ContainsFunc(d.Next, func(s flow.Step[Facts]) bool { return s.Name == StepReoffer || s.Name == StepTakeBack }) {
			t.Error("a button that can only refuse")
		}
	})
}

// TestAloneIsNotTogether: a number on a paper is no meeting. Nobody is counted as there,
// and neither the person, the service nor whoever asked reads that they have met.
func TestAloneIsNotTogether(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk := w.desk(t, w.clinic)
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepAccept)
		w.live.given[personOf(t, w, r.ID)+"/"+string(w.site.ID)] = true
		w.must(t, r.ID, StepIntro, Input{Mode: "cold", Present: 3})
		v := statusViews(t, w.clk.Now())[0]
		d := w.view(t, r.ID)
		if text := wordsOf(t, v, viewBody(v, viewForm{Detail: d})); d.Events[len(d.Events)-1].Present != 0 || strings.Contains(text, "there together") {
			t.Error("alone, and three are there together")
		}
		if st := w.asker(t, r); st.Later != "" {
			t.Errorf("whoever asked reads %q", st.Later)
		}
		o, err := w.s.OwnPage(nurse(), r.Own)
		if err != nil {
			t.Fatal(err)
		}
		if text := wordsOf(t, v, ownBody(v, ownForm{Own: o})); strings.Contains(text, "You have met the service") {
			t.Error("the person reads that they have met")
		}
		on, err := w.s.DeskFor(nurse(), desk)
		if err != nil || strings.Contains(arriveSays(v, on.Arrives[0]), "You have met") {
			t.Errorf("the service reads that they have met, %v", err)
		}
	})
}

// TestNobodyComesToANumber: who gave a telephone and no place reads that somebody gets in
// touch, not that somebody comes; and that a peer walks with them once they have met.
func TestNobodyComesToANumber(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := statusViews(t, w.clk.Now())[0]
		for _, where := range []string{"", "The canteen"} {
			r, err := w.s.Ask(nurse(), Ask{Handoff: Handoff{Answer: "yes", Where: where}, Person: people.Person{Phone: "555-0177"}, Act: "f" + where, Site: w.site.ID})
			if err != nil {
				t.Fatal(err)
			}
			w.walk(t, r.ID, StepAck)
			o, err := w.s.OwnPage(nurse(), r.Own)
			if err != nil {
				t.Fatal(err)
			}
			text := wordsOf(t, v, ownBody(v, ownForm{Own: o}))
			if comes := strings.Contains(text, "is coming to you"); comes != (where != "") || strings.Contains(text, "walks with you") {
				t.Errorf("at %q: %s", where, text)
			}
		}
	})
}

// TestAVisitThatWasIsNotAhead: someone arrived and is out of touch. Their path does not
// put a first visit of three weeks ago before them.
func TestAVisitThatWasIsNotAhead(t *testing.T) {
	o := Own{State: OutOfTouch, MetAt: time.Unix(1, 0), Connected: time.Unix(2, 0)}
	v := statusViews(t, time.Unix(3, 0))[0]
	for _, state := range []string{OutOfTouch, Met, Consented} {
		o.State = state
		for _, s := range ownPath(v, o).Stones {
			if s.Walk == ui.Ahead && !s.At.IsZero() {
				t.Errorf("%s: %q lies ahead, at %v", state, s.Words, s.At)
			}
		}
	}
}

// TestWhoGaveANumberAsksAgainByIt: who gave a telephone and no place need not say where
// they are to be called again; and whoever rests, or is at the end, has a number to press.
func TestWhoGaveANumberAsksAgainByIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r, err := w.s.Ask(nurse(), Ask{Handoff: Handoff{Answer: "yes"}, Person: people.Person{Phone: "555-0177"}, Act: "f", Site: w.site.ID})
		if err != nil {
			t.Fatal(err)
		}
		dials := func() bool {
			o, err := w.s.OwnPage(nurse(), r.Own)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Contains(wordsOf(t, statusViews(t, w.clk.Now())[0], ownBody(statusViews(t, w.clk.Now())[0], ownForm{Own: o})), `href="tel:`)
		}
		w.own(t, r, StepNotNow, Input{})
		if !dials() {
			t.Error("who rests has no number to press")
		}
		if err := w.s.OwnStep(nurse(), r.Own, StepReopen, Input{Act: "b"}); err != nil {
			t.Error(err)
		}
		w.must(t, r.ID, StepClose, Input{ClosedReason: "moved"})
		if !dials() {
			t.Error("who is at the end has no number to press")
		}
	})
}

// TestAfterADeathNobodyTakesAnythingBack: the page of who walked with them does not ask
// whether they take back their yes, nor says what may be told of them.
func TestAfterADeathNobodyTakesAnythingBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepAccept)
		w.must(t, r.ID, StepClose, Input{ClosedReason: died})
		d := w.view(t, r.ID)
		v := statusViews(t, w.clk.Now())[0]
		text := wordsOf(t, v, viewBody(v, viewForm{Detail: d}))
		if slices.ContainsFunc(d.Next, func(s flow.Step[Facts]) bool { return s.Name == StepTakeBack }) || strings.Contains(text, v.T("handoff.view.told")) {
			t.Error(text)
		}
	})
}

// TestNothingToDoIsNotSaidWhileSomeoneWaits: a coordinator who typed in a call has no step
// to take, and reads who has.
func TestNothingToDoIsNotSaidWhileSomeoneWaits(t *testing.T) {
	v := statusViews(t, time.Unix(1, 0))[0]
	none := v.T("handoff.view.next-none")
	for _, s := range States() {
		over := s.Lane == LaneAfter || s.Lane == LaneOver
		for _, peer := range []ref.Account{"", "p"} {
			says := nextNone(v, Handoff{State: s.Name, Lane: s.Lane, Peer: peer})
			if (says == none) != over || strings.Contains(says, "⟦") {
				t.Errorf("%s, peer %q: %q", s.Name, peer, says)
			}
		}
	}
}
