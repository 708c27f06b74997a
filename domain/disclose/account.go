package disclose

import (
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// Law is one rule of what a person may be told of what was told about them.
type Law struct {
	Code  string // as it is asked for
	Cite  string
	Years int // how far back; 0: all there is
	keeps func(Disclosure) bool
}

// Laws lists them. Under 2.25 what was told for treatment, payment or operations
// counts only when it went through an electronic record; HIPAA's accounting
// leaves those out. Nothing is deleted when the years are over: the years are
// what the law asks for, not what the person may see of their own.
func Laws() []Law {
	tpo := func(d Disclosure) bool {
		return slices.Contains([]string{scope.Treatment, scope.Payment, scope.Operations}, d.Purpose) && d.Basis == ByConsent
	}
	return []Law{
		{"all", "", 0, func(Disclosure) bool { return true }},
		{"part2", "42 CFR 2.25", 3, func(d Disclosure) bool { return d.Basis == ByConsent && (!tpo(d) || d.Way == "fhir") }},
		{"intermediary", "42 CFR 2.24", 3, func(d Disclosure) bool { return d.Via != "" }},
		{"hipaa", "45 CFR 164.528", 6, func(d Disclosure) bool { return !tpo(d) }},
	}
}

// Line is one line of an accounting, with the recipient in words.
type Line struct {
	ID        ref.Disclosure `json:"id"`
	At        time.Time      `json:"at"`
	Recipient ref.Recipient  `json:"recipient_id"`
	Name      string         `json:"recipient"`
	Address   string         `json:"address"`
	What      []string       `json:"what"` // the brief description, in kinds
	Purpose   string         `json:"purpose"`
	Basis     string         `json:"basis"`
	Consent   ref.Consent    `json:"consent_id"`
	Way       string         `json:"way"`
	Reviewed  bool           `json:"reviewed"` // of an emergency
	Review    string         `json:"-"`        // what was found of it, of Reviews; "" so far
	KnownAt   time.Time      `json:"-"`
}

// Accounting lists what was told about a person, newest first, as far back as
// the law asks, and records the look. What the law forbids to tell for now is
// left out. A law that is not known is Invalid.
func (s *Service) Accounting(tx *db.Tx, person ref.Person, law string) ([]Line, error) {
	lines, err := s.accounting(tx, person, law)
	return lines, errs.Wrap("disclose: accounting", err)
}

func (s *Service) accounting(tx *db.Tx, person ref.Person, code string) ([]Line, error) {
	i := slices.IndexFunc(Laws(), func(l Law) bool { return l.Code == code })
	if i < 0 {
		return nil, errs.At("law", "law", "disclose.needs-law")
	}
	rows, err := s.disclosures.List(tx, "WHERE tenant = $1 AND person = $2 AND hidden = 0 ORDER BY told_at DESC, disclosure DESC", person)
	if err != nil {
		return nil, err
	}
	book, err := s.book(tx)
	if err != nil {
		return nil, err
	}
	law := Laws()[i]
	out := []Line{}
	for _, d := range rows {
		if law.keeps(d) && law.reaches(d.At, tx.Now()) {
			out = append(out, d.line(book[d.Recipient]))
		}
	}
	return out, audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "disclose.accounting", Subjects: []string{string(person)}})
}

func (l Law) reaches(at, now time.Time) bool {
	return l.Years == 0 || !at.Before(now.AddDate(-l.Years, 0, 0))
}

// Readings are the times that one row about a person was told, newest first. The
// caller records the look.
func (s *Service) Readings(tx *db.Tx, person ref.Person, row string) ([]Line, error) {
	rows, err := s.disclosures.List(tx, `WHERE tenant = $1 AND person = $2 AND told_row = $3 AND hidden = 0
		ORDER BY told_at DESC, disclosure DESC LIMIT 100`, person, row)
	if err != nil || len(rows) == 0 {
		return nil, errs.Wrap("disclose: readings", err)
	}
	book, err := s.book(tx)
	out := make([]Line, len(rows))
	for i, d := range rows {
		out[i] = d.line(book[d.Recipient])
	}
	return out, errs.Wrap("disclose: readings", err)
}

// book is who is who among the recipients.
func (s *Service) book(tx *db.Tx) (map[ref.Recipient]consent.Recipient, error) {
	all, err := s.consents.AllRecipients(tx)
	out := make(map[ref.Recipient]consent.Recipient, len(all))
	for _, r := range all {
		out[r.ID] = r
	}
	return out, err
}

func (d Disclosure) line(r consent.Recipient) Line {
	l := Line{
		ID: d.ID, At: d.At, Recipient: d.Recipient, Name: r.Name, Address: r.Address, What: d.What, Purpose: d.Purpose,
		Basis: d.Basis, Consent: d.Consent, Way: d.Way, Reviewed: !d.ReviewedAt.IsZero(), Review: d.Review, KnownAt: d.KnownAt,
	}
	if d.ToWhom != "" {
		l.Name, l.Address = d.ToWhom, d.Facility
	}
	return l
}
