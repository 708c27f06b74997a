package consent

import (
	"slices"
	"strings"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// The kinds of recipient. The first four are also classes that a consent can
// name as a whole.
const (
	Provider     = "provider"     // treats people: a clinic, a ward, a practice
	HealthPlan   = "plan"         // a health plan
	Payer        = "payer"        // another who pays
	Helper       = "helper"       // helps to run this program under an agreement
	Intermediary = "intermediary" // passes on: a health information exchange
	Kin          = "kin"          // a person the person chose: a sister, a friend
	Other        = "other"
)

// Recipient is someone who can be told something: a service, a payer, a
// go-between, a friend. It is about nobody who is walked with, except that a
// friend has a name: it is an address book.
type Recipient struct {
	ID      ref.Recipient
	Kind    string
	Via     ref.Recipient // the intermediary through which it is reached
	Name    string
	Address string // stands in the accounting, where it is known
	Covered bool   // bound by HIPAA itself, as a covered entity or its associate
	Version int64
}

// Places lists recipients that another part of the program keeps, such as the
// services of the hand-off. Their ids are their own.
type Places interface {
	Recipients(tx *db.Tx) ([]Recipient, error)
}

// Recipients says what a recipient's record holds.
func Recipients() *field.Record[Recipient] {
	return field.Define("consent_recipient", field.Keys[Recipient]{ID: []string{"recipient"}},
		field.Field[Recipient]{Column: "recipient", Kind: field.Ref, FHIR: "Organization.id", At: func(r *Recipient) any { return &r.ID }},
		field.Field[Recipient]{
			Column: "kind", Kind: field.Choice, Asked: true, Required: true, Options: recipientKinds(), FHIR: "Organization.type",
			Label: words{EN: "Kind", ES: "Tipo", AR: "النوع"},
			At:    func(r *Recipient) any { return &r.Kind },
		},
		field.Field[Recipient]{Column: "via", Kind: field.Ref, At: func(r *Recipient) any { return &r.Via }},
		field.Field[Recipient]{
			Column: "name", Kind: field.Text, Asked: true, Required: true, Limit: 80, FHIR: "Organization.name",
			Label: words{EN: "Name", ES: "Nombre", AR: "الاسم"},
			At:    func(r *Recipient) any { return &r.Name },
		},
		field.Field[Recipient]{
			Column: "address", Kind: field.Text, Asked: true, Limit: 200, FHIR: "Organization.address.text",
			Label: words{EN: "Address", ES: "Dirección", AR: "العنوان"},
			At:    func(r *Recipient) any { return &r.Address },
		},
		field.Field[Recipient]{
			Column: "covered", Kind: field.Flag, Asked: true,
			Label: words{EN: "Bound by HIPAA", ES: "Sujeto a HIPAA", AR: "ملزم بقانون HIPAA"},
			At:    func(r *Recipient) any { return &r.Covered },
		},
		field.Field[Recipient]{Column: "version", Kind: field.Version, At: func(r *Recipient) any { return &r.Version }},
	)
}

func recipientKinds() []field.Option {
	return append(Classes(),
		field.Option{Value: Intermediary, Label: words{EN: "A go-between", ES: "Un intermediario", AR: "وسيط"}},
		field.Option{Value: Kin, Label: words{EN: "Someone they chose", ES: "Alguien que eligió", AR: "شخص اختاره"}},
		field.Option{Value: Other, Label: words{EN: "Someone else", ES: "Otro", AR: "جهة أخرى"}})
}

// AddRecipient stores a recipient and returns it with its id. One that is reached
// through another is reached through a go-between who is on the list.
func (s *Service) AddRecipient(tx *db.Tx, r Recipient) (Recipient, error) {
	r.ID, r.Name, r.Version = ref.Recipient(id.New(tx.Now())), strings.TrimSpace(r.Name), 0
	switch {
	case r.Name == "" || len([]rune(r.Name)) > 80:
		return r, errs.At("consent: add recipient", "name", "consent.recipient-name")
	case !field.Offered(recipientKinds(), r.Kind):
		return r, errs.At("consent: add recipient", "kind", "consent.recipient-kind")
	}
	if err := s.mustPassOn(tx, r.Via); err != nil {
		return r, errs.Wrap("consent: add recipient", err)
	}
	changes, err := s.recipients.Insert(tx, &r)
	if err == nil {
		err = audit.Write(tx, audit.Entry{
			Kind: audit.Change, Action: "consent.recipient", Record: "consent_recipient/" + string(r.ID), Changes: changes,
		})
	}
	return r, errs.Wrap("consent: add recipient", err)
}

// mustPassOn refuses a go-between who is none, or who is not here.
func (s *Service) mustPassOn(tx *db.Tx, via ref.Recipient) error {
	if via == "" {
		return nil
	}
	r, err := s.RecipientOf(tx, via)
	if errs.Is(err, errs.NotFound) || err == nil && r.Kind != Intermediary {
		return errs.At("via", "via", "consent.recipient-via")
	}
	return err
}

// AllRecipients lists everyone who can be told something, by name: those kept
// here and those that other parts of the program keep.
func (s *Service) AllRecipients(tx *db.Tx) ([]Recipient, error) {
	list, err := s.recipients.List(tx, "WHERE tenant = $1 ORDER BY name, recipient")
	if err == nil && s.Places != nil {
		var more []Recipient
		more, err = s.Places.Recipients(tx)
		list = append(list, more...)
	}
	slices.SortStableFunc(list, func(a, b Recipient) int { return strings.Compare(a.Name, b.Name) })
	return list, errs.Wrap("consent: recipients", err)
}

// RecipientOf returns one recipient; NotFound when there is none.
func (s *Service) RecipientOf(tx *db.Tx, which ref.Recipient) (Recipient, error) {
	all, err := s.AllRecipients(tx)
	if err != nil {
		return Recipient{}, err
	}
	i := slices.IndexFunc(all, func(r Recipient) bool { return r.ID == which })
	if i < 0 {
		return Recipient{}, errs.New(errs.NotFound, "consent: recipient", "")
	}
	return all[i], nil
}

// mustKnow refuses a consent that names a recipient who is not here, a go-between who
// is none, or somebody who is not behind one.
func (s *Service) mustKnow(tx *db.Tx, c Consent) error {
	wrong, err := s.unknown(tx, c)
	if err == nil && wrong.Say != "" {
		err = errs.At("consent: recipient", wrong.Place, wrong.Say)
	}
	return err
}

// unknown is what is wrong with whom a consent names; empty when nothing is.
func (s *Service) unknown(tx *db.Tx, c Consent) (Lack, error) {
	if c.RecipientKind != Named && c.RecipientKind != Through {
		return Lack{}, nil
	}
	r, err := s.RecipientOf(tx, c.Recipient)
	switch {
	case errs.Is(err, errs.NotFound):
		return Lack{"recipient", "consent.needs-which"}, nil
	case err != nil:
		return Lack{}, err
	case c.RecipientKind == Through && r.Kind != Intermediary:
		return Lack{"recipient", "consent.needs-between"}, nil
	}
	for _, which := range c.members() {
		r, err := s.RecipientOf(tx, ref.Recipient(which))
		switch {
		case errs.Is(err, errs.NotFound), err == nil && !r.behind(c.Recipient):
			return Lack{"members", "consent.needs-behind"}, nil
		case err != nil:
			return Lack{}, err
		}
	}
	return Lack{}, nil
}

// behind reports whether a go-between can pass something on to a recipient: one that is
// reached through it, or one of whom no go-between is known, such as a service of the
// hand-off. A friend takes part in no exchange, and an exchange is none behind another
// (42 CFR 2.31(a)(4)(ii): the participants of the intermediary).
func (r Recipient) behind(between ref.Recipient) bool {
	return r.Via == between || r.Via == "" && r.Kind != Kin && r.Kind != Intermediary
}
