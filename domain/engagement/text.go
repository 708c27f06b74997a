package engagement

import (
	"context"
	"slices"
	"strings"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

// A text from the programme's number is a contact like any other: an attempt, by
// text, with the words as its note. So it stays with the person when another
// peer walks with them. The gate asks for the words when they go.

// mostText is how long a text may be: what two messages of a telephone hold.
const mostText = 300

// usefulText is how long a text is still sent that could not go at once. Later,
// what it says may not be so any more.
const usefulText = 2 * time.Hour

const textPrefix = "text/"

// Text sends a person words of the peer's own from the programme's number, and
// keeps them as a contact. SentAs is the id of the form: twice is once. It goes
// only to who chose texts and has a number: otherwise Invalid, in words, and so
// while texts may not leave the building.
func (s *Service) Text(ctx context.Context, person ref.Person, sentAs, words string) error {
	words = strings.TrimSpace(words)
	if n := len([]rune(words)); n == 0 || n > mostText {
		return refuse("words", "engagement.error.text")
	}
	err := s.write(ctx, func(tx *db.Tx) error {
		if err := s.mayWith(tx, "engagement.note", person); err != nil {
			return err
		}
		if err := s.mayText(tx, person); err != nil {
			return err
		}
		c := Contact{SentAs: sentAs, Person: person, Way: Text, Note: words}
		k, err := s.noted().put(tx, s.signed(tx, c))
		if err != nil {
			return err
		}
		if k.Fate == apart {
			return errs.New(errs.Invalid, "engagement: other words under one id", "error.old-form")
		}
		if k.New {
			err = s.queueText(tx, k.Row)
		}
		if err != nil {
			return err
		}
		return audit.Record(tx, k.leaf("engagement.text", "engagement_contact/"+string(k.Row.ID)), string(person))
	})
	return errs.Wrap("engagement: text", err)
}

func (s *Service) queueText(tx *db.Tx, c Contact) error {
	if err := s.after(tx, c); err != nil {
		return err
	}
	return s.Gate.SendTyped(tx, textPrefix+string(c.ID), string(c.Person), usefulText)
}

// mayText refuses, in words, where a text may not go.
func (s *Service) mayText(tx *db.Tx, person ref.Person) error {
	p, err := s.People.Find(tx, person)
	if err != nil {
		return err
	}
	open, err := s.Gate.CanText(tx)
	switch {
	case err != nil:
		return err
	case !p.Texts:
		return refuse("words", "engagement.error.no-text")
	case p.Phone == "":
		return refuse("words", "engagement.error.no-number")
	case !open:
		return refuse("words", "engagement.error.texts-shut")
	}
	return nil
}

// texting fills in whether a text may go to a person, and how the last fared.
func (s *Service) texting(tx *db.Tx, c *Companionship) error {
	if !c.Person.Texts || c.Person.Phone == "" {
		return nil
	}
	var err error
	if c.MayText, err = s.Gate.CanText(tx); err != nil {
		return err
	}
	c.Fates, err = notify.Fates(tx, string(c.Person.ID))
	return err
}

// fate is the key of the words for how a text fared; "" where it went, or where
// nothing is known.
func (c Companionship) fate(n Contact) string {
	switch c.Fates[textPrefix+string(n.ID)] {
	case "", notify.Sent:
		return ""
	case notify.Waiting, notify.Trying:
		return "engagement.text.waits"
	case notify.Unsure:
		return "engagement.text.unsure"
	}
	return "engagement.text.not-out"
}

// Typed is what the gate asks for when a text goes: the words, and the number
// that the person has now. One who wants no texts any more gets none, and what
// was typed by someone who may not write to the person any more does not go.
func (s *Service) Typed(tx *db.Tx, key string) (notify.Typed, error) {
	if which, back := strings.CutPrefix(key, inPrefix); back {
		t, err := s.typedBack(tx, which)
		return t, errs.Wrap("engagement: typed back", err)
	}
	which, ok := strings.CutPrefix(key, textPrefix)
	if !ok {
		return notify.Typed{}, absent("words of another")
	}
	c, err := s.contacts.Get(tx, which)
	if err != nil {
		return notify.Typed{}, errs.Wrap("engagement: typed", err)
	}
	p, err := s.People.Find(tx, c.Person)
	if err == nil {
		err = s.stillWrites(tx, c)
	}
	if err == nil {
		err = audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.text", Record: "engagement_contact/" + string(c.ID)}, string(c.Person))
	}
	if err == nil && (!p.Texts || p.Phone == "") {
		err = absent("texts are not wanted")
	}
	return notify.Typed{To: p.Phone, Words: c.Note}, errs.Wrap("engagement: typed", err)
}

// stillWrites answers NotFound when who typed a text may not write to the person
// any more: their role was taken away, they do not walk together now, or the person
// has died.
func (s *Service) stillWrites(tx *db.Tx, c Contact) error {
	died, err := s.Died(tx, c.Person)
	if err == nil && died {
		tx.Settle(string(c.Person))
		err = absent("they have died")
	}
	if err != nil {
		return err
	}
	supervisors, err := s.Staff(tx, access.Supervisor)
	if err != nil || slices.Contains(supervisors, c.Peer) {
		return err
	}
	peers, err := s.Staff(tx, access.Peer)
	if err != nil {
		return err
	}
	together, err := s.together(tx, c.Person, c.Peer)
	if err == nil && !(together && slices.Contains(peers, c.Peer)) {
		tx.Settle(string(c.Person))
		err = absent("who typed it may not any more")
	}
	return err
}
