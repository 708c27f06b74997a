package handoff

import (
	"reflect"
	"testing"
	"time"

	"alongside/platform/errs"
)

// TestWhatThePersonBeginsAnewIsTheirs: they met, rested, and ask again from elsewhere by
// their own card. Whoever asked first goes on reading what they read before: not that
// someone is asked again, and not where the person is now.
func TestWhatThePersonBeginsAnewIsTheirs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		w.own(t, r, StepNotNow, Input{Contact: ContactNone})
		before := w.asker(t, r)
		w.clk.Add(20 * time.Hour)
		w.own(t, r, StepReopen, Input{Where: "12 Elm Street"})
		for _, step := range []string{"", StepAck, StepSetOut, StepMeet} {
			if step != "" {
				if err := w.take(t, r.ID, "rosa", step, Input{Minutes: 9}); err != nil {
					t.Fatal(err)
				}
			}
			st := w.asker(t, r)
			if st.At = before.At; !reflect.DeepEqual(st, before) || st.Where != "" {
				t.Errorf("after %q whoever asked reads\n%+v\nbefore\n%+v", step, st, before)
			}
		}
		bare, err := w.s.bareStatus(nurse(), r.Token)
		if err != nil || bare.Stage != Met || !bare.AskedAt.Equal(before.AskedAt) {
			t.Errorf("on a full disk it says %q, %v", bare.Stage, err)
		}
		if err := w.s.Change(nurse(), r.Token, StepNotNow, Input{Act: "x"}); !errs.Is(err, errs.Conflict) {
			t.Errorf("whoever asked ends what is theirs: %v", err)
		}
	})
}

// TestALinkThatEndedStaysEnded: a month later the person asks again by their card. The
// ward's old page and its code are no way to learn it.
func TestALinkThatEndedStaysEnded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		if err := w.s.Change(nurse(), r.Token, StepNotNow, Input{Act: "a"}); err != nil {
			t.Fatal(err)
		}
		w.clk.Add(30 * 24 * time.Hour)
		w.own(t, r, StepReopen, Input{Where: "12 Elm Street"})
		if st, err := w.s.Status(nurse(), r.Token, ""); !errs.Is(err, errs.NotFound) {
			t.Errorf("the ward's page of last month says %q at %q, %v", st.Stage, st.Where, err)
		}
		if _, err := w.s.bareStatus(nurse(), r.Token); !errs.Is(err, errs.NotFound) {
			t.Errorf("and on a full disk: %v", err)
		}
		if token, err := w.s.ByCode(nurse(), w.site, r.Code); !errs.Is(err, errs.NotFound) {
			t.Errorf("its code opens %q, %v", token, err)
		}
		if duty, err := w.s.Duty(nurse(), r.Token); !errs.Is(err, errs.NotFound) {
			t.Errorf("its telephone is %q, %v", duty, err)
		}
	})
}

// TestWhoeverAskedAskedAgain: then their page lives on from there, and their own words
// of where the person is stand on it.
func TestWhoeverAskedAskedAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.clk.Add(60 * time.Hour)
		if err := w.s.Change(nurse(), r.Token, StepNotNow, Input{Act: "a"}); err != nil {
			t.Fatal(err)
		}
		if again, err := w.s.AskAgain(nurse(), r.Token, Input{Act: "b", AskedBy: "person"}); err != nil || again != r.Token {
			t.Fatal(again, err)
		}
		w.clk.Add(60 * time.Hour)
		if st := w.asker(t, r); st.Stage != Requested || st.Where != "Bay 7" {
			t.Errorf("%q at %q", st.Stage, st.Where)
		}
	})
}

// TestWhereThePersonSaysTheyAre is for peers: whoever asked is not told by it.
func TestWhereThePersonSaysTheyAre(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.own(t, r, StepCorrect, Input{Corrects: 1, Right: map[string]string{"whereabouts": "12 Elm Street"}})
		if st := w.asker(t, r); st.Stage != Requested || st.Where != "" {
			t.Errorf("whoever asked reads %q", st.Where)
		}
		if err := w.s.Change(nurse(), r.Token, StepCorrect, Input{Act: "b", Corrects: 1, Right: map[string]string{"whereabouts": "Bay 9"}}); err != nil {
			t.Fatal(err)
		}
		if st := w.asker(t, r); st.Where != "Bay 9" {
			t.Errorf("their own word: %q", st.Where)
		}
	})
}

// own takes a step by the person's card.
func (w *world) own(t *testing.T, r Receipt, step string, in Input) {
	t.Helper()
	in.Act = "own-" + step + w.clk.Now().String()
	if err := w.s.OwnStep(nurse(), r.Own, step, in); err != nil {
		t.Fatalf("%s: %v", step, err)
	}
}

// asker is what whoever asked reads.
func (w *world) asker(t *testing.T, r Receipt) Status {
	t.Helper()
	st, err := w.s.Status(nurse(), r.Token, "")
	if err != nil {
		t.Fatal(err)
	}
	return st
}
