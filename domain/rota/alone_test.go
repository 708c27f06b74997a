package rota

import (
	"context"
	"strings"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

func (w *world) outs() []Out {
	w.Helper()
	list, err := w.s.Outs(as("sol"))
	w.must(err)
	return list
}

// keyed makes a peer with a key of their own, as every account has.
func (w *world) keyed() string {
	w.Helper()
	id, err := w.v.NewSubject("t1")
	w.must(err)
	w.staff["peer"] = append(w.staff["peer"], ref.Account(id))
	return id
}

func TestWhoeverIsSilentIsCalled(t *testing.T) {
	each(t, func(w *world) {
		rosa := w.keyed()
		w.must(w.s.GoOut(as(rosa), 30, "Mill Lane"))
		w.wait(29 * time.Minute)
		w.wantTold()
		if list := w.outs(); len(list) != 1 || list[0].State != AloneOut || list[0].Name != "work name of "+rosa {
			w.wrong(list)
		}
		w.wait(2 * time.Minute)
		w.wantTold("sol")
		if list := w.outs(); list[0].State != AloneSilent {
			w.wrong(list)
		}
		w.wait(10 * time.Minute)
		w.wantTold("sol")
		w.must(w.s.ReachedThem(as("sol"), ref.Account(rosa)))
		if n := len(w.outs()); n != 0 {
			w.Errorf("%d are still out", n)
		}
		if a, err := w.s.AloneNow(as(rosa)); err != nil || a.Place != "" {
			w.Errorf("where they were is kept: %q %v", a.Place, err)
		}
	})
}

func (w *world) wrong(list []Out) { w.Helper(); w.Fatalf("out: %+v", list) }

func TestWhoeverIsFineIsLeftInPeace(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.GoOut(as("rosa"), 30, ""))
		w.wait(20 * time.Minute)
		w.must(w.s.GoOut(as("rosa"), 30, "")) // it takes longer
		w.wait(20 * time.Minute)
		w.wantTold()
		w.must(w.s.Fine(as("rosa")))
		w.wait(time.Hour)
		w.wantTold()
		if err := w.s.GoOut(as("rosa"), 3, ""); !errs.Is(err, errs.Invalid) {
			w.Error(err)
		}
	})
}

func TestHelpIsQuietAndAtOnce(t *testing.T) {
	each(t, func(w *world) {
		rosa := w.keyed()
		w.must(w.s.GoOut(as(rosa), 30, "Mill Lane"))
		w.must(w.d.Read(as(rosa), func(tx *db.Tx) error {
			at, err := db.Column[string](tx, "SELECT place FROM rota_alone WHERE tenant = $1")
			if err == nil && (len(at) != 1 || strings.Contains(at[0], "Mill")) {
				w.Errorf("where they go rests as %q", at)
			}
			return err
		}))
		w.must(w.s.Help(as(rosa)))
		w.sweep()
		w.wantTold("sol")
		if list := w.outs(); len(list) != 1 || list[0].State != AloneHelp {
			w.wrong(list)
		}
		for _, l := range w.app.Letters() {
			if l.Text != wordLate {
				w.Errorf("the message says %q", l.Text)
			}
		}
	})
}

func TestAfterAHardCallSomeoneIsThereAndNothingIsKept(t *testing.T) {
	each(t, func(w *world) {
		if err := w.s.Hard(as("rosa"), "a", "", 0); !errs.Is(err, errs.Invalid) {
			w.Error("nothing asked for:", err)
		}
		if err := w.s.Hard(as("rosa"), "a", "omar", 1); !errs.Is(err, errs.Invalid) {
			w.Error("to someone who is no supervisor:", err)
		}
		before := w.leaves()
		w.must(w.s.Hard(as("rosa"), "a", "sol", 0))
		w.sweep()
		w.wantTold("sol")
		if w.leaves() != before {
			w.Error("who wants to talk was recorded")
		}
		name, err := w.s.Talk(as("sol"), "rosa")
		if err != nil || name != "work name of rosa" {
			w.Error(name, err)
		}
		if _, err := w.s.Talk(as("omar"), "rosa"); !errs.Is(err, errs.NotFound) {
			w.Error("another reads it:", err)
		}
		w.duty("rosa")
		w.must(w.s.Hard(as("rosa"), "b", "", 2))
		w.asks("h1")
		for _, who := range w.told() {
			if who == "rosa" {
				w.Error("someone who is off was asked")
			}
		}
	})
}

// TestWhoeverWasToListenAndLeft: who asked hears that they may ask someone else, nobody
// else hears of the wish, and it stands on no page any more.
func TestWhoeverWasToListenAndLeft(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.Hard(as("rosa"), "a", "sol", 0))
		w.sweep()
		w.wantTold("sol")
		before := len(w.app.Letters())
		w.must(w.d.Write(as("cosmo"), func(tx *db.Tx) error { return w.s.Gone(tx, "sol") }))
		w.sweep()
		var told []string
		for _, l := range w.app.Letters()[before:] {
			told = append(told, l.Account)
		}
		if len(told) != 1 || told[0] != "rosa" {
			w.Errorf("told: %q", told)
		}
		if _, err := w.s.Talk(as("sol"), "rosa"); !errs.Is(err, errs.NotFound) {
			w.Error("the wish still leads somewhere:", err)
		}
		if _, other, err := w.s.Listeners(as("rosa")); err != nil || !other {
			w.Error("their own page does not say so:", err)
		}
		if _, other, err := w.s.Listeners(as("ines")); err != nil || other {
			w.Error("another's page says so:", err)
		}
		w.must(w.s.Hard(as("rosa"), "b", "", 1))
		if _, other, err := w.s.Listeners(as("rosa")); err != nil || other {
			w.Error("it is said after they have asked for something else:", err)
		}
	})
}

// TestWhatWasAskedForPutsPeersInOrder and leaves nobody out.
func TestWhatWasAskedForPutsPeersInOrder(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa", "ines", "omar")
		w.must(w.s.SayOfSelf(as("omar"), "man", []string{"street"}))
		w.must(w.s.SayOfSelf(as("ines"), "woman", []string{"opioids"}))
		w.must(w.s.SayOfSelf(as("rosa"), "woman", nil))
		if err := w.s.SayOfSelf(as("rosa"), "a cloud", nil); !errs.Is(err, errs.Invalid) {
			w.Error(err)
		}
		ask := func(h ref.Handoff, gender, lived string) ref.Account {
			w.happened(Event{What: EventAsked, Handoff: h, Site: "ward", Person: ref.Person("p" + h), Gender: gender, Lived: lived, MeetBy: w.clk.Now().Add(time.Hour)})
			var first []ref.Account
			w.must(w.d.Read(as("x"), func(tx *db.Tx) error {
				r, err := w.s.runs.Get(tx, h)
				if err == nil {
					first, err = w.s.peersOnDuty(tx, r)
				}
				return err
			}))
			if len(first) != 3 {
				w.Errorf("%d can be asked; a wish leaves nobody out", len(first))
			}
			return first[0]
		}
		if got := ask("h1", "man", ""); got != "omar" {
			w.Error("asked for a man, first is", got)
		}
		if got := ask("h2", "woman", "opioids"); got != "ines" {
			w.Error("asked for a woman who knows opioids, first is", got)
		}
		if got := ask("h3", "", "street"); got != "omar" {
			w.Error("asked for one who lived without a home, first is", got)
		}
	})
}

func TestALadderIsReadFromItsForm(t *testing.T) {
	got := parseLadder(map[string][]string{
		"who0": {Telephone}, "wait0": {"300"}, "channels0": {"app"}, "who1": {""}, "who2": {Duty}, "wait2": {"60"}, "channels2": {"app", "push"},
	})
	if len(got) != 2 || got[0].Who != Duty || got[0].Wait != 60 || got[1].Who != Telephone {
		t.Errorf("%+v", got)
	}
	if err := checkLadder(got); err != nil {
		t.Error(err)
	}
}

// TestWhoHasToBeCalledHasATelephoneAndAPlace: the number is there once somebody
// has to call and not before, and what takes longer is still in the same place.
func TestWhoHasToBeCalledHasATelephoneAndAPlace(t *testing.T) {
	each(t, func(w *world) {
		rosa := w.keyed()
		w.must(w.s.Reach(as(rosa), notify.SMS, "+15550142", "d1", "en"))
		w.must(w.s.GoOut(as(rosa), 30, "Mill Lane"))
		w.must(w.s.GoOut(as(rosa), 60, ""))
		if list := w.outs(); len(list) != 1 || list[0].Place != "Mill Lane" || list[0].Phone != "" {
			w.wrong(list)
		}
		w.must(w.s.Help(as(rosa)))
		if list := w.outs(); list[0].Phone != "+15550142" {
			w.wrong(list)
		}
		w.must(w.d.Write(asRole("sol", "supervisor"), func(tx *db.Tx) error {
			calls, err := w.s.Calls(tx)
			if err == nil && (len(calls) != 1 || calls[0].Phone != "+15550142") {
				w.wrong(calls)
			}
			return err
		}))
		w.must(w.d.Write(as("ines"), func(tx *db.Tx) error {
			calls, err := w.s.Calls(tx)
			if len(calls) > 0 {
				w.Error("a peer reads who needs a call")
			}
			return err
		}))
		w.must(w.s.ReachedThem(as("sol"), ref.Account(rosa)))
		w.must(w.s.Fine(as(rosa)))
		w.must(w.s.GoOut(as(rosa), 30, ""))
		if list := w.outs(); list[0].Place != "" {
			w.wrong(list)
		}
	})
}

// TestTheWishToTalkStandsUntilTheyTalked though no channel is open, with the one
// who was asked and nobody else.
func TestTheWishToTalkStandsUntilTheyTalked(t *testing.T) {
	each(t, func(w *world) {
		sol := asRole("sol", "supervisor")
		wishes := func(ctx context.Context) []Wish {
			m, err := w.s.Mine(ctx)
			w.must(err)
			return m.Wishes
		}
		w.staff["supervisor"] = []ref.Account{"sol", "dana"}
		w.must(w.s.Hard(as("rosa"), "a", "sol", 0))
		if got := wishes(sol); len(got) != 1 || got[0].Name != "work name of rosa" || got[0].Path() != "/rota/talk/rosa" {
			w.Fatalf("%+v", got)
		}
		if len(wishes(asRole("dana", "supervisor"))) != 0 || len(wishes(as("rosa"))) != 0 {
			w.Error("another reads it")
		}
		w.must(w.s.Talked(asRole("dana", "supervisor"), "rosa"))
		if len(wishes(sol)) != 1 {
			w.Error("another ended it")
		}
		before := w.leaves()
		w.must(w.s.Talked(sol, "rosa"))
		w.must(w.s.Hard(as("rosa"), "a", "sol", 0)) // the same form once more
		if len(wishes(sol)) != 0 || w.leaves() != before {
			w.Error("it still stands, or was recorded")
		}
		if _, err := w.s.Talk(sol, "rosa"); !errs.Is(err, errs.NotFound) {
			w.Error(err)
		}
		if n := w.count("SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND path LIKE '%talk%'"); n != 0 {
			w.Error("who talked is kept")
		}
		w.must(w.s.Hard(as("rosa"), "b", "sol", 0))
		if len(wishes(sol)) != 1 {
			w.Error("a new wish is not shown")
		}
	})
}
