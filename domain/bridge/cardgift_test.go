package bridge

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
)

func (w *shelf) give(card string, tell bool) ref.Gift {
	w.Helper()
	g := Gift{ID: ref.Gift(w.id()), Card: card}
	for range 2 { // twice is once
		w.must(w.c.Give(by("rosa"), Door{Person: w.blue}, g, i18n.English, tell))
	}
	return g.ID
}

func (w *shelf) mine() Given {
	w.Helper()
	g, err := w.c.Given(blueSelf(), Door{Own: true})
	w.must(err)
	return g
}

func TestACardLiesOnThePersonsOwnPage(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		first := w.give("c05", false)
		w.give("c12", false)
		got := w.mine()
		if len(got.Gifts) != 2 || got.Gifts[0].Card.Card != "c12" && got.Gifts[1].Card.Card != "c12" || !got.Here {
			t.Fatalf("%+v", got.Gifts)
		}
		for range 2 {
			w.must(w.c.PutAway(blueSelf(), first))
		}
		if got := w.mine(); len(got.Gifts) != 1 || got.Gifts[0].Title != "Sleep in the first months" {
			t.Errorf("%+v", got.Gifts)
		}
		nobody, err := w.c.Given(actor("someone", access.Participant), Door{Own: true})
		w.must(err)
		if nobody.Here || len(nobody.Gifts) > 0 {
			t.Errorf("an account that is nobody's own: %+v", nobody)
		}
	})
}

func TestWhoGivesACard(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		door := Door{Person: w.blue}
		gift := func() Gift { return Gift{ID: ref.Gift(w.id()), Card: "c01"} }
		w.wants(w.c.Give(by("ines"), door, gift(), i18n.English, false), errs.Denied, "who does not walk along")
		w.wants(w.c.Give(actor("carol", access.Coordinator), door, gift(), i18n.English, false), errs.Denied, "a coordinator")
		w.wants(w.c.Give(blueSelf(), Door{Person: w.reed}, gift(), i18n.English, false), errs.Denied, "a participant, to another")
		w.must(w.c.Give(actor("sol", access.Supervisor), Door{Person: w.reed}, gift(), i18n.English, false))
		w.wants(w.c.Give(by("rosa"), door, Gift{ID: ref.Gift(w.id()), Card: "c99"}, i18n.English, false), errs.Invalid, "a card that there is not")
		made, err := w.c.Write(by("rosa"), w.words("", "Kites"), 0)
		w.must(err)
		w.wants(w.c.Give(by("rosa"), door, Gift{ID: ref.Gift(w.id()), Card: made.Card}, i18n.English, false), errs.Invalid, "a card that nobody has read")
		mine := w.give("c01", false)
		w.wants(w.c.Give(actor("sol", access.Supervisor), Door{Person: w.reed}, Gift{ID: mine, Card: "c02"}, i18n.English, false), errs.NotFound, "under another's id")
		w.wants(w.c.PutAway(actor("someone", access.Participant), mine), errs.NotFound, "someone else puts it away")
	})
}

// A word goes out once, only when it was asked for.
func TestAWordOnlyWhenAsked(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		w.give("c01", false)
		if len(w.nudged) > 0 {
			t.Fatalf("told unasked: %v", w.nudged)
		}
		id := w.give("c02", true)
		if !slices.Equal(slices.Compact(w.nudged), []string{string(id) + " " + string(w.blue)}) {
			t.Errorf("%v", w.nudged)
		}
	})
}

// Which card it was does not stand in the table, and cannot be read when the
// person's key is gone.
func TestWhichCardIsSealed(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		w.give("c05", false)
		var card, title []byte
		w.must(w.d.Read(by("rosa"), func(tx *db.Tx) error {
			return tx.Row("SELECT card, title FROM bridge_gift WHERE tenant = $1").Scan(&card, &title)
		}))
		if bytes.Contains(card, []byte("c05")) || bytes.Contains(title, []byte("methadone")) || len(title) < 20 {
			t.Errorf("%q %q", card, title)
		}
		w.must(w.v.Erase("t1", string(w.blue)))
		rows, err := w.c.Given(by("rosa"), Door{Person: w.blue})
		if err == nil && len(rows.Gifts) > 0 {
			t.Errorf("read without the key: %+v", rows.Gifts)
		}
	})
}

// A card that was put right since is read as it is now, and says so.
func TestAGiftSaysTheWordsOfToday(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		w.give("c01", false)
		if w.mine().Gifts[0].changed() {
			t.Error("changed before it was")
		}
		_, err := w.c.Write(by("rosa"), w.words("c01", "Breathe"), 0)
		w.must(err)
		w.must(w.c.Review(by("ines"), "c01", 1))
		g := w.mine().Gifts[0]
		if !g.changed() || g.Card.TitleEN != "Breathe" || !strings.Contains(g.Title, "naloxone") {
			t.Errorf("%+v", g)
		}
	})
}

// A form that comes again with another card is a conflict: the person keeps the
// one they were given.
func TestAnotherCardUnderOneFormIsAConflict(t *testing.T) {
	eachShelf(t, func(w *shelf) {
		gift := w.give("c05", false)
		w.wants(w.c.Give(by("rosa"), Door{Person: w.blue}, Gift{ID: gift, Card: "c12"}, i18n.English, false), errs.Conflict, "another card")
		if got := w.mine(); len(got.Gifts) != 1 || got.Gifts[0].Card.Card != "c05" {
			t.Errorf("%+v", got.Gifts)
		}
	})
}
