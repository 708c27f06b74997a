package disclose

import (
	"cmp"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// Service is the door. Its methods work inside a transaction of the caller, who
// has asked policy first.
type Service struct {
	// Same lists every record of one person, their own included; nil: there is
	// never more than one.
	Same func(tx *db.Tx, person ref.Person) ([]ref.Person, error)
	// Leads reports whether an account is one of those who answer for what leaves, now;
	// nil: each is.
	Leads func(tx *db.Tx, who ref.Account) (bool, error)

	consents    *consent.Service
	disclosures *field.Record[Disclosure]
	demands     *field.Record[Demand]
}

// New returns the service.
func New(c *consent.Service) *Service {
	return &Service{consents: c, disclosures: Disclosures(), demands: Demands()}
}

// Item is one thing that could be told. Kind is what a consent calls it; Labels
// are the sensitive matters that it touches on. The door never looks at Body.
type Item struct {
	Kind   string
	Labels []string
	Body   any
}

// Telling is what a caller would like to tell.
type Telling struct {
	Person    ref.Person
	Recipient ref.Recipient
	Purpose   string
	Way       string // one of Ways
	Row       string // what is read, where it is one row; the person sees when it was
	Items     []Item
}

// Told is what may leave: these items and no others, with the notice and the
// scope of the consent beside them.
type Told struct {
	ID     ref.Disclosure
	Items  []Item
	Notice string // empty where the law asks for none
	Scope  Scope
}

// Scope says what the consent allows, which 42 CFR 2.32(b) wants the recipient
// to know: a clear explanation in place of a copy.
type Scope struct {
	What       []string
	Labels     []string
	Purpose    string
	GivenAt    time.Time
	UntilAt    time.Time // zero: see UntilEvent
	UntilEvent string
}

// Tell hands on what the consent in force covers and records that it was told.
// When nothing of it is covered, for whatever reason, the answer is errs.Denied,
// and nothing is recorded but what the caller records. A consent that is being
// taken back at this moment counts as taken back.
func (s *Service) Tell(tx *db.Tx, t Telling) (Told, error) {
	told, err := s.tell(tx, t)
	if errs.Is(err, errs.Denied) {
		return Told{}, errs.New(errs.Denied, "disclose: tell", "")
	}
	return told, errs.Wrap("disclose: tell", err)
}

func (s *Service) tell(tx *db.Tx, t Telling) (Told, error) {
	if !field.Offered(Ways(), t.Way) {
		return Told{}, errs.At("way", "way", "error.pick-one")
	}
	d, err := s.consents.Decide(tx, consent.Ask{Person: t.Person, Recipient: t.Recipient, Purpose: t.Purpose, What: t.kinds()})
	if err != nil {
		return Told{}, err
	}
	items := covered(t.Items, d)
	if len(items) == 0 {
		return Told{}, errs.New(errs.Denied, "nothing", "")
	}
	if err := s.consents.Pin(tx, d.Consent.ID); err != nil {
		return Told{}, err
	}
	row := Disclosure{
		Person: t.Person, Recipient: t.Recipient, Purpose: t.Purpose, Way: t.Way, Row: t.Row, What: kindsOf(items),
		Basis: ByConsent, Consent: d.Consent.ID,
	}
	if d.Consent.RecipientKind == consent.Through {
		row.Via = d.Consent.Recipient
	}
	row, err = s.write(tx, row)
	return Told{ID: row.ID, Items: items, Notice: noticeBy(t.Way, d.Notice), Scope: scopeOf(d.Consent)}, err
}

// Covers reports whether Tell would hand on every item now. Nothing is told by
// asking, and nothing is recorded.
func (s *Service) Covers(tx *db.Tx, t Telling) (bool, error) {
	d, err := s.consents.Decide(tx, consent.Ask{Person: t.Person, Recipient: t.Recipient, Purpose: t.Purpose, What: t.kinds()})
	if errs.Is(err, errs.Denied) {
		return false, nil
	}
	return err == nil && len(covered(t.Items, d)) == len(t.Items), errs.Wrap("disclose: covers", err)
}

func (t Telling) kinds() []string {
	if len(t.Items) == 0 {
		return []string{"nothing"} // Decide takes none as "whatever may be"
	}
	return kindsOf(t.Items)
}

// covered are the items that the consent names, by kind and by each label.
func covered(items []Item, d consent.Decision) []Item {
	var out []Item
	for _, i := range items {
		strange := func(l string) bool { return !slices.Contains(d.Consent.Labels, l) }
		if slices.Contains(d.Covers, i.Kind) && !slices.ContainsFunc(i.Labels, strange) {
			out = append(out, i)
		}
	}
	return out
}

func kindsOf(items []Item) []string {
	var out []string
	for _, i := range items {
		if !slices.Contains(out, i.Kind) {
			out = append(out, i.Kind)
		}
	}
	return out
}

// noticeBy is the statement for the way: a message has no room for the long one.
func noticeBy(way, notice string) string {
	if notice != "" && way == "message" {
		return consent.Statement2
	}
	return notice
}

func scopeOf(c consent.Consent) Scope {
	return Scope{What: c.What, Labels: c.Labels, Purpose: c.Purpose, GivenAt: c.GivenAt, UntilAt: c.UntilAt, UntilEvent: c.UntilEvent}
}

// write stores a disclosure and its leaf in the log.
func (s *Service) write(tx *db.Tx, d Disclosure) (Disclosure, error) {
	return s.writeFor(tx, d, d.Person)
}

// writeFor stores a disclosure with its leaf in the history of reader: the person's own,
// unless the law forbids telling them.
func (s *Service) writeFor(tx *db.Tx, d Disclosure, reader ref.Person) (Disclosure, error) {
	d.ID, d.At, d.By, d.Version = cmp.Or(d.ID, ref.Disclosure(id.New(tx.Now()))), tx.Now(), tx.Scope().Actor, 0
	changes, err := s.disclosures.Insert(tx, &d)
	if err != nil {
		return d, err
	}
	if reader != d.Person {
		tx.Settle(string(d.Person))
	}
	return d, audit.Write(tx, audit.Entry{
		Kind: audit.Disclosure, Action: "disclose." + d.Basis, Subjects: []string{string(reader)},
		Record: "disclose_disclosure/" + string(d.ID), Changes: changes,
		To: cmp.Or(string(d.Recipient), "not-on-the-list"), Under: cmp.Or(string(d.Consent), string(d.Demand), string(d.Agreement)),
	})
}
