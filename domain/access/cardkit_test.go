package access

import (
	"context"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/fold"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// walked makes people for whom cards are made: a person is a key and nothing else, and
// whoever is signed in is near to all of them but those far.
type walked struct {
	*world
	own map[ref.Person]Owner
	far ref.Person
	one map[ref.Person]ref.Person // records that were joined, and the one they were joined to
}

func (w *world) walked() *walked {
	out := &walked{world: w, own: map[ref.Person]Owner{}, one: map[ref.Person]ref.Person{}}
	w.hasher.create = func(words string) (string, error) { return "hash of " + words, nil }
	w.Persons = Persons{
		May: func(tx *db.Tx, action string, p ref.Person) error {
			near := "yes"
			if p == out.far {
				near = "no"
			}
			return w.Allow(tx, action, Resource{Kind: "Person", ID: string(p), Attrs: map[string]string{"near": near}})
		},
		Known: func(tx *db.Tx, p ref.Person) (string, []string, error) { return "Wren Demo", []string{"es"}, nil },
		Own: func(_ *db.Tx, p ref.Person) (all []Owner, _ error) {
			for _, of := range []ref.Person{out.one[p], p} {
				if o, ok := out.own[of]; ok {
					all = append(all, o)
				}
			}
			return all, nil
		},
		Tie: func(_ *db.Tx, o Owner) error {
			out.own[o.Person] = o
			return nil
		},
	}
	return out
}

func (w *walked) person(org string) ref.Person {
	w.Helper()
	s, err := w.vault.NewSubject(org)
	w.must(err)
	return ref.Person(s)
}

func (w *walked) at(org string) context.Context {
	return scope.With(w.Context(), Operator(org, "root"))
}

// card makes a card in an organisation.
func (w *walked) card(org string, p ref.Person, alias, lang string) GivenCard {
	w.Helper()
	w.clk.Add(aWhile)
	c, err := w.GiveCard(w.at(org), p, CardAsk{alias, lang}, id.New(w.clk.Now()))
	w.must(err)
	return c
}

func (w *walked) enter(alias, words string) (Arrival, error) {
	return w.SignInByCard(w.Context(), TypedCard{alias, words}, Device{Net: id.New(w.clk.Now())})
}

func said(c GivenCard) string { return strings.Join(c.Words, " ") }

// secret fails when what stands on a card stands in the database or the log.
func (w *walked) secret(c GivenCard) {
	w.Helper()
	for _, text := range append([]string{c.Alias, fold.Letters(said(c)), fold.Letters(c.Alias)}, said(c)) {
		if n := w.count(`SELECT COUNT(*) FROM access_card WHERE alias = $1 OR words = $1 OR found_by = $1 OR act = $1`, []byte(text)); n != 0 {
			w.Errorf("%q stands in the table", text)
		}
		if n := w.count(`SELECT COUNT(*) FROM access_attempt WHERE who = $1`, []byte(text)); n != 0 {
			w.Errorf("%q stands in the table of tries", text)
		}
		if strings.Contains(w.log.String(), text) {
			w.Errorf("%q stands in the log", text)
		}
	}
}
