package handoff

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

func TestTheWholePath(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		start := w.clk.Now()
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepConnect)
		d, err := w.s.View(as("peer", "rosa"), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d.State != Connected || d.ConnSource != "person" || d.Mode != "room" {
			t.Errorf("ended %s, source %s, mode %s", d.State, d.ConnSource, d.Mode)
		}
		minutes := []time.Time{d.RequestedAt, d.AckAt, d.MetAt, d.ConsentAt, d.AcceptedAt, d.IntroducedAt, d.ConnectedAt}
		for i, want := range []int{0, 3, 9, 12, 15, 18, 21} {
			if got := int(minutes[i].Sub(start).Minutes()); got != want {
				t.Errorf("anchor %d stands at minute %d, want %d", i, got, want)
			}
		}
		if len(d.Events) != 8 || d.Person.Name != "Blue" || d.Where != "Bay 7" {
			t.Errorf("%d events, name %q, where %q", len(d.Events), d.Person.Name, d.Where)
		}
		if d.Person.Voicemail || d.Person.Texts {
			t.Error("voicemail or text is on before anyone agreed to it")
		}
	})
}

func TestTheSameFormTwiceIsOneAsk(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, again := w.ask(t, 1), w.ask(t, 1)
		if first != again {
			t.Errorf("two receipts: %v and %v", first, again)
		}
		if b := w.board(t); len(b.Waiting) != 1 {
			t.Errorf("%d wait, want 1", len(b.Waiting))
		}
		w.ask(t, 2)
		if b := w.board(t); len(b.Waiting) != 2 {
			t.Errorf("%d wait, want 2", len(b.Waiting))
		}
	})
}

func (w *world) board(t *testing.T) Board {
	t.Helper()
	b, err := w.s.Board(as("peer", "rosa"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTwoPeersAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		done := make(chan error, 2)
		for _, who := range []string{"rosa", "idris"} {
			go func() {
				done <- w.s.Take(as("peer", who), r.ID, StepAck, Input{Act: "tap-" + who})
			}()
		}
		a, b := <-done, <-done
		if (a == nil) == (b == nil) {
			t.Fatalf("one of two should go: %v, %v", a, b)
		}
		second := a
		if a == nil {
			second = b
		}
		if !errs.Is(second, errs.Conflict) {
			t.Errorf("the second gets %v, want a conflict in words", second)
		}
		d, err := w.s.View(as("peer", "rosa"), r.ID)
		if err != nil || len(d.Events) != 2 {
			t.Errorf("%d events, %v; want the ask and one yes", len(d.Events), err)
		}
	})
}

func TestAFormSentTwiceIsOneStep(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		for range 3 {
			if err := w.take(t, r.ID, "rosa", StepAck, Input{Act: "one"}); err != nil {
				t.Fatal(err)
			}
		}
		d, _ := w.s.View(as("peer", "rosa"), r.ID)
		if len(d.Events) != 2 {
			t.Errorf("%d events, want 2", len(d.Events))
		}
	})
}

func TestWhatTheAskerSees(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		see := func(want string) Status {
			t.Helper()
			st, err := w.s.Status(nurse(), r.Token, "")
			if err != nil || st.Stage != want {
				t.Fatalf("sees %q (%v), want %q", st.Stage, err, want)
			}
			return st
		}
		see(Requested)
		w.walk(t, r.ID, StepMeet)
		together := see(Met)
		w.walk2(t, r.ID)
		after := see(Met)
		if !reflect.DeepEqual(after, together) {
			t.Errorf("what came after shows: %+v then %+v", together, after)
		}
		w.live.given[personOf(t, w, r.ID)+"/"+string(w.site.ID)] = true
		if st := see(Met); st.Later != Introduced {
			t.Errorf("with consent for the site it says %q", st.Later)
		}
		w.clk.Add(StatusLife + time.Hour)
		if _, err := w.s.Status(nurse(), r.Token, ""); !errs.Is(err, errs.NotFound) {
			t.Errorf("an ended link answers %v", err)
		}
	})
}

// walk2 goes on from together to introduced.
func (w *world) walk2(t *testing.T, h ref.Handoff) {
	t.Helper()
	for step, in := range map[string]Input{StepAgree: {Destination: w.clinic.ID, How: "spoken", Days: 30}} {
		if err := w.take(t, h, "rosa", step, in); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.take(t, h, "rosa", StepAccept, Input{}); err != nil {
		t.Fatal(err)
	}
	if err := w.take(t, h, "rosa", StepIntro, Input{Mode: "call", Present: 3}); err != nil {
		t.Fatal(err)
	}
}

func personOf(t *testing.T, w *world, h ref.Handoff) string {
	t.Helper()
	d, err := w.s.View(as("peer", "rosa"), h)
	if err != nil {
		t.Fatal(err)
	}
	return string(d.Handoff.Person)
}

func TestAnotherOrganisationIsLikeNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		other := scope.With(as("peer", "rosa"), scope.Scope{Tenant: "t2", Actor: "rosa", Role: "peer", Purpose: scope.Treatment})
		_, there := w.s.View(other, r.ID)
		_, nowhere := w.s.View(other, "nothing")
		if !errs.Is(there, errs.NotFound) || errs.KindOf(there) != errs.KindOf(nowhere) {
			t.Errorf("%v and %v", there, nowhere)
		}
		if err := w.s.Take(other, r.ID, StepAck, Input{Act: "x"}); !errs.Is(err, errs.NotFound) {
			t.Errorf("a step from elsewhere: %v", err)
		}
		if _, err := w.s.Status(other, r.Token, ""); !errs.Is(err, errs.NotFound) {
			t.Errorf("a link from elsewhere: %v", err)
		}
		if _, err := w.s.ByCode(other, w.site, r.Code); !errs.Is(err, errs.NotFound) {
			t.Errorf("a code from elsewhere: %v", err)
		}
	})
}

func TestACodeOpensItsStatusPage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		token, err := w.s.ByCode(nurse(), w.site, " "+strings.ToLower(r.Code)+" ")
		if err != nil || token != r.Token {
			t.Errorf("%q, %v", token, err)
		}
		if _, err := w.s.ByCode(nurse(), w.site, "OTTER 00"); !errs.Is(err, errs.NotFound) {
			t.Errorf("a guess: %v", err)
		}
	})
}

func TestAClockSetBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepAck)
		w.clk.Add(-2 * time.Hour)
		if err := w.take(t, r.ID, "rosa", StepMeet, Input{}); err != nil {
			t.Fatal(err)
		}
		d, _ := w.s.View(as("peer", "rosa"), r.ID)
		if d.MetAt.Before(d.AckAt) {
			t.Errorf("met at %v, before the yes at %v", d.MetAt, d.AckAt)
		}
	})
}

func TestLinesTellNoWords(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		n := 0
		err := w.s.Lines(as("coordinator", "cosmo"), func(l Line) error {
			n++
			if l.ID != r.ID || l.State != Requested || l.MetAt != nil {
				t.Errorf("%+v", l)
			}
			return nil
		})
		if err != nil || n != 1 {
			t.Errorf("%d lines, %v", n, err)
		}
	})
}

func TestColumnsAndFieldsAgree(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		err := w.d.Read(as("coordinator", "cosmo"), func(tx *db.Tx) error {
			for _, check := range []func(*db.Tx) ([]string, error){
				w.s.handoffs.CheckTable, w.s.events.CheckTable, w.s.sites.CheckTable, w.s.destinations.CheckTable,
			} {
				bad, err := check(tx)
				if err != nil {
					return err
				}
				for _, b := range bad {
					t.Error(b)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
