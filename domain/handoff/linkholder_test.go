package handoff

import (
	"cmp"
	"context"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"alongside/platform/errs"
	"alongside/platform/page"
)

// TestAskingAgainTellsNoPlaceOfThePersons: the person said on their own page where they
// are, and then it ended. Whoever asks once more by the old page begins at no place
// that the person alone said.
func TestAskingAgainTellsNoPlaceOfThePersons(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.own(t, r, StepNotNow, Input{Contact: ContactNone})
		w.own(t, r, StepReopen, Input{Where: "12 Elm Street"})
		w.must(t, r.ID, StepClose, Input{ClosedReason: "their_choice"})
		again, err := w.s.AskAgain(nurse(), r.Token, Input{Act: "a"})
		if err != nil || again == r.Token {
			t.Fatal(again, err)
		}
		if st, err := w.s.Status(nurse(), again, ""); err != nil || st.Stage != Requested || st.Where != "" {
			t.Errorf("whoever asked reads %q at %q, %v", st.Stage, st.Where, err)
		}
	})
}

// TestAFormIsKnownAgainWhereItStoodOnly: somebody reads the id of the form that lies open
// on a ward's tablet. Sent by another door, or once more on the tablet, it hands over
// nothing of whoever filled it in.
func TestAFormIsKnownAgainWhereItStoodOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, door := range []string{DoorTablet, DoorPerson, DoorFamily, DoorManager} {
			at := w.place(t, door)
			send(t, w, at, "seen-"+door, "Hall 1")
			for _, other := range []Site{w.site, w.place(t, DoorPerson)} {
				if r := send(t, w, other, "seen-"+door, "Hall 2"); r.Before != nil {
					t.Errorf("%s: another place is handed the page of who asked", door)
				}
			}
			if r := send(t, w, at, "seen-"+door, "Hall 3"); (r.Before != nil) != (door == DoorManager) {
				t.Errorf("%s: at the same place: %+v", door, r.Before)
			}
		}
	})
}

// place is a site with that door.
func (w *world) place(t *testing.T, door string) Site {
	t.Helper()
	site, _, err := w.s.AddSite(as("coordinator", "cosmo"), Site{Name: "Place", Door: door})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func send(t *testing.T, w *world, at Site, act, where string) Receipt {
	t.Helper()
	r, err := w.s.Ask(nurse(), Ask{Handoff: Handoff{Answer: "yes", Where: where}, Act: act, Site: at.ID})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestATabletForgetsWhoAsked: whoever takes it next goes back in the browser and sends the
// form of the one before once more. A double press is answered, a minute later no code is.
func TestATabletForgetsWhoAsked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		at := w.place(t, DoorTablet)
		first := send(t, w, at, "same", "Hall 1")
		if again := send(t, w, at, "same", "Hall 1"); again.Code != first.Code {
			t.Errorf("pressed twice: %q and %q", first.Code, again.Code)
		}
		w.clk.Add(tabletShows + time.Second)
		r, err := w.s.Ask(nurse(), Ask{Handoff: Handoff{Answer: "yes", Where: "Hall 1"}, Act: "same", Site: at.ID})
		if !errs.Is(err, errs.Invalid) || r.Code != "" {
			t.Errorf("the next one reads %q, %v", r.Code, err)
		}
		w.clk.Add(time.Hour)
		if n := w.rows(t, "handoff_handoff"); n != 1 {
			t.Errorf("%d asks", n)
		}
	})
}

// TestACorrectionTellsNothing: the person put right on their own page where they are.
// Whoever asked, and guesses it, is answered as for any other guess.
func TestACorrectionTellsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i, guess := range []string{"12 Elm Street", "9 Oak Street"} {
			r := w.ask(t, i)
			w.own(t, r, StepCorrect, Input{Corrects: 1, Right: map[string]string{"whereabouts": "12 Elm Street", "name": "Quill"}})
			right := map[string]string{"whereabouts": guess, "name": "Quill"}
			if err := w.s.Change(nurse(), r.Token, StepCorrect, Input{Act: "g" + guess, Corrects: 1, Right: right}); err != nil {
				t.Errorf("%s: %v", guess, err)
			}
			if n := len(w.view(t, r.ID).Events); n != 5 {
				t.Errorf("%s: %d entries", guess, n)
			}
		}
	})
}

// TestALinkCallsPeersOnlySoOften: not now and yes again, over and over, calls peers at
// night. Each link can be pressed so often in a day: whoever uses up theirs keeps nobody
// else from a word. To stop is always possible, and a day later the door is open again.
func TestALinkCallsPeersOnlySoOften(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		again := func() (err error) {
			w.clk.Add(time.Second)
			act := w.clk.Now().String()
			if err := w.s.Change(nurse(), r.Token, StepNotNow, Input{Act: "n" + act}); err != nil {
				t.Fatalf("to stop: %v", err)
			}
			_, err = w.s.AskAgain(nurse(), r.Token, Input{Act: "y" + act, AskedBy: "person"})
			return err
		}
		for i := range mostAgain {
			if err := again(); err != nil {
				t.Fatalf("time %d: %v", i+1, err)
			}
		}
		if err := again(); !errs.Is(err, errs.TooMany) {
			t.Errorf("once more: %v", err)
		}
		w.own(t, r, StepReopen, Input{Where: "Bay 7"})
		w.own(t, r, StepNotRight, Input{Note: "they play with the button"})
		w.own(t, r, StepNotNow, Input{})
		w.clk.Add(24 * time.Hour)
		if err := w.s.Change(nurse(), r.Token, StepReopen, Input{Act: "next day", AskedBy: "person"}); err != nil {
			t.Errorf("a day later: %v", err)
		}
	})
}

// TestAServiceTakesBackOnlySoOften: yes, a mistake, yes, a mistake makes a path that nobody
// reads.
func TestAServiceTakesBackOnlySoOften(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk, r := w.desk(t, w.clinic), w.ask(t, 1)
		w.walk(t, r.ID, StepAgree)
		press := func(step string) error {
			w.clk.Add(time.Second)
			return w.s.Receive(nurse(), desk, r.ID, step, Input{Act: step + w.clk.Now().String()})
		}
		for i := range mostAgain {
			if err := cmp.Or(press(StepAccept), press(StepUndo)); err != nil {
				t.Fatalf("time %d: %v", i+1, err)
			}
		}
		if err := cmp.Or(press(StepAccept), press(StepUndo)); !errs.Is(err, errs.TooMany) {
			t.Errorf("once more: %v", err)
		}
	})
}

// TestNothingHappensBeforeAnyoneAsked: a telephone whose clock is days behind sends what
// was written without a network. Nobody met before a peer was asked for.
func TestNothingHappensBeforeAnyoneAsked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.clk.Add(time.Hour)
		for _, step := range []string{StepAck, StepMeet} {
			if err := w.take(t, r.ID, "rosa", step, Input{At: w.clk.Now().Add(-48 * time.Hour)}); err != nil {
				t.Fatal(err)
			}
		}
		if d := w.view(t, r.ID); d.AckAt.Before(d.RequestedAt) || d.MetAt.Before(d.RequestedAt) {
			t.Errorf("asked %v, yes %v, met %v", d.RequestedAt, d.AckAt, d.MetAt)
		}
		before := w.clk.Now().Add(-48 * time.Hour)
		w.must(t, r.ID, StepBeside, Input{Beside: "overdose", At: before})
		if e := w.view(t, r.ID).Events[3]; !e.At.Equal(before) {
			t.Errorf("what happened beside the path before that is said to be of %v", e.At)
		}
	})
}

// TestAFormDoesNotSayWhenUnlessItIsAsked: a time that a form has no question for is not
// taken from it, by nobody: the figures go by it. One that is asked for is of a year
// that can be meant: a single other one kept every list from being read by programs.
func TestAFormDoesNotSayWhenUnlessItIsAsked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		long := w.clk.Now().AddDate(-30, 0, 0)
		w.own(t, r, StepThanks, Input{At: long})
		if e := w.view(t, r.ID).Events[1]; !e.At.Equal(w.clk.Now()) {
			t.Errorf("the person's link said that it was %v", e.At)
		}
		web := &Web{S: w.s, Zone: func(context.Context, string) *time.Location { return time.UTC }}
		form := url.Values{"act": {page.NewAct(w.clk.Now())}, "at": {"1996-01-01T00:00"}}
		post := httptest.NewRequest("POST", "/", strings.NewReader(form.Encode())).WithContext(as("peer", "rosa"))
		post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		post.SetPathValue("id", string(r.ID))
		post.SetPathValue("step", StepAck)
		if err := web.step(httptest.NewRecorder(), post); err != nil {
			t.Fatal(err)
		}
		if d := w.view(t, r.ID); !d.AckAt.Equal(w.clk.Now()) {
			t.Errorf("a peer's form said that they said yes %v", d.AckAt)
		}
	})
	east := time.FixedZone("east", 9*60*60)
	for _, at := range []string{"0000-01-01T00:00", "9999-12-31T23:59", "1899-12-31T23:59"} {
		if got := clockTime(at, east); !got.IsZero() {
			t.Errorf("%s is taken for %v", at, got)
		}
	}
}
