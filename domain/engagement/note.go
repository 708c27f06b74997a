package engagement

import (
	"context"
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Receipt says what became of something that was sent.
type Receipt struct {
	ID    string
	Apart bool  // something else was here under that id: both are kept, and someone decides
	Plan  *Plan // with both writings of a part, when two are kept apart
}

// Note keeps that a peer and a person were in touch, or tried. SentAs is the id
// the sender made: the same sent again, from anywhere and at any time, is the
// same contact, and another body under it is kept beside the first. A contact
// that names others in InsteadOf corrects them; they stay readable. A way that
// the person did not choose is Invalid at "way", unless they began it or said
// yes this time. Someone the peer does not walk with is NotFound.
func (s *Service) Note(ctx context.Context, c Contact) (Receipt, error) {
	var out Receipt
	err := s.write(ctx, func(tx *db.Tx) (err error) {
		out, err = s.note(tx, c)
		return err
	})
	return out, errs.Wrap("engagement: note", err)
}

func (s *Service) note(tx *db.Tx, c Contact) (Receipt, error) {
	if err := s.mayWith(tx, "engagement.note", c.Person); err != nil {
		return Receipt{}, err
	}
	return s.keep(tx, c)
}

// keep is note for who may.
func (s *Service) keep(tx *db.Tx, c Contact) (Receipt, error) {
	k, err := s.noted().put(tx, s.signed(tx, c))
	if err != nil {
		return Receipt{}, err
	}
	if k.New {
		err = s.after(tx, k.Row)
	}
	if err != nil {
		return Receipt{}, err
	}
	out := Receipt{ID: string(k.Row.ID), Apart: k.Fate == apart}
	return out, audit.Record(tx, k.leaf("engagement.note", "engagement_contact/"+string(k.Row.ID)), string(c.Person))
}

// justNow is how long ago the same words may have been saved to be taken for the
// same contact, when it lasted no longer.
const justNow = 10 * time.Minute

// NoteOnce is Note for a form whose page has no script, so that whoever goes back
// to it and saves again has another form in hand. What one peer said of one
// person, word for word, a moment ago is then the same contact; an attempt
// without a word is another one.
func (s *Service) NoteOnce(ctx context.Context, c Contact) (Receipt, error) {
	var out Receipt
	err := s.write(ctx, func(tx *db.Tx) error {
		if err := s.mayWith(tx, "engagement.note", c.Person); err != nil {
			return err
		}
		before, err := s.justNoted(tx, c)
		if err != nil {
			return err
		}
		if before == "" {
			out, err = s.keep(tx, c)
			return err
		}
		out = Receipt{ID: string(before)}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.note"}, string(c.Person))
	})
	return out, errs.Wrap("engagement: note once", err)
}

// justNoted is the contact that was saved a moment ago in these words; empty when
// there is none.
func (s *Service) justNoted(tx *db.Tx, c Contact) (ref.Contact, error) {
	if !tells(c) {
		return "", nil
	}
	sent := s.signed(tx, c)
	lasted := time.Duration(sent.Minutes) * time.Minute
	since := tx.Now().Add(-max(justNow, lasted))
	from, to := since.Add(-lasted), tx.Now()
	if !sent.StartedAt.IsZero() {
		from, to = sent.StartedAt, sent.StartedAt
	}
	list, err := s.contacts.List(tx, whereJustNoted, c.Person, sent.Peer, since, sent.Minutes, from, to)
	for i := range list {
		if sameContact(&list[i], &sent) {
			return list[i].ID, err
		}
	}
	return "", err
}

// whereJustNoted says also when it can have begun: that is what contacts lie in
// order of, so that a note costs the same however many there are of a person.
const whereJustNoted = `WHERE tenant = $1 AND person = $2 AND peer = $3 AND noted_at > $4 AND minutes = $5 AND take = 0
	AND started_at >= $6 AND started_at <= $7 ORDER BY noted_at DESC LIMIT 5`

// tells reports whether two that say the same are one: somebody was reached for a
// time, or there are words.
func tells(c Contact) bool { return c.Minutes > 0 || strings.TrimSpace(c.Note) != "" }

// leaf is the record of it: a change when something was stored, otherwise a
// look at what was there.
func (k kept[R]) leaf(action, row string) audit.Entry {
	if !k.New {
		return audit.Entry{Kind: audit.Look, Action: action, Record: row}
	}
	return audit.Entry{Kind: audit.Change, Action: action, Record: row, Changes: k.Changes}
}

// signed is a contact as it is stored: by whom, and rounded to what an instant
// on disk holds.
func (s *Service) signed(tx *db.Tx, c Contact) Contact {
	c.Peer, c.NotedAt = me(tx), tx.Now()
	c.Note = strings.TrimSpace(c.Note)
	c.InsteadOf = strings.Join(slices.Compact(slices.Sorted(slices.Values(c.corrects()))), " ")
	c.StartedAt, c.NextAt = c.StartedAt.Truncate(time.Microsecond).UTC(), c.NextAt.Truncate(time.Microsecond).UTC()
	return c
}

func (s *Service) noted() once[Contact] {
	return once[Contact]{
		rec:  s.contacts,
		mark: func(c *Contact) (string, *int64) { return c.SentAs, &c.Take },
		name: func(c *Contact, id string) { c.ID = ref.Contact(id) },
		same: sameContact,
		may:  s.mayNote,
	}
}

// sameContact compares what a sender says. When it began is left to us when the
// sender does not say.
func sameContact(have, sent *Contact) bool {
	when := sent.StartedAt.IsZero() || sent.StartedAt.Equal(have.StartedAt)
	return when && have.Person == sent.Person && have.Peer == sent.Peer && have.Way == sent.Way && have.Reached == sent.Reached &&
		have.Minutes == sent.Minutes && slices.Equal(have.About, sent.About) && have.Went == sent.Went && have.Next == sent.Next &&
		have.NextAt.Equal(sent.NextAt) && have.TheyBegan == sent.TheyBegan && have.Agreed == sent.Agreed && have.Note == sent.Note &&
		have.InsteadOf == sent.InsteadOf && have.Safe == sent.Safe
}

// after is what goes with a new contact.
func (s *Service) after(tx *db.Tx, c Contact) error {
	if err := s.takePlace(tx, c.Person, string(c.ID), c.corrects()); err != nil {
		return err
	}
	return s.fold(tx, c)
}

// The most that one contact takes, and how far ahead a next step may lie.
const (
	mostMinutes = 24 * 60
	mostAhead   = 400 * 24 * time.Hour
	clockSlack  = 10 * time.Minute // a phone's clock is not ours
)

// mayNote refuses what cannot be, and what the person did not choose.
func (s *Service) mayNote(tx *db.Tx, c *Contact) error {
	w, ok := wayOf(c.Way)
	if !ok {
		return refuse("way", "error.pick-one")
	}
	if c.Reached && w.tries {
		return refuse("way", "engagement.error.attempt")
	}
	if c.Safe && c.Went == WentWorry {
		return refuse("safe", "engagement.error.safe")
	}
	if err := s.mayTime(tx, c); err != nil {
		return err
	}
	if err := sayWhen(tx, c); err != nil {
		return err
	}
	p, err := s.People.Find(tx, c.Person)
	if err != nil {
		return err
	}
	if w.open(p) || c.TheyBegan || c.Agreed {
		return nil
	}
	if was, err := s.wentBy(tx, c); err != nil || was {
		return err
	}
	return refuse("way", w.why)
}

// wentBy reports whether a contact that this one corrects went the same way:
// what was taken once is not asked again.
func (s *Service) wentBy(tx *db.Tx, c *Contact) (bool, error) {
	for _, old := range c.corrects() {
		var n int64
		err := tx.Row("SELECT COUNT(*) FROM engagement_contact WHERE tenant = $1 AND contact = $2 AND person = $3 AND way = $4", old, c.Person, c.Way).Scan(&n)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

func (s *Service) mayTime(tx *db.Tx, c *Contact) error {
	if c.StartedAt.IsZero() {
		c.StartedAt = tx.Now().Add(-time.Duration(c.Minutes) * time.Minute)
	}
	switch {
	case c.Minutes < 0 || c.Minutes > mostMinutes || c.Reached == (c.Minutes == 0):
		return refuse("minutes", "engagement.error.minutes")
	case c.StartedAt.After(tx.Now().Add(clockSlack)):
		return refuse("started_at", "engagement.error.ahead")
	case !c.NextAt.IsZero() && (c.Next == "" || c.NextAt.After(tx.Now().Add(mostAhead))):
		return refuse("next_at", "engagement.error.next")
	}
	return s.mayNext(tx, c)
}

// mayNext refuses a next step on a day before the contact's own.
func (s *Service) mayNext(tx *db.Tx, c *Contact) error {
	if c.NextAt.IsZero() || c.NextAt.After(c.StartedAt) {
		return nil
	}
	zone, err := s.Zone(tx)
	if err == nil && c.NextAt.In(zone).Format(time.DateOnly) < c.StartedAt.In(zone).Format(time.DateOnly) {
		err = refuse("next_at", "engagement.error.next-past")
	}
	return err
}
