package bridge

import (
	"context"
	"testing"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// shelf is an organisation with two peers, rosa and ines, and two people, blue
// and reed. Rosa walks with blue, who has a page of their own.
type shelf struct {
	*testing.T
	d          *db.DB
	v          *seal.Vault
	clk        *clock.Fake
	c          *Cards
	way        bool     // the people chose a way to hear of something new
	nudged     []string // to whom a word went
	blue, reed ref.Person
}

func eachShelf(t *testing.T, fn func(w *shelf)) {
	tables := []db.Migrations{{Name: "audit", FS: audit.Migrations()}, {Name: "people", FS: people.Migrations()}, {Name: "bridge", FS: Migrations()}}
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		w := &shelf{T: t, d: d, v: v, clk: clk}
		w.c = w.cards()
		w.blue, w.reed = w.person("Blue"), w.person("Reed")
		fn(w)
	})
}

func (w *shelf) cards() *Cards {
	w.Helper()
	policy, err := access.ReadPolicy(access.Policies())
	w.must(err)
	s := New(Deps{
		DB: w.d, People: people.New(),
		Allow: func(tx *db.Tx, action string, what access.Resource) error {
			return policy.Allow(tx.Scope(), action, what)
		},
		Names: func(_ *db.Tx, ids []ref.Account) (map[ref.Account]string, error) {
			out := map[ref.Account]string{}
			for _, a := range ids {
				out[a] = "work name of " + string(a)
			}
			return out, nil
		},
		Self: func(tx *db.Tx) (ref.Person, error) {
			if tx.Scope().Actor == "blue-account" {
				return w.blue, nil
			}
			return "", errs.New(errs.NotFound, "nobody's own", "")
		},
		Walks: func(_ *db.Tx, peer ref.Account, person ref.Person) (bool, error) {
			return peer == "rosa" && person == w.blue, nil
		},
	})
	c, err := NewCards(s, CardDeps{
		Way: func(*db.Tx, ref.Person) (bool, error) { return w.way, nil },
		Nudge: func(_ *db.Tx, key string, person ref.Person) error {
			w.nudged = append(w.nudged, key+" "+string(person))
			return nil
		},
	})
	w.must(err)
	return c
}

func (w *shelf) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *shelf) wants(err error, kind errs.Kind, what string) {
	w.Helper()
	if !errs.Is(err, kind) {
		w.Errorf("%s: %v, want %v", what, err, kind)
	}
}

func (w *shelf) person(name string) (out ref.Person) {
	w.Helper()
	w.must(w.d.Write(by("rosa"), func(tx *db.Tx) error {
		made, err := people.New().Add(tx, people.Person{Name: name})
		out = made.ID
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "people.add", Subjects: []string{string(out)}})
	}))
	return out
}

func actor(who, role string) context.Context {
	return scope.With(context.Background(), scope.Scope{Tenant: "t1", Actor: who, Role: role, Purpose: scope.Treatment})
}

// by is a peer.
func by(who string) context.Context { return actor(who, access.Peer) }

func blueSelf() context.Context { return actor("blue-account", access.Participant) }

func (w *shelf) id() string { return id.New(w.clk.Now()) }

func (w *shelf) story(card string) CardStory {
	w.Helper()
	s, err := w.c.Story(by("rosa"), card)
	w.must(err)
	return s
}

// words are a version of a card, with a title of its own.
func (w *shelf) words(card, title string) Edition {
	return Edition{Row: w.id(), Card: card, Kind: CardCare, TitleEN: title, BodyEN: "Sit down.\nBreathe out.", Sources: "Rosa, who was there."}
}
