package consent

import (
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// Deps are what others want to know of consents; app wires them. They may be
// nil.
type Deps struct {
	// OnRevoked runs in the transaction that takes a consent back, once for
	// each. What it returns as an error undoes the whole.
	OnRevoked func(tx *db.Tx, c Consent) error
}

// Service gives consents, takes them back and decides by them. Its methods work
// inside a transaction of the caller, who has asked policy first.
type Service struct {
	Deps
	consents *field.Record[Consent]
}

// New returns the service.
func New(d Deps) *Service { return &Service{d, Consents()} }

// Give records a consent and returns it with its id. The caller fills Person,
// Recipient, What, Purpose, How and, where it has an end, UntilAt; GivenAt zero
// is now. The rest is filled here. What is missing or cannot be is Invalid and
// names the field.
func (s *Service) Give(tx *db.Tx, c Consent) (Consent, error) {
	c.ID, c.RecordedAt, c.GivenBy = ref.Consent(id.New(tx.Now())), tx.Now(), tx.Scope().Actor
	c.RevokedAt, c.RevokedHow, c.RevokedBy, c.Version = time.Time{}, "", "", 0
	if c.GivenAt.IsZero() {
		c.GivenAt = tx.Now()
	}
	if err := check(c); err != nil {
		return c, err
	}
	mark, err := audit.Latest(tx)
	if err != nil {
		return c, errs.Wrap("consent: give", err)
	}
	c.MarkAt = db.Instant(mark)
	changes, err := s.consents.Insert(tx, &c)
	if err == nil {
		err = record(tx, audit.Change, "consent.give", c, changes)
	}
	return c, errs.Wrap("consent: give", err)
}

func check(c Consent) error {
	bad := func(place, say string) error { return errs.At("consent: give", place, say) }
	unknown := func(v string) bool { return !offered(Kinds(), v) }
	switch {
	case c.Person == "" || c.Recipient == "":
		return bad("recipient", "consent.needs-both")
	case len(c.What) == 0 || slices.ContainsFunc(c.What, unknown):
		return bad("what", "consent.needs-what")
	case !offered(Purposes(), c.Purpose):
		return bad("purpose", "consent.needs-purpose")
	case !offered(Hows(), c.How):
		return bad("how", "consent.needs-how")
	case c.GivenAt.After(c.RecordedAt):
		return bad("given_at", "consent.given-later")
	case c.UntilAt.IsZero() && !mayBeOpen(c.Purpose):
		return bad("until_at", "consent.needs-until")
	case !c.UntilAt.IsZero() && !c.UntilAt.After(c.RecordedAt):
		return bad("until_at", "consent.until-past")
	}
	return nil
}

// Revoke takes a consent back, at once. how is one of Hows; a spoken word is
// enough. One that is not here is NotFound; one taken back before stays as it
// was, and that is no error.
func (s *Service) Revoke(tx *db.Tx, c ref.Consent, how string) error {
	return errs.Wrap("consent: revoke", s.revoke(tx, c, how))
}

func (s *Service) revoke(tx *db.Tx, which ref.Consent, how string) error {
	if !offered(Hows(), how) {
		return errs.At("how", "how", "consent.needs-how")
	}
	before, err := s.consents.Get(tx, which)
	if err != nil {
		return err
	}
	if !before.RevokedAt.IsZero() {
		return record(tx, audit.Look, "consent.see", before, nil)
	}
	after := before
	after.RevokedAt, after.RevokedHow, after.RevokedBy = later(tx.Now(), before.RecordedAt), how, tx.Scope().Actor
	changes, err := s.consents.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	if s.OnRevoked != nil {
		if err := s.OnRevoked(tx, after); err != nil {
			return err
		}
	}
	return record(tx, audit.Change, "consent.revoke", after, changes)
}

// Of reads a person's consents, newest first, those that ended too. The caller
// records the look.
func (s *Service) Of(tx *db.Tx, person ref.Person) ([]Consent, error) {
	list, err := s.consents.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY recorded_at DESC, consent DESC", person)
	return list, errs.Wrap("consent: of a person", err)
}

func record(tx *db.Tx, kind audit.Kind, action string, c Consent, changes []field.Change) error {
	return audit.Write(tx, audit.Entry{
		Kind: kind, Action: action, Subjects: []string{string(c.Person)},
		Record: "consent_consent/" + string(c.ID), Changes: changes,
	})
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
