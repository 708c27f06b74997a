package bridge

import (
	"context"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Gift is a card that was given to a person: it stands on their own page until
// they put it away. Which card it is says much about them, so that is sealed.
// Whether they read it is not kept.
type Gift struct {
	ID      ref.Gift
	Person  ref.Person
	Card    string // sealed
	Title   string // sealed; as it was called when it was given
	Number  int64  // the version it was then
	GivenBy string
	GivenAt time.Time
	GoneAt  time.Time // put away by the person
	Version int64
}

// Gifts says what that record holds.
func Gifts() *field.Record[Gift] {
	return field.Define("bridge_gift",
		field.Keys[Gift]{
			ID: []string{"gift"}, Title: i18n.Text{EN: "Cards you were given", ES: "Tarjetas que le dieron", AR: "بطاقات أُعطيت لك"},
			Subject: func(g *Gift) string { return string(g.Person) },
		},
		field.Field[Gift]{Column: "gift", Kind: field.Ref, At: func(g *Gift) any { return &g.ID }},
		field.Field[Gift]{Column: "person", Kind: field.Ref, At: func(g *Gift) any { return &g.Person }},
		field.Field[Gift]{Column: "card", Kind: field.Ref, Sealed: true, At: func(g *Gift) any { return &g.Card }},
		field.Field[Gift]{
			Column: "title", Kind: field.Text, Sealed: true, See: []string{"peer", "supervisor", "participant"},
			Label: i18n.Text{EN: "The card", ES: "La tarjeta", AR: "البطاقة"},
			At:    func(g *Gift) any { return &g.Title },
		},
		field.Field[Gift]{
			Column: "number", Kind: field.Number, Label: i18n.Text{EN: "Its version", ES: "Su versión", AR: "نسختها"},
			At: func(g *Gift) any { return &g.Number },
		},
		field.Field[Gift]{Column: "given_by", Kind: field.Ref, At: func(g *Gift) any { return &g.GivenBy }},
		field.Field[Gift]{
			Column: "given_at", Kind: field.Instant, Label: i18n.Text{EN: "Given", ES: "Dada", AR: "أُعطيت"},
			At: func(g *Gift) any { return &g.GivenAt },
		},
		field.Field[Gift]{
			Column: "gone_at", Kind: field.Instant, Label: i18n.Text{EN: "Put away", ES: "Guardada", AR: "وُضعت جانبا"},
			At: func(g *Gift) any { return &g.GoneAt },
		},
		field.Field[Gift]{Column: "version", Kind: field.Version, At: func(g *Gift) any { return &g.Version }},
	)
}

// to decides whether someone may come to the cards of a person, and answers
// whose they are.
func (c *Cards) to(tx *db.Tx, d Door) (ref.Person, error) {
	if d.Own {
		if err := c.maySee(tx, true); err != nil {
			return "", err
		}
		return c.Self(tx)
	}
	together, err := c.Walks(tx, me(tx), d.Person)
	if err != nil {
		return "", err
	}
	attrs := map[string]string{"walks": "no"}
	if together {
		attrs["walks"] = "yes"
	}
	return d.Person, c.Allow(tx, "card.give", access.Resource{Kind: "Person", ID: string(d.Person), Attrs: attrs})
}

// Give puts a card on a person's own page. g needs an ID, that of the form, and
// a Card: the same form twice is one gift, with another card it is a Conflict.
// lang is the one its title is kept in. tell asks for a word by the way that the
// person chose; who chose none is told nothing.
func (c *Cards) Give(ctx context.Context, d Door, g Gift, lang i18n.Lang, tell bool) error {
	err := c.DB.Write(ctx, func(tx *db.Tx) error {
		person, err := c.to(tx, d)
		if err != nil {
			return err
		}
		have, err := c.gifts.Get(tx, g.ID)
		switch {
		case err == nil && have.Person != person:
			tx.Settle(string(have.Person))
			return absent("gift of another")
		case err == nil && have.Card != g.Card:
			tx.Settle(string(person))
			return other("another card")
		case err == nil:
			return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "card.give"}, string(person))
		case !errs.Is(err, errs.NotFound):
			return err
		}
		return c.give(tx, person, g, lang, tell)
	})
	return errs.Wrap("bridge: give a card", err)
}

func (c *Cards) give(tx *db.Tx, person ref.Person, g Gift, lang i18n.Lang, tell bool) error {
	if _, err := c.People.Find(tx, person); err != nil {
		return err
	}
	versions, err := c.versionsOf(tx, g.Card)
	switch {
	case errs.Is(err, errs.NotFound):
		return refuse("card", "error.pick-one")
	case err != nil:
		return err
	case !c.shown(versions).open():
		return refuse("card", "error.pick-one")
	}
	card := c.shown(versions)
	row := Gift{
		ID: g.ID, Person: person, Card: card.Card, Title: card.title(lang), Number: card.Number,
		GivenBy: tx.Scope().Actor, GivenAt: tx.Now(), Version: 1,
	}
	changes, err := c.gifts.Insert(tx, &row)
	if err != nil {
		return err
	}
	if tell {
		if err := c.Nudge(tx, string(row.ID), person); err != nil {
			return err
		}
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "card.give", Record: "bridge_gift/" + string(row.ID), Changes: changes}, string(person))
}

// Given are the cards that lie on a person's own page.
type Given struct {
	Person ref.Person
	Here   bool   // the account is someone's own
	Name   string // the name they use
	Gifts  []GivenCard
	Open   []Card // what can be given
	Way    bool   // they chose a way to hear of something new
}

// GivenCard is a gift with what the card says today.
type GivenCard struct {
	Gift
	Card Card
}

// changed reports whether the words are other ones than when it was given.
func (g GivenCard) changed() bool { return g.Card.Number != g.Number }

// Given reads the cards of a person. An account that is nobody's own has none.
func (c *Cards) Given(ctx context.Context, d Door) (Given, error) {
	var out Given
	err := c.DB.Write(ctx, func(tx *db.Tx) error {
		person, err := c.to(tx, d)
		if d.Own && errs.Is(err, errs.NotFound) {
			out = Given{}
			return nil
		}
		if err != nil {
			return err
		}
		if out, err = c.given(tx, person); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "card.given"}, string(person))
	})
	return out, errs.Wrap("bridge: given cards", err)
}

func (c *Cards) given(tx *db.Tx, person ref.Person) (Given, error) {
	p, err := c.People.Find(tx, person)
	if err != nil {
		return Given{}, err
	}
	out := Given{Person: person, Here: true, Name: p.Name}
	all, err := c.versions(tx)
	if err != nil {
		return out, err
	}
	rows, err := c.gifts.List(tx, "WHERE tenant = $1 AND person = $2 AND gone_at = 0 ORDER BY given_at DESC, gift LIMIT 40", person)
	for _, g := range rows {
		if versions := all[g.Card]; len(versions) > 0 {
			out.Gifts = append(out.Gifts, GivenCard{g, c.shown(versions)})
		}
	}
	if err != nil {
		return out, err
	}
	out.Open = c.openOf(all)
	out.Way, err = c.Way(tx, person)
	return out, err
}

// PutAway takes a card off a person's own page. Twice is once.
func (c *Cards) PutAway(ctx context.Context, which ref.Gift) error {
	err := c.DB.Write(ctx, func(tx *db.Tx) error {
		person, err := c.to(tx, Door{Own: true})
		if err != nil {
			return err
		}
		before, err := c.gifts.Get(tx, which)
		if err == nil && before.Person != person {
			tx.Settle(string(before.Person))
			err = absent("gift of another")
		}
		if err != nil {
			return err
		}
		after := before
		if after.GoneAt.IsZero() {
			after.GoneAt = tx.Now()
		}
		changes, err := c.gifts.Update(tx, &before, &after)
		if err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "card.put-away", Record: "bridge_gift/" + string(which), Changes: changes})
	})
	return errs.Wrap("bridge: put a card away", err)
}
