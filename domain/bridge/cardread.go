package bridge

import (
	"context"
	"slices"
	"strings"

	"alongside/domain/access"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
)

// CardDeps are what cards need besides what the bridge has. All are required.
type CardDeps struct {
	// Way reports whether a person chose a way to hear of something new.
	Way func(tx *db.Tx, person ref.Person) (bool, error)
	// Nudge tells a person by that way, and in no other, that there is something
	// new, without a word of what. The same key is told once.
	Nudge func(tx *db.Tx, key string, person ref.Person) error
}

// Cards does what can be done with cards in plain words.
type Cards struct {
	*Service
	CardDeps
	editions *field.Record[Edition]
	gifts    *field.Record[Gift]
	starters []Starter
}

// NewCards returns the service. A starter set that cannot be read is a fault of
// the program.
func NewCards(s *Service, d CardDeps) (*Cards, error) {
	starters, err := Starters()
	return &Cards{Service: s, CardDeps: d, editions: Editions(), gifts: Gifts(), starters: starters}, errs.Wrap("bridge: cards", err)
}

// Card is a card as it is shown: the newest version that a second person has
// read, or else the words that came with the program. A card of the
// organisation's own that nobody has read yet shows its newest words, to those
// who work here.
type Card struct {
	Edition
	Newer   int64   // a newer version that waits for a second reader; 0: none
	Newest  int64   // the number of the newest version
	Country string  // where alone it holds; "" anywhere
	Came    Edition // the words that came with the program; empty for a card of the organisation's own
}

// open reports whether people may be shown it: it was read here, or it came
// with the program and says that it was not.
func (c Card) open() bool { return c.reviewed() || c.Number == 0 }

// cardOf finds what is shown among the versions of one card, oldest first.
func cardOf(versions []Edition) Card {
	newest := versions[len(versions)-1]
	at := len(versions) - 1
	for at >= 0 && !versions[at].reviewed() {
		at--
	}
	switch {
	case at >= 0:
	case versions[0].Number == 0:
		at = 0
	default:
		at = len(versions) - 1
	}
	c := Card{Edition: versions[at], Newest: newest.Number}
	if newest.Number > c.Number {
		c.Newer = newest.Number
	}
	return c
}

// versions are those of every card, oldest first, the words that came with the
// program among them.
func (c *Cards) versions(tx *db.Tx) (map[string][]Edition, error) {
	out := map[string][]Edition{}
	for _, s := range c.starters {
		out[s.ID] = []Edition{s.edition()}
	}
	rows, err := c.editions.List(tx, "WHERE tenant = $1 ORDER BY card, number")
	for _, e := range rows {
		out[e.Card] = append(out[e.Card], e)
	}
	return out, err
}

// versionsOf are those of one card; none is NotFound.
func (c *Cards) versionsOf(tx *db.Tx, card string) ([]Edition, error) {
	var out []Edition
	if s, ok := c.starter(card); ok {
		out = append(out, s.edition())
	}
	rows, err := c.editions.List(tx, "WHERE tenant = $1 AND card = $2 ORDER BY number", card)
	if err != nil {
		return nil, err
	}
	if out = append(out, rows...); len(out) == 0 {
		return nil, absent("card")
	}
	return out, nil
}

func (c *Cards) starter(card string) (Starter, bool) {
	i := slices.IndexFunc(c.starters, func(s Starter) bool { return s.ID == card })
	if i < 0 {
		return Starter{}, false
	}
	return c.starters[i], true
}

func (c *Cards) shown(versions []Edition) Card {
	out := cardOf(versions)
	if s, ok := c.starter(out.Card); ok {
		out.Country, out.Came = s.Country, s.edition()
	}
	return out
}

// look lets whoever works with people, or a participant, read cards. They are
// about nobody.
func (c *Cards) look(ctx context.Context, own bool, read func(tx *db.Tx) error) error {
	return c.DB.Read(ctx, func(tx *db.Tx) error {
		if err := c.maySee(tx, own); err != nil {
			return err
		}
		return read(tx)
	})
}

func (c *Cards) maySee(tx *db.Tx, own bool) error {
	if own {
		return c.Allow(tx, "card.own", access.Own(tx.Scope().Actor))
	}
	return c.Allow(tx, "card.see", access.Resource{})
}

// Wanted narrows a list of cards.
type Wanted struct {
	Word string // stands in the title, in any language
	Kind string // "" for every kind
}

func (w Wanted) fits(c Card) bool {
	all := people.Fold(c.TitleEN + " " + c.TitleES + " " + c.TitleAR)
	return (w.Kind == "" || w.Kind == c.Kind) && strings.Contains(all, people.Fold(w.Word))
}

// List lists the cards, by kind and id. A participant sees those that are open.
func (c *Cards) List(ctx context.Context, own bool, w Wanted) ([]Card, error) {
	var out []Card
	err := c.look(ctx, own, func(tx *db.Tx) error {
		all, err := c.versions(tx)
		if err != nil {
			return err
		}
		out = nil
		for _, versions := range all {
			if card := c.shown(versions); w.fits(card) && (card.open() || !own) {
				out = append(out, card)
			}
		}
		slices.SortFunc(out, inOrder)
		return nil
	})
	return out, errs.Wrap("bridge: list cards", err)
}

// Writes reports whether whoever is in the scope writes cards.
func (c *Cards) Writes(ctx context.Context) (ok bool, err error) {
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		ok = c.Allow(tx, "card.write", access.Resource{}) == nil
		return nil
	})
	return ok, errs.Wrap("bridge: who writes cards", err)
}

// openOf are the cards that people may be shown, by kind and id.
func (c *Cards) openOf(all map[string][]Edition) []Card {
	var out []Card
	for _, versions := range all {
		if card := c.shown(versions); card.open() {
			out = append(out, card)
		}
	}
	slices.SortFunc(out, inOrder)
	return out
}

func inOrder(a, b Card) int { return strings.Compare(a.Kind+" "+a.Card, b.Kind+" "+b.Card) }

// One reads what is shown of a card.
func (c *Cards) One(ctx context.Context, own bool, card string) (Card, error) {
	var out Card
	err := c.look(ctx, own, func(tx *db.Tx) error {
		versions, err := c.versionsOf(tx, card)
		if err != nil {
			return err
		}
		if out = c.shown(versions); own && !out.open() {
			return absent("card that nobody has read yet")
		}
		return nil
	})
	return out, errs.Wrap("bridge: card", err)
}

// CardStory is a card with every version of it.
type CardStory struct {
	Card
	Versions []Edition // oldest first
	Names    map[ref.Account]string
	Sources  []Source // what came with the program says of its sources
	Mine     string   // whose eyes read this: an account
	Writes   bool     // and whether they write cards
}

// Story reads a card with its versions, for those who work with people.
func (c *Cards) Story(ctx context.Context, card string) (CardStory, error) {
	var out CardStory
	err := c.look(ctx, false, func(tx *db.Tx) error {
		versions, err := c.versionsOf(tx, card)
		if err != nil {
			return err
		}
		s, _ := c.starter(card)
		out = CardStory{Card: c.shown(versions), Versions: versions, Sources: s.Sources, Mine: tx.Scope().Actor, Writes: c.Allow(tx, "card.write", access.Resource{}) == nil}
		out.Names, err = c.Names(tx, workers(versions))
		return err
	})
	return out, errs.Wrap("bridge: card's story", err)
}

// version finds one version of the card.
func (s CardStory) version(number int64) (Edition, bool) {
	i := slices.IndexFunc(s.Versions, func(e Edition) bool { return e.Number == number })
	if i < 0 {
		return Edition{}, false
	}
	return s.Versions[i], true
}

// mayReview reports whether the reader can say of a version that they read it:
// it is the newest, nobody has, and somebody else wrote it.
func (s CardStory) mayReview(e Edition) bool {
	return e.Number == s.Newest && !e.reviewed() && e.WrittenBy != s.Mine
}

func workers(versions []Edition) []ref.Account {
	var out []ref.Account
	for _, e := range versions {
		for _, who := range []string{e.WrittenBy, e.ReviewedBy} {
			if who != "" {
				out = append(out, ref.Account(who))
			}
		}
	}
	return out
}
