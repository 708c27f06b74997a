package rota

import (
	"errors"
	"slices"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

func TestTheLadderAsksOneAfterTheOtherAndThenShowsTheTelephone(t *testing.T) {
	each(t, func(w *world) {
		w.staff["peer"] = []ref.Account{"rosa", "ines", "omar", "lia"}
		w.duty("rosa", "ines", "omar", "lia")
		w.asks("h1")
		first := w.told()
		if len(first) != 1 {
			w.Fatal(first)
		}
		if s := w.standing("h1"); len(s.Done) != 1 || s.Done[0].Who != Duty || s.Next != Second || !s.NextAt.Equal(w.clk.Now().Add(3*time.Minute)) || s.Phone {
			w.Fatalf("%+v", s)
		}
		w.wait(3*time.Minute - 5*time.Second)
		if len(w.told()) != 1 {
			w.Fatal("too early:", w.told())
		}
		w.wait(5 * time.Second)
		if got := w.told(); len(got) != 2 || got[0] == got[1] {
			w.Fatal(got)
		}
		w.wait(3 * time.Minute)
		if len(w.told()) != 4 {
			w.Fatal(w.told())
		}
		w.wait(4 * time.Minute)
		if got := w.told(); len(got) != 5 || got[4] != "sol" {
			w.Fatal(got)
		}
		if w.standing("h1").Phone {
			w.Fatal("the telephone is shown before its rung")
		}
		w.wait(5 * time.Minute)
		if s := w.standing("h1"); !s.Phone || s.Next != "" || len(s.Done) != 5 || s.Done[2].People != 2 {
			w.Fatalf("%+v", s)
		}
		w.wait(time.Hour)
		if len(w.told()) != 5 {
			w.Fatal("someone was told twice:", w.told())
		}
	})
}

func TestSomeoneWhoComesOnDutyLaterIsAskedToo(t *testing.T) {
	each(t, func(w *world) {
		w.asks("h1") // nobody is on duty: the supervisor is told at once
		w.wantTold("sol")
		w.wait(6 * time.Minute)
		w.duty("rosa")
		w.wait(6 * time.Minute)
		w.wantTold("sol", "rosa")
	})
}

func TestAYesStopsTheLadderEverywhere(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa", "ines")
		w.asks("h1")
		w.happened(Event{What: EventTaken, Handoff: "h1", Site: "ward", Person: "p1", Peer: "rosa", MeetBy: w.clk.Now().Add(20 * time.Minute)})
		w.wait(19 * time.Minute)
		if len(w.told()) != 1 || w.count("SELECT COUNT(*) FROM rota_asked WHERE tenant = $1") != 0 {
			w.Fatal(w.told())
		}
		if s := w.standing("h1"); s.Next != "" || len(s.Done) != 0 {
			w.Fatalf("%+v", s)
		}
		w.wait(2 * time.Minute) // and nobody is beside the person
		if got := w.app.Letters(); len(got) != 2 || got[1].Account != "sol" || got[1].Text != wordLate {
			w.Fatalf("%+v", got)
		}
		w.happened(Event{What: EventOver, Handoff: "h1"})
		w.wait(time.Hour)
		if len(w.told()) != 2 || w.count("SELECT COUNT(*) FROM job_job WHERE tenant = $1") != 0 {
			w.Fatal(w.told())
		}
	})
}

func TestMetInTimeTellsNobody(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa")
		w.asks("h1")
		w.happened(Event{What: EventTaken, Handoff: "h1", Site: "ward", Person: "p1", Peer: "rosa", MeetBy: w.clk.Now().Add(20 * time.Minute)})
		w.wait(10 * time.Minute)
		w.happened(Event{What: EventOver, Handoff: "h1"})
		w.wait(time.Hour)
		w.wantTold("rosa")
	})
}

func TestGivenBackAsksOthersAtOnce(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa", "ines")
		w.asks("h1")
		first := w.told()[0]
		w.happened(Event{What: EventTaken, Handoff: "h1", Site: "ward", Person: "p1", Peer: ref.Account(first), MeetBy: w.clk.Now().Add(time.Hour)})
		w.wait(time.Minute)
		w.asks("h1")
		if got := w.told(); len(got) != 2 || got[1] == first {
			w.Fatal(got)
		}
		w.wait(time.Hour)
		if got := w.told(); len(got) != 3 || got[2] != "sol" {
			w.Fatal("whoever gave it back is asked again:", got)
		}
	})
}

// TestWhoWasThereIsAskedAgain: somebody who could not be found is there after all, or
// asks again. Whoever went before gave nothing back.
func TestWhoWasThereIsAskedAgain(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa")
		w.asks("h1")
		w.happened(Event{What: EventTaken, Handoff: "h1", Site: "ward", Person: "p1", Peer: "rosa", MeetBy: w.clk.Now().Add(time.Hour)})
		w.happened(Event{What: EventAnew, Handoff: "h1", Site: "ward", Person: "p1", MeetBy: w.clk.Now().Add(time.Hour)})
		w.sweep()
		w.wantTold("rosa", "rosa")
	})
}

func TestNotThisOneMovesAtOnceAndLeavesNoMark(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa", "ines", "omar")
		w.asks("h1")
		first := w.told()[0]
		leaves := w.leaves()
		other := "rosa"
		if first == "rosa" {
			other = "ines"
		}
		w.must(w.s.Pass(as(other), "h1")) // who was not asked passes nothing
		w.sweep()
		if len(w.told()) != 1 {
			w.Fatal(w.told())
		}
		w.must(w.s.Pass(as(first), "h1"))
		w.must(w.s.Pass(as(first), "h1")) // twice is once
		w.sweep()
		if got := w.told(); len(got) != 2 || got[1] == first {
			w.Fatal(got)
		}
		w.wait(time.Hour)
		got := w.told()
		slices.Sort(got)
		if !slices.Equal(got, []string{"ines", "omar", "rosa", "sol"}) {
			w.Fatal("asked again, or not asked:", got)
		}
		if n := w.leaves(); n != leaves {
			w.Fatal("a leaf was written")
		}
		mark := w.d.Read(as("x"), func(tx *db.Tx) error {
			var n int
			err := tx.Row("SELECT COUNT(*) FROM rota_asked WHERE tenant = $1 AND peer = $2", first).Scan(&n)
			if n > 0 {
				w.Error("a row is left of who passed")
			}
			return err
		})
		w.must(mark)
	})
}

func TestOneOfManyPassingDoesNotMoveTheLadder(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.SetLadder(as("cosmo"), "ward", []Rung{
			{Who: All, Wait: 60, Channels: []string{notify.App}}, {Who: Telephone, Wait: 60, Channels: []string{notify.App}},
		}))
		w.duty("rosa", "ines")
		w.asks("h1")
		w.must(w.s.Pass(as("rosa"), "h1"))
		if w.standing("h1").Phone {
			w.Fatal("moved though ines has not answered")
		}
		w.must(w.s.Pass(as("ines"), "h1"))
		if !w.standing("h1").Phone {
			w.Fatal("did not move")
		}
	})
}

func TestWhoKnowsThePersonIsNeverAsked(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa")
		w.asks("h1")
		w.must(w.s.Know(as("rosa"), "h1"))
		w.happened(Event{What: EventOver, Handoff: "h1"})
		w.app.Forget()
		w.asks("h2")
		w.wantTold("sol")
		w.must(w.s.Know(as("omar"), "h2")) // was not asked: says nothing about anyone
		if n := w.count("SELECT COUNT(*) FROM rota_known WHERE tenant = $1"); n != 1 {
			w.Fatal(n)
		}
	})
}

func TestWhoSpeaksTheLanguageIsAskedFirstThenWhoHasLess(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa", "ines", "omar")
		w.must(w.s.Speak(as("omar"), []string{"ar"}))
		w.happened(Event{What: EventAsked, Handoff: "h1", Site: "ward", Person: "p1", Language: "ar", MeetBy: w.clk.Now().Add(time.Hour)})
		w.sweep()
		w.wantTold("omar")
		for _, h := range []ref.Handoff{"h2", "h3"} {
			w.app.Forget()
			w.asks(h)
			first := ref.Account(w.told()[0])
			w.happened(Event{What: EventTaken, Handoff: h, Site: "ward", Person: "p1", Peer: first, MeetBy: w.clk.Now().Add(time.Hour)})
			w.app.Forget()
			w.asks(h + "b")
			if next := ref.Account(w.told()[0]); next == first {
				w.Errorf("%s has one already and is asked first", next)
			}
			w.happened(Event{What: EventOver, Handoff: h + "b"})
		}
	})
}

func TestAFaultInTheRotaRefusesNoAskAndDelaysNoRungByMore(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa")
		w.staffErr = errs.New(errs.Unavailable, "disk full", "")
		w.happened(Event{What: EventAsked, Handoff: "h1", Site: "ward", Person: "p1", MeetBy: w.clk.Now().Add(time.Hour)})
		w.wait(10 * time.Minute)
		if len(w.told()) != 0 {
			w.Fatal(w.told())
		}
		w.staffErr = nil
		w.wait(20 * time.Second)
		w.wantTold("rosa")
	})
}

func TestLaddersThatWouldLoseSomeoneAreRefused(t *testing.T) {
	each(t, func(w *world) {
		app := []string{notify.App}
		last := Rung{Who: Telephone, Wait: 60, Channels: app}
		for name, c := range map[string]struct {
			place, say string
			rungs      []Rung
		}{
			"none":             {"who0", "ladder-nobody", nil},
			"only a telephone": {"who0", "ladder-nobody", []Rung{last}},
			"no telephone":     {"who1", "ladder-telephone", []Rung{{Who: All, Wait: 60, Channels: app}, {Who: Supervisor, Wait: 60, Channels: app}}},
			"one in between":   {"who0", "ladder-telephone", []Rung{last, {Who: All, Wait: 60, Channels: app}, last}},
			"no wait":          {"wait0", "ladder-wait", []Rung{{Who: All, Channels: app}, last}},
			"too long a wait":  {"wait1", "ladder-wait", []Rung{{Who: Duty, Wait: 60, Channels: app}, {Who: All, Wait: 7201, Channels: app}, last}},
			"no channel":       {"channels0", "ladder-channels", []Rung{{Who: All, Wait: 60}, last}},
			"nobody":           {"who0", "ladder-telephone", []Rung{{Who: "nobody", Wait: 60, Channels: app}, last}},
		} {
			var e *errs.Error
			err := w.s.SetLadder(as("cosmo"), "ward", c.rungs)
			if !errs.Is(err, errs.Invalid) || !errors.As(err, &e) || e.Place != c.place || e.Say != "rota.error."+c.say {
				w.Errorf("%s: %v", name, err)
			}
		}
	})
}

// A site that was given a ladder of its own can go by that of all sites again.
func TestASiteFollowsTheOthersAgain(t *testing.T) {
	each(t, func(w *world) {
		app := []string{notify.App}
		own := []Rung{{Who: All, Wait: 60, Channels: app}, {Who: Telephone, Wait: 60, Channels: app}}
		steps := func() int {
			w.Helper()
			rungs, _, err := w.s.Ladder(as("cosmo"), "ward")
			w.must(err)
			return len(rungs)
		}
		w.must(w.s.SetLadder(as("cosmo"), "ward", own))
		if n := steps(); n != 2 {
			w.Fatal(n)
		}
		w.must(w.s.FollowLadder(as("cosmo"), "ward"))
		w.must(w.s.FollowLadder(as("cosmo"), "ward"))
		if n := steps(); n != len(DefaultLadder()) {
			w.Error(n)
		}
	})
}

// TestASupervisorIsToldThoughTheOneOnDutyWasAskedAsAPeer: whoever is both was
// asked and stayed silent, so the others who answer for it must know.
func TestASupervisorIsToldThoughTheOneOnDutyWasAskedAsAPeer(t *testing.T) {
	each(t, func(w *world) {
		w.staff = map[string][]ref.Account{"peer": {"idris"}, "supervisor": {"idris", "dana"}}
		w.duty("idris")
		w.asks("h1")
		w.wantTold("idris")
		if s := w.standing("h1"); s.Next != Supervisor {
			w.Fatalf("next is %q", s.Next)
		}
		w.wait(4 * time.Minute)
		w.wantTold("idris", "dana")
		if s := w.standing("h1"); len(s.Done) != 2 || s.Done[1].Who != Supervisor || s.Done[1].People != 1 {
			w.Fatalf("%+v", s.Done)
		}
		w.wait(time.Hour)
		w.wantTold("idris", "dana")
	})
}

func TestOnDutyAndNotAskedYetAnswersAlone(t *testing.T) {
	each(t, func(w *world) {
		w.staff = map[string][]ref.Account{"peer": {"idris"}, "supervisor": {"idris", "sol", "dana"}}
		w.duty("idris", "sol")
		w.asks("h1")
		w.wait(time.Hour)
		w.wantTold("idris", "sol")
	})
}

func TestWhoIsLateIsNotTheOneToldOfIt(t *testing.T) {
	each(t, func(w *world) {
		w.staff = map[string][]ref.Account{"peer": {"idris"}, "supervisor": {"idris", "dana"}}
		w.duty("idris")
		w.asks("h1")
		w.happened(Event{What: EventTaken, Handoff: "h1", Site: "ward", Person: "p1", Peer: "idris", MeetBy: w.clk.Now().Add(20 * time.Minute)})
		w.wait(21 * time.Minute)
		w.wantTold("idris", "dana")
	})
}
