package access

import (
	"testing"
	"time"

	"alongside/platform/db"
	"alongside/platform/id"
)

// A sign-in by a passkey or password of one's own opens what is one's own alone.
// One by a link does not, and for seven days after somebody came in by a link of
// another's, nor does one by a way that was set up since; a way that was there
// before does, once that one is taken away.
func TestALinkOpensNothingOfOnesOwn(t *testing.T) {
	onBoth(t, func(w *world) {
		a, in := w.signedIn(email, Peer)
		w.stands(in.Token, Standing{}, "by an invitation")
		key := w.password(a, "a long walk by the river")
		enter := func() string {
			w.clk.Add(codeStep * 3)
			got, err := w.SignIn(w.Context(), Typed{email, "a long walk by the river", codeAt(key, stepOf(w.clk.Now()))}, phone)
			w.must(err)
			return got.Token
		}
		w.stands(enter(), Standing{Open: true}, "by a password that was set up after an invitation")
		w.clk.Add(aWhile)
		link, err := w.Link(w.operator(), a.ID, id.New(w.clk.Now()))
		w.must(err)
		w.stands(enter(), Standing{Open: true}, "by a password, while a link lies unused")
		w.clk.Add(aWhile)
		used := w.clk.Now()
		thief, err := w.openLink(link.Token)
		w.must(err)
		w.stands(thief.Token, Standing{}, "by a link")
		w.stands(enter(), Standing{Open: true}, "by a password that was there before")
		_, err = w.ActAs(w.as(thief.Token), Peer)
		w.must(err)
		key = w.password(a, "a long walk by the river")
		for range 2 {
			w.stands(enter(), Standing{From: used.Add(settles)}, "by a password that was set up after a link")
			w.clk.Add(time.Hour)
			again, err := w.Link(w.operator(), a.ID, id.New(w.clk.Now()))
			w.must(err)
			_, err = w.openLink(again.Token) // a second link makes the way no older
			w.must(err)
		}
		w.clk.Set(used.Add(settles - time.Hour))
		w.stands(enter(), Standing{From: used.Add(settles)}, "an hour before the seven days are over")
		w.clk.Set(used.Add(settles + time.Minute))
		w.stands(enter(), Standing{Open: true}, "after seven days")
	})
}

// Nor does one by a card, which a worker made: whoever worked here before may have
// pages of their own.
func TestACardOpensNothingOfOnesOwn(t *testing.T) {
	onBoth(t, func(w *world) {
		had := w.walked()
		a, _ := w.signedIn(email, Participant)
		p := had.person("t1")
		had.own[p] = Owner{Account: a.ID, Person: p}
		key := w.password(a, "a long walk by the river")
		enter := func() string {
			w.clk.Add(codeStep * 3)
			got, err := w.SignIn(w.Context(), Typed{email, "a long walk by the river", codeAt(key, stepOf(w.clk.Now()))}, phone)
			w.must(err)
			return got.Token
		}
		c := had.card("t1", p, "Kestrel", "en")
		w.stands(enter(), Standing{Open: true}, "by a password, while a card lies unused")
		w.clk.Add(aWhile)
		used := w.clk.Now()
		in, err := had.enter("Kestrel", said(c))
		w.must(err)
		w.stands(in.Token, Standing{}, "by a card")
		w.clk.Add(aWhile)
		key = w.password(a, "a long walk by the river")
		w.stands(enter(), Standing{From: used.Add(settles)}, "by a password that was set up after a card was used")
	})
}

// A clock that goes back between a link and the way that was set up by it makes the way
// no older.
func TestAClockSetBackMakesNoWayOlder(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.signedIn(email, Peer)
		w.clk.Add(time.Hour)
		link, err := w.Link(w.operator(), a.ID, id.New(w.clk.Now()))
		w.must(err)
		w.clk.Add(aWhile)
		used := w.clk.Now()
		_, err = w.openLink(link.Token)
		w.must(err)
		w.clk.Set(used.Add(-time.Minute))
		key := w.password(a, "a long walk by the river")
		w.clk.Set(used.Add(time.Minute))
		in, err := w.SignIn(w.Context(), Typed{email, "a long walk by the river", codeAt(key, stepOf(w.clk.Now()))}, phone)
		w.must(err)
		w.stands(in.Token, Standing{From: used.Add(settles)}, "by a password that a clock set back seems to make older than a link")
	})
}

func (w *world) stands(token string, want Standing, what string) {
	w.Helper()
	w.must(w.DB.Read(w.as(token), func(tx *db.Tx) error {
		got, err := w.OwnWay(tx)
		if got.Open != want.Open || !got.From.Equal(want.From) {
			w.Errorf("%s: %+v, want %+v", what, got, want)
		}
		return err
	}))
}
