package consent

import (
	"strings"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

// Answer is what a program that asks whether something may be told is given.
type Answer struct {
	Decision string   `json:"decision"` // Permit or Deny
	Reason   string   `json:"reason"`   // one word; the same for every no
	Consent  string   `json:"consent_id"`
	Covers   []string `json:"covers"`
	Notice   string   `json:"notice"` // goes with whatever is told
}

// The answers. A no has one reason, because two would tell whether the person
// is known here.
const (
	Permit     = "permit"
	Deny       = "deny"
	ByConsent  = "consent"
	NotCovered = "not-covered"
)

// Check answers a question and records that it was asked. Someone who is not
// here, a recipient nobody knows, no consent, one that ended or was taken back,
// and one for another purpose are all the same no.
func (s *Service) Check(tx *db.Tx, a Ask) (Answer, error) {
	d, err := s.Decide(tx, a)
	if err != nil && !errs.Is(err, errs.Denied) {
		return Answer{}, err
	}
	if err := asked(tx, a); err != nil {
		return Answer{}, err
	}
	if err != nil {
		return Answer{Decision: Deny, Reason: NotCovered, Covers: []string{}}, nil //nolint:nilerr // a refusal is an answer
	}
	return Answer{Permit, ByConsent, string(d.Consent.ID), d.Covers, d.Notice}, nil
}

// asked leaves the same trace whatever the answer. What cannot be an id is not
// written into the log.
func asked(tx *db.Tx, a Ask) error {
	e := audit.Entry{Kind: audit.Look, Action: "consent.check"}
	if idLike(string(a.Person)) {
		e.Subjects = []string{string(a.Person)}
	}
	return audit.Write(tx, e)
}

// idLike reports whether a text could be the id of a person.
func idLike(s string) bool {
	return s != "" && len(s) <= 2*id.Size && strings.Trim(s, id.Alphabet) == ""
}
