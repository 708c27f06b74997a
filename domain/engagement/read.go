package engagement

import (
	"cmp"
	"context"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Noted is a contact as it is read: with what took its place, if anything did.
type Noted struct {
	Contact
	By    []ref.Contact // the contacts that correct it
	Apart bool          // it stands beside another; someone decides
}

// Companionship is a person as those who walk with them see them.
type Companionship struct {
	Person   people.Person
	Walks    []Walk
	Names    map[ref.Account]string
	Standing Standing
	Contacts []Noted // newest first, at most a page of them
	Earlier  bool    // there are contacts before these
	Limits   Limits
	Rests    bool              // the plan may be on the phone of whoever looks
	MayText  bool              // a text may go from the programme’s number
	Fates    map[string]string // how the last texts fared
}

// With reads one person for whoever walks with them. Anyone else is NotFound.
func (s *Service) With(ctx context.Context, person ref.Person) (Companionship, error) {
	c, err := s.readStory(ctx, person, func(tx *db.Tx) ([]Contact, error) {
		return s.contacts.List(tx, whereStory+orderStory, person)
	})
	return c, errs.Wrap("engagement: with", err)
}

// Before is With, with what was done together before one of the contacts; a
// contact of someone else, or of nobody, is NotFound.
func (s *Service) Before(ctx context.Context, person ref.Person, which ref.Contact) (Companionship, error) {
	c, err := s.readStory(ctx, person, func(tx *db.Tx) ([]Contact, error) {
		var at time.Time
		err := tx.Row("SELECT started_at FROM engagement_contact WHERE tenant = $1 AND person = $2 AND contact = $3", person, which).Scan(&at)
		if err != nil {
			return nil, err
		}
		return s.contacts.List(tx, whereStory+whereBefore+orderStory, person, at, which)
	})
	return c, errs.Wrap("engagement: before", err)
}

// storyPage is how many contacts stand on one page; one more is read, to know
// whether there are earlier ones.
const (
	storyPage   = 40
	whereStory  = "WHERE tenant = $1 AND person = $2 "
	whereBefore = "AND started_at <= $3 AND (started_at < $3 OR contact < $4) "
	orderStory  = "ORDER BY started_at DESC, contact DESC LIMIT 41"
)

func (s *Service) readStory(ctx context.Context, person ref.Person, list func(*db.Tx) ([]Contact, error)) (Companionship, error) {
	var out Companionship
	err := s.see(ctx, "engagement.see", person, func(tx *db.Tx) error {
		rows, err := list(tx)
		if err != nil {
			return err
		}
		if out, err = s.companionship(tx, person, rows[:min(len(rows), storyPage)]); err == nil {
			out.Earlier = len(rows) > storyPage
		}
		return err
	})
	return out, err
}

// see asks policy, reads, and records the look.
func (s *Service) see(ctx context.Context, action string, person ref.Person, read func(*db.Tx) error) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.mayWith(tx, action, person); err != nil {
			return err
		}
		if err := read(tx); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: action}, string(person))
	})
}

// companionship is how someone is walked with, and these of their contacts.
func (s *Service) companionship(tx *db.Tx, person ref.Person, rows []Contact) (Companionship, error) {
	var c Companionship
	var err error
	if c.Person, err = s.People.Find(tx, person); err != nil {
		return c, err
	}
	if c.Walks, err = s.with(tx, person); err != nil {
		return c, err
	}
	if c.Limits, err = s.limits(tx); err != nil {
		return c, err
	}
	if c.Rests, err = s.rests(tx, person, c.Walks); err != nil {
		return c, err
	}
	if c.Standing, err = s.standings.Get(tx, person); err != nil && !errs.Is(err, errs.NotFound) {
		return c, err
	}
	if c.Contacts, err = s.marked(tx, c.Standing, rows); err != nil {
		return c, err
	}
	if err := s.texting(tx, &c); err != nil {
		return c, err
	}
	c.Names, err = s.Names(tx, c.workers())
	return c, err
}

// workers are the accounts whose names the page shows.
func (c Companionship) workers() []ref.Account {
	var out []ref.Account
	for _, w := range c.Walks {
		out = append(out, w.Peer)
	}
	for _, n := range c.Contacts {
		if n.Peer != "" {
			out = append(out, n.Peer)
		}
	}
	return out
}

// marked says of contacts what took their place, and which stand apart.
func (s *Service) marked(tx *db.Tx, st Standing, rows []Contact) ([]Noted, error) {
	out := make([]Noted, len(rows))
	if len(rows) == 0 {
		return out, nil
	}
	over, err := s.replaced(tx, rows[0].Person)
	if err != nil {
		return nil, err
	}
	apart, err := apartOf(tx, st)
	for i, c := range rows {
		out[i] = Noted{Contact: c, Apart: apart[c.ID]}
		for _, by := range over[string(c.ID)] {
			out[i].By = append(out[i].By, ref.Contact(by))
		}
	}
	return out, err
}

// OneContact is one contact with those that have to do with it.
type OneContact struct {
	Companionship
	One    Noted
	Beside []Noted // stand beside it: sent under the same id, or correct the same one
	Before []Noted // what it corrects
}

// Contact reads one contact of a person for whoever walks with them, however long
// ago it was.
func (s *Service) Contact(ctx context.Context, person ref.Person, which ref.Contact) (OneContact, error) {
	var out OneContact
	err := s.see(ctx, "engagement.see", person, func(tx *db.Tx) error {
		rows, err := s.around(tx, person, which)
		if err != nil {
			return err
		}
		c, err := s.companionship(tx, person, rows)
		out = OneContact{Companionship: c}.of(which)
		return err
	})
	return out, errs.Wrap("engagement: contact", err)
}

// of puts the contacts where they belong beside one of them.
func (c OneContact) of(which ref.Contact) OneContact {
	for _, n := range c.Contacts {
		if n.ID == which {
			c.One = n
		}
	}
	for _, n := range c.Contacts {
		switch {
		case n.ID == which:
		case slices.Contains(c.One.corrects(), string(n.ID)):
			c.Before = append(c.Before, n)
		case c.One.Apart && n.Apart && n.besides(c.One):
			c.Beside = append(c.Beside, n)
		}
	}
	return c
}

// around reads one contact and those that have to do with it, the newest first.
func (s *Service) around(tx *db.Tx, person ref.Person, which ref.Contact) ([]Contact, error) {
	one, err := s.contacts.Get(tx, which)
	if err != nil {
		return nil, err
	}
	if one.Person != person {
		return nil, absent("contact")
	}
	rows, err := s.contacts.List(tx, whereStory+"AND sent_as = $3", person, one.SentAs)
	if err != nil {
		return nil, err
	}
	over, err := s.replaced(tx, person)
	for _, old := range one.corrects() {
		for _, id := range append(over[old], old) {
			if err == nil && !slices.ContainsFunc(rows, func(c Contact) bool { return string(c.ID) == id }) {
				rows, err = s.alsoRead(tx, rows, person, id)
			}
		}
	}
	slices.SortFunc(rows, func(a, b Contact) int {
		return cmp.Or(b.StartedAt.Compare(a.StartedAt), cmp.Compare(b.ID, a.ID))
	})
	return rows, err
}

// alsoRead adds a contact that may not have arrived yet.
func (s *Service) alsoRead(tx *db.Tx, rows []Contact, person ref.Person, id string) ([]Contact, error) {
	more, err := s.contacts.List(tx, whereStory+"AND contact = $3", person, id)
	return append(rows, more...), err
}

// besides reports whether two that stand claim the same place.
func (n Noted) besides(other Noted) bool {
	return n.SentAs == other.SentAs ||
		slices.ContainsFunc(n.corrects(), func(old string) bool { return slices.Contains(other.corrects(), old) })
}
