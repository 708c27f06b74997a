package engagement

import (
	"context"
	"slices"

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
	Contacts []Noted // newest first
	Limits   Limits
	MayText  bool              // a text may go from the programme’s number
	Fates    map[string]string // how the last texts fared
}

// With reads one person for whoever walks with them. Anyone else is NotFound.
func (s *Service) With(ctx context.Context, person ref.Person) (Companionship, error) {
	var out Companionship
	err := s.see(ctx, "engagement.see", person, func(tx *db.Tx) (err error) {
		out, err = s.companionship(tx, person)
		return err
	})
	return out, errs.Wrap("engagement: with", err)
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

func (s *Service) companionship(tx *db.Tx, person ref.Person) (Companionship, error) {
	var c Companionship
	var err error
	if c.Person, err = s.People.Find(tx, person); err != nil {
		return c, err
	}
	if c.Walks, err = s.with(tx, person); err != nil {
		return c, err
	}
	if c.Contacts, err = s.readContacts(tx, person); err != nil {
		return c, err
	}
	if c.Limits, err = s.limits(tx); err != nil {
		return c, err
	}
	if c.Standing, err = s.standings.Get(tx, person); err != nil && !errs.Is(err, errs.NotFound) {
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

func (s *Service) readContacts(tx *db.Tx, person ref.Person) ([]Noted, error) {
	rows, err := s.contacts.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY started_at DESC, contact DESC LIMIT 40", person)
	if err != nil {
		return nil, err
	}
	over, err := s.replaced(tx, person)
	if err != nil {
		return nil, err
	}
	out := make([]Noted, len(rows))
	for i, c := range rows {
		out[i].Contact = c
		for _, by := range over[string(c.ID)] {
			out[i].By = append(out[i].By, ref.Contact(by))
		}
	}
	markApart(out)
	return out, nil
}

// markApart marks the contacts that stand and claim the same place.
func markApart(all []Noted) {
	claims := map[string][]int{}
	for i, n := range all {
		if len(n.By) > 0 {
			continue
		}
		claims["as "+n.SentAs] = append(claims["as "+n.SentAs], i)
		for _, old := range n.corrects() {
			claims["of "+old] = append(claims["of "+old], i)
		}
	}
	for _, who := range claims {
		for _, i := range who {
			all[i].Apart = all[i].Apart || len(who) > 1
		}
	}
}

// contact finds one of a person's contacts among those that were read.
func (c Companionship) contact(which ref.Contact) (Noted, bool) {
	for _, n := range c.Contacts {
		if n.ID == which {
			return n, true
		}
	}
	return Noted{}, false
}

// OneContact is one contact with those that have to do with it.
type OneContact struct {
	Companionship
	One    Noted
	Beside []Noted // stand beside it: sent under the same id, or correct the same one
	Before []Noted // what it corrects
}

// Contact reads one contact of a person for whoever walks with them.
func (s *Service) Contact(ctx context.Context, person ref.Person, which ref.Contact) (OneContact, error) {
	var out OneContact
	err := s.see(ctx, "engagement.see", person, func(tx *db.Tx) error {
		c, err := s.companionship(tx, person)
		if err != nil {
			return err
		}
		one, ok := c.contact(which)
		if !ok {
			return absent("contact")
		}
		out = OneContact{Companionship: c, One: one}
		for _, n := range c.Contacts {
			switch {
			case n.ID == one.ID:
			case slices.Contains(one.corrects(), string(n.ID)):
				out.Before = append(out.Before, n)
			case one.Apart && n.Apart && n.besides(one):
				out.Beside = append(out.Beside, n)
			}
		}
		return nil
	})
	return out, errs.Wrap("engagement: contact", err)
}

// besides reports whether two that stand claim the same place.
func (n Noted) besides(other Noted) bool {
	return n.SentAs == other.SentAs ||
		slices.ContainsFunc(n.corrects(), func(old string) bool { return slices.Contains(other.corrects(), old) })
}
