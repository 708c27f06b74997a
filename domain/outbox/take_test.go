package outbox

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

func TestEveryFieldHasItsColumn(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.d.Read(w.rosa(), func(tx *db.Tx) error {
			for _, r := range Records() {
				bad, err := r.CheckTable(tx)
				if err != nil {
					return err
				}
				for _, b := range append(bad, r.Check()...) {
					w.Error(b)
				}
			}
			return nil
		}))
	})
}

// One to ten times, in any order, each in a box of its own, over a restart.
func TestEachIsTakenExactlyOnce(t *testing.T) {
	each(t, func(w *world) {
		var all []Sent
		want := map[string]string{}
		for n := range 10 {
			act, note := w.id(), strings.Repeat("kite ", n+1)
			want[act] = note
			for range n + 1 {
				all = append(all, w.sent("rosa", act, note))
			}
			w.clk.Add(time.Millisecond)
		}
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for n, in := range all {
			if n == len(all)/2 {
				w.s = New(w.deps())
			}
			if got := w.take(w.rosa(), in); got.State != Taken || got.Gone {
				w.Fatalf("number %d: %+v", n, got)
			}
		}
		for act, note := range want {
			if len(w.notes[act]) != 1 || w.notes[act][0] != note {
				w.Errorf("the page took %q, want %q", w.notes[act], note)
			}
		}
		if n := w.count("SELECT COUNT(*) FROM outbox_item WHERE tenant = $1"); n != 10 {
			w.Errorf("%d rows for ten items", n)
		}
		if n := w.count("SELECT COUNT(*) FROM outbox_item WHERE tenant = $1 AND person <> ''"); n != 0 {
			w.Error("the words of what was taken are here a second time")
		}
	})
}

func TestTheSameAtTheSameInstant(t *testing.T) {
	each(t, func(w *world) {
		in := w.sent("rosa", w.id(), "kite")
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				if got, err := w.s.Take(w.rosa(), in); err != nil || got.State != Taken {
					w.Errorf("%+v %v", got, err)
				}
			})
		}
		wait.Wait()
		if n := w.count("SELECT COUNT(*) FROM outbox_item WHERE tenant = $1"); n != 1 {
			w.Errorf("%d rows for one item", n)
		}
	})
}

func TestOtherWordsUnderAnIdAreKeptBeside(t *testing.T) {
	each(t, func(w *world) {
		act := w.id()
		w.take(w.rosa(), w.sent("rosa", act, "one"))
		other := w.sent("rosa", act, "two, from another phone")
		for range 3 {
			if got := w.take(w.rosa(), other); got.State != Apart {
				w.Fatalf("%+v", got)
			}
		}
		if got := w.take(w.rosa(), w.sent("rosa", act, "one")); got.State != Taken {
			w.Fatalf("the first is %+v now", got)
		}
		list := w.kept(w.rosa()).Waiting
		if len(list) != 1 || list[0].Form.Get("note") != "two, from another phone" || list[0].Person.Name != "Blue" {
			w.Fatalf("%+v", list)
		}
		if len(w.notes[act]) != 1 || w.notes[act][0] != "one" {
			w.Errorf("the page took %q", w.notes[act])
		}
	})
}

func TestWhatIsCutShortOrAnothersIsNotTaken(t *testing.T) {
	each(t, func(w *world) {
		in := w.sent("rosa", w.id(), "kite")
		for _, n := range []int{0, 1, 66, 90, len(in.Box) - 1} {
			cut := in
			cut.Box = in.Box[:n]
			if _, err := w.s.Take(w.rosa(), cut); !errors.Is(err, errDamaged) {
				w.Errorf("cut to %d: %v", n, err)
			}
		}
		other := in
		other.ID = w.id()
		if _, err := w.s.Take(w.rosa(), other); !errors.Is(err, errDamaged) {
			w.Error("under another id:", err)
		}
		_, err := w.s.Take(w.as("ines", access.Peer), in)
		w.absent(err, "a colleague is signed in")
		away := scope.With(w.Context(), scope.Scope{Tenant: "t2", Actor: "rosa", Role: access.Peer, Purpose: scope.Treatment})
		_, err = w.s.Take(away, in)
		w.absent(err, "another organisation")
		swapped := in
		swapped.Slip = strings.Replace(in.Slip, ".rosa.", ".ines.", 1)
		_, err = w.s.Take(w.as("ines", access.Peer), swapped)
		w.absent(err, "a slip with another name")
		w.clk.Add(slipLasts + time.Hour)
		_, err = w.s.Take(w.rosa(), in)
		w.absent(err, "an old slip")
		if n := w.count("SELECT COUNT(*) FROM outbox_item WHERE tenant = $1"); n != 0 || len(w.notes) != 0 {
			w.Errorf("%d rows, %d notes", n, len(w.notes))
		}
	})
}

func TestARoleThatIsGone(t *testing.T) {
	each(t, func(w *world) {
		in := w.sent("rosa", w.id(), "She means to go to the coast.")
		if _, err := w.s.Take(w.Context(), in); !errors.Is(err, errSignIn) {
			w.Fatal("who can sign in again is not asked to:", err)
		}
		w.writes["rosa"] = false
		for range 3 {
			if got := w.take(w.Context(), in); got.State != Refused || !got.Gone {
				w.Fatalf("%+v", got)
			}
		}
		if len(w.notes) != 0 {
			w.Error("the page took it")
		}
		for role, reads := range map[string]bool{access.Coordinator: false, access.Supervisor: true} {
			list := w.kept(w.as("someone", role)).Waiting
			if len(list) != 1 || list[0].Person.Name != "Blue" || list[0].Account != "rosa" {
				w.Fatalf("as %s: %+v", role, list)
			}
			if got := list[0].Form.Get("note") != ""; got != reads || list[0].Words != "" {
				w.Errorf("as %s: reads it: %v", role, got)
			}
		}
		if list := w.kept(w.as("ines", access.Peer)).Waiting; len(list) != 0 {
			w.Errorf("a colleague sees %+v", list)
		}
		w.absent(w.s.Place(w.as("ines", access.Peer), in.ID, 0), "a colleague places it")
		w.absent(w.s.Place(w.rosa(), in.ID, 0), "its writer places it")
		w.absent(w.s.Place(w.as("cosmo", access.Coordinator), in.ID, 0), "who cannot read it places it")
		w.must(w.s.Place(w.as("sol", access.Supervisor), in.ID, 0))
		if list := w.kept(w.as("cosmo", access.Coordinator)).Waiting; len(list) != 0 {
			w.Errorf("placed, and there: %+v", list)
		}
		if got := w.take(w.Context(), in); got.State != Refused {
			w.Errorf("sent again after it was placed: %+v", got)
		}
	})
}

func TestWhatThePageDoesNotTake(t *testing.T) {
	each(t, func(w *world) {
		for _, kind := range []errs.Kind{errs.Invalid, errs.Conflict} {
			w.says = errs.New(kind, "page", "")
			if got := w.take(w.rosa(), w.sent("rosa", w.id(), "kite")); got.State != Needs {
				w.Errorf("%v: %+v", kind, got)
			}
		}
		w.says = errs.New(errs.Denied, "page", "")
		if got := w.take(w.rosa(), w.sent("rosa", w.id(), "kite")); got.State != Refused {
			w.Errorf("%+v", got)
		}
		w.says = errs.New(errs.Unavailable, "page", "")
		if _, err := w.s.Take(w.rosa(), w.sent("rosa", w.id(), "kite")); !errs.Is(err, errs.Unavailable) {
			w.Errorf("a full disk is no answer: %v", err)
		}
		if n := w.count("SELECT COUNT(*) FROM outbox_item WHERE tenant = $1"); n != 3 {
			w.Errorf("%d rows", n)
		}
		w.must(w.v.Erase("t1", string(w.blue)))
		for _, i := range w.kept(w.as("sol", access.Supervisor)).Waiting {
			if i.Form.Get("note") != "" {
				w.Error("the words outlive the person's key")
			}
		}
	})
}

func TestHours(t *testing.T) {
	each(t, func(w *world) {
		cosmo := w.as("cosmo", access.Coordinator)
		for _, n := range []int64{8, 24} {
			w.must(w.s.SetHours(cosmo, n))
			if k, err := w.s.Key(w.rosa()); err != nil || k.Hours != n {
				w.Errorf("%+v %v", k, err)
			}
		}
		if err := w.s.SetHours(cosmo, 0); !errs.Is(err, errs.Invalid) {
			w.Error(err)
		}
		w.absent(w.s.SetHours(w.rosa(), 9), "a peer sets them")
	})
}

// A phone forgets what it keeps when its account is not open any more, and a
// worker's when they are not signed in on it; a slip of nobody's keeps nothing.
func TestWhatAPhoneHasToForget(t *testing.T) {
	each(t, func(w *world) {
		slip, err := w.s.Slip(w.as("rosa", access.Participant))
		w.must(err)
		_, err = w.s.Slip(w.rosa())
		if !errs.Is(err, errs.Denied) {
			t.Errorf("a peer has a slip of a person's own phone: %v", err)
		}
		for _, c := range []struct {
			what     string
			ctx      context.Context
			slip     string
			personal bool
			want     bool
		}{
			{"a person's own, signed out", w.Context(), slip, true, false},
			{"a worker's, signed in", w.rosa(), slip, false, false},
			{"a worker's, signed out", w.Context(), slip, false, true},
			{"a worker's, with another signed in", w.as("ines", access.Peer), slip, false, true},
			{"nobody's slip", w.rosa(), slip + "x", true, true},
			{"no slip", w.rosa(), "", true, true},
		} {
			if got, err := w.s.Wiped(c.ctx, c.slip, c.personal); err != nil || got != c.want {
				t.Errorf("%s: %v %v", c.what, got, err)
			}
		}
		w.writes["rosa"] = false
		if got, err := w.s.Wiped(w.Context(), slip, true); err != nil || !got {
			t.Errorf("an account that ended: %v %v", got, err)
		}
		w.writes["rosa"] = true
		w.clk.Add(slipLasts + time.Minute)
		if got, err := w.s.Wiped(w.Context(), slip, true); err != nil || !got {
			t.Errorf("a slip too old: %v %v", got, err)
		}
	})
}
