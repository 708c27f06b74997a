package disclose

import (
	"slices"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/scope"
)

// Emergency is what whoever breaks the glass says, all of it required but the
// recipient's id: 42 CFR 2.51(c) wants the receiving person and their facility,
// who told, when, and the nature of the emergency written down at once.
type Emergency struct {
	ID        ref.Disclosure // the form's; empty draws one
	Person    ref.Person
	Recipient ref.Recipient // empty when they are nobody on the list
	ToWhom    string        // the medical person who is told, by name
	Facility  string
	Nature    string
	Unable    string // why the person cannot be asked
	Way       string
	Items     []Item
}

// BreakGlass tells medical personnel what they need in a bona fide emergency in
// which the person cannot be asked. No consent is needed and no hold stops it.
// It waits for a second person to look at it, and the person is told. The same
// form twice is told once; with other words it is a Conflict.
func (s *Service) BreakGlass(tx *db.Tx, e Emergency) (Told, error) {
	if err := e.check(); err != nil {
		return Told{}, err
	}
	if have, err := s.disclosures.Get(tx, e.ID); err == nil {
		return Told{ID: have.ID, Items: e.Items}, e.again(tx, have)
	} else if !errs.Is(err, errs.NotFound) {
		return Told{}, errs.Wrap("disclose: emergency", err)
	}
	row, err := s.write(tx, Disclosure{
		ID: e.ID, Person: e.Person, Recipient: e.Recipient, ToWhom: e.ToWhom, Facility: e.Facility, Nature: e.Nature, Unable: e.Unable,
		Way: e.Way, What: kindsOf(e.Items), Purpose: scope.Emergency, Basis: ByEmergency,
	})
	return Told{ID: row.ID, Items: e.Items}, errs.Wrap("disclose: emergency", err)
}

// again answers a form that comes a second time.
func (e Emergency) again(tx *db.Tx, have Disclosure) error {
	same := have.Person == e.Person && have.By == tx.Scope().Actor && have.Basis == ByEmergency && have.Recipient == e.Recipient &&
		have.ToWhom == e.ToWhom && have.Facility == e.Facility && have.Nature == e.Nature && have.Unable == e.Unable && slices.Equal(have.What, kindsOf(e.Items))
	return sentAgain(tx, same, "disclose.glass", string(have.Person))
}

// sentAgain answers a form that was taken before. What has the same words is one
// and the same; other words are a Conflict, and app keeps them for their writer.
func sentAgain(tx *db.Tx, same bool, action string, subjects ...string) error {
	if !same {
		tx.Settle(subjects...)
		return errs.New(errs.Conflict, "disclose: other words under one form", "error.old-form")
	}
	return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: action, Subjects: subjects})
}

func (e Emergency) check() error {
	for _, f := range []struct{ place, value, say string }{
		{"to_whom", e.ToWhom, "disclose.needs-whom"},
		{"facility", e.Facility, "disclose.needs-facility"},
		{"nature", e.Nature, "disclose.needs-nature"},
		{"unable", e.Unable, "disclose.needs-unable"},
	} {
		if f.value == "" {
			return &errs.Error{Kind: errs.Invalid, Op: "disclose: emergency", Place: f.place, Say: f.say}
		}
	}
	switch {
	case !field.Offered(Ways(), e.Way):
		return errs.At("disclose: emergency", "way", "error.pick-one")
	case len(e.Items) == 0:
		return errs.At("disclose: emergency", "what", "disclose.needs-what")
	}
	return nil
}

// Unreviewed lists the emergencies that no second person has looked at, oldest
// first, and records the look at each.
func (s *Service) Unreviewed(tx *db.Tx) ([]Disclosure, error) {
	return s.emergencies(tx, "AND reviewed_at = 0")
}

// Untold lists the emergencies that were looked at and that the person does not know of,
// oldest first, and records the look at each. Who has no page of their own is told in words.
// Who left cannot be told any more.
func (s *Service) Untold(tx *db.Tx) ([]Disclosure, error) {
	list, err := s.emergencies(tx, "AND reviewed_at > 0 AND known_at = 0")
	return slices.DeleteFunc(list, func(d Disclosure) bool { return d.ToWhom == field.Erased }), err
}

func (s *Service) emergencies(tx *db.Tx, which string) ([]Disclosure, error) {
	list, err := s.disclosures.List(tx, "WHERE tenant = $1 AND basis = 'emergency' "+which+" ORDER BY told_at, disclosure LIMIT 200")
	if err != nil || len(list) == 0 {
		return list, errs.Wrap("disclose: emergencies", err)
	}
	e := audit.Entry{Kind: audit.Look, Action: "disclose.unreviewed"}
	for _, d := range list {
		e.Subjects = append(e.Subjects, string(d.Person))
	}
	return list, audit.Write(tx, e)
}

// Review records what a second person found of an emergency. Whoever broke the
// glass cannot review it: that is a Conflict, and so is a second review.
func (s *Service) Review(tx *db.Tx, which ref.Disclosure, says, note string) error {
	if !field.Offered(Reviews(), says) {
		return errs.At("disclose: review", "review", "error.pick-one")
	}
	return s.after(tx, which, "disclose.review", func(d *Disclosure) error {
		switch {
		case d.By == tx.Scope().Actor:
			return errs.New(errs.Conflict, "own", "disclose.not-your-own")
		case !d.ReviewedAt.IsZero():
			return errs.New(errs.Conflict, "again", "disclose.reviewed")
		}
		d.Review, d.ReviewNote, d.ReviewedBy, d.ReviewedAt = says, note, tx.Scope().Actor, tx.Now()
		return nil
	})
}

// Known records that the person was told of an emergency, on their own page or
// in words. The first time counts.
func (s *Service) Known(tx *db.Tx, which ref.Disclosure) error {
	return s.after(tx, which, "disclose.known", func(d *Disclosure) error {
		if d.KnownAt.IsZero() {
			d.KnownAt = tx.Now()
		}
		return nil
	})
}

// after changes an emergency once it is over; anything else is NotFound.
func (s *Service) after(tx *db.Tx, which ref.Disclosure, action string, change func(*Disclosure) error) error {
	before, err := s.disclosures.Get(tx, which)
	if err == nil && before.Basis != ByEmergency {
		err = errs.New(errs.NotFound, action, "")
	}
	if err != nil {
		return err
	}
	after := before
	if err := change(&after); err != nil {
		return err
	}
	changes, err := s.disclosures.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	return audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: action, Subjects: []string{string(after.Person)},
		Record: "disclose_disclosure/" + string(which), Changes: changes,
	})
}
