package consent

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// Deps are what others want to know of consents, and what consent asks of
// others; app wires them. They may be nil.
type Deps struct {
	// OnRevoked runs in the transaction that takes a consent back or ends it,
	// once for each. What it returns as an error undoes the whole.
	OnRevoked func(tx *db.Tx, c Consent) error
	// Places lists recipients that other parts of the program keep.
	Places Places
	// Held reports whether a legal demand about the person is open, so that
	// nothing leaves.
	Held func(tx *db.Tx, person ref.Person) (bool, error)
}

// Service gives consents, takes them back and decides by them. Its methods work
// inside a transaction of the caller, who has asked policy first.
type Service struct {
	Deps
	consents   *field.Record[Consent]
	recipients *field.Record[Recipient]
	mine       *field.Record[Mine]
}

// New returns the service.
func New(d Deps) *Service { return &Service{d, Consents(), Recipients(), Mines()} }

// rule is the law that binds the organisation.
func rule(tx *db.Tx) (Rule, error) {
	regime, err := tenant.RegimeOf(tx)
	return RuleOf(regime), err
}

// lawHere is the law by which a consent is taken: with what the organisation says
// of minors, which a question never asks for.
func lawHere(tx *db.Tx) (Rule, error) {
	r, err := rule(tx)
	if err != nil || !r.ByState {
		return r, err
	}
	said, err := tenant.MinorsOf(tx)
	r.Minors = said.Signs
	return r, err
}

// Give records a consent and returns it with its id. The caller fills what the
// person said; GivenAt zero is now, and what is left empty of Sort,
// RecipientKind, Signer and Discloser is a general consent for a named
// recipient, signed by the person, for this organisation. An ID that is given is
// that of the form: the same form twice is a Conflict. The rest is filled here.
// What is missing or cannot be is Invalid and names the field.
func (s *Service) Give(tx *db.Tx, c Consent) (Consent, error) {
	c, err := s.prepared(tx, c)
	if err != nil {
		return c, errs.Wrap("consent: give", err)
	}
	mark, err := audit.Latest(tx)
	if err != nil {
		return c, errs.Wrap("consent: give", err)
	}
	c.MarkAt = db.Instant(mark)
	changes, err := s.consents.Insert(tx, &c)
	if err == nil {
		err = record(tx, audit.Change, "consent.give", c, filled(changes))
	}
	return c, errs.Wrap("consent: give", err)
}

// GiveAfter is Give when it is known when the person had an overdose: within 24
// hours of it the consent is an early one, whatever the caller says. The instant
// itself is not kept.
func (s *Service) GiveAfter(tx *db.Tx, c Consent, overdose time.Time) (Consent, error) {
	given := c.GivenAt
	if given.IsZero() {
		given = tx.Now()
	}
	c.Early = c.Early || IsEarly(given, overdose)
	return s.Give(tx, c)
}

// Lacks lists what a consent lacks among the places that were asked so far, once for
// each place. While nobody has said how the yes was given it counts as signed, unless
// the law takes a spoken one.
func (s *Service) Lacks(tx *db.Tx, c Consent, asked func(place string) bool) ([]Lack, error) {
	r, err := lawHere(tx)
	if err != nil {
		return nil, errs.Wrap("consent: lacks", err)
	}
	c = fresh(tx, c)
	whole := c.signed() || c.How == "" && !r.takes(c)
	out := lacking(c, r, whole, asked)
	wrong, err := s.unknown(tx, c)
	said := slices.ContainsFunc(out, func(l Lack) bool { return l.Place == wrong.Place })
	if wrong.Say != "" && asked(wrong.Place) && !said {
		out = append(out, wrong)
	}
	return out, errs.Wrap("consent: lacks", err)
}

func (s *Service) prepared(tx *db.Tx, c Consent) (Consent, error) {
	c = fresh(tx, c)
	r, err := lawHere(tx)
	if err != nil {
		return c, err
	}
	if c.Regime = r.Regime; c.Discloser == "" {
		if c.Discloser, err = tenant.NameOf(tx); err != nil {
			return c, err
		}
	}
	if err := check(c, r); err != nil {
		return c, err
	}
	return c, s.mustKnow(tx, c)
}

// fresh is a consent as it is before anything happened to it.
func fresh(tx *db.Tx, c Consent) Consent {
	c.ID = cmp.Or(c.ID, ref.Consent(id.New(tx.Now())))
	c.RecordedAt, c.GivenBy = tx.Now(), tx.Scope().Actor
	c.RevokedAt, c.RevokedHow, c.RevokedBy, c.Version = time.Time{}, "", "", 0
	c.EndedAt, c.ConfirmedAt, c.ConfirmedBy, c.ConfirmBy = time.Time{}, time.Time{}, "", time.Time{}
	c.Sort, c.Signer = cmp.Or(c.Sort, General), cmp.Or(c.Signer, Own)
	c.RecipientKind = cmp.Or(c.RecipientKind, Named)
	c = c.fitting()
	if c.GivenAt.IsZero() {
		c.GivenAt = tx.Now()
	}
	if c.Early {
		c.ConfirmBy = c.GivenAt.Add(ReadBackBy)
	}
	return c
}

// Revoke takes a consent back, at once. how is one of RevokeHows; a spoken word
// is enough. One that is not here is NotFound; one taken back before stays as
// it was, and that is no error.
func (s *Service) Revoke(tx *db.Tx, c ref.Consent, how string) error {
	return errs.Wrap("consent: revoke", s.revoke(tx, c, how))
}

func (s *Service) revoke(tx *db.Tx, which ref.Consent, how string) error {
	if !field.Offered(RevokeHows(), how) {
		return errs.At("how", "how", "consent.needs-how")
	}
	before, err := s.consents.Get(tx, which)
	if err != nil {
		return err
	}
	if !before.RevokedAt.IsZero() {
		return record(tx, audit.Look, "consent.see", before, nil)
	}
	tx.TakenBack(OverKind, string(which))
	return s.takeBack(tx, before, how)
}

func (s *Service) takeBack(tx *db.Tx, before Consent, how string) error {
	after := before
	after.RevokedAt, after.RevokedHow, after.RevokedBy = later(tx.Now(), before.RecordedAt), how, tx.Scope().Actor
	return s.change(tx, before, after, "consent.revoke")
}

// End records that the event came with which a consent ends. One that ends on a
// day, or not at all, is a Conflict; one that ended stays as it was.
func (s *Service) End(tx *db.Tx, which ref.Consent) error {
	before, err := s.consents.Get(tx, which)
	switch {
	case err != nil:
		return errs.Wrap("consent: end", err)
	case before.UntilEvent == "":
		return errs.New(errs.Conflict, "consent: end "+string(which), "consent.no-event")
	case !before.EndedAt.IsZero():
		return record(tx, audit.Look, "consent.see", before, nil)
	}
	tx.TakenBack(OverKind, string(which))
	after := before
	after.EndedAt = later(tx.Now(), before.RecordedAt)
	return errs.Wrap("consent: end", s.change(tx, before, after, "consent.end"))
}

// change stores a consent that is over and tells those who must act on it.
func (s *Service) change(tx *db.Tx, before, after Consent, action string) error {
	changes, err := s.consents.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	if err := s.over(tx, after); err != nil {
		return err
	}
	return record(tx, audit.Change, action, after, changes)
}

func (s *Service) over(tx *db.Tx, c Consent) error {
	if s.OnRevoked == nil {
		return nil
	}
	return s.OnRevoked(tx, c)
}

// Of reads a person's consents, newest first, those that ended too. The caller
// records the look.
func (s *Service) Of(tx *db.Tx, person ref.Person) ([]Consent, error) {
	list, err := s.consents.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY recorded_at DESC, consent DESC", person)
	return list, errs.Wrap("consent: of a person", err)
}

// One reads one consent. The caller records the look.
func (s *Service) One(tx *db.Tx, which ref.Consent) (Consent, error) {
	c, err := s.consents.Get(tx, which)
	return c, errs.Wrap("consent: one", err)
}

func record(tx *db.Tx, kind audit.Kind, action string, c Consent, changes []field.Change) error {
	return audit.Write(tx, audit.Entry{
		Kind: kind, Action: action, Subjects: []string{string(c.Person)},
		Record: "consent_consent/" + string(c.ID), Changes: changes,
	})
}

// filled leaves out of a new record the columns that hold nothing, so that the
// log keeps what was said and not what was left empty.
func filled(changes []field.Change) []field.Change {
	empty, zero := sha256.Sum256(nil), sha256.Sum256([]byte("0"))
	return slices.DeleteFunc(changes, func(c field.Change) bool { return c.Digest == empty || c.Digest == zero })
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
