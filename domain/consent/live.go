package consent

import (
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Ask is the question whether something may be told.
type Ask struct {
	Person    ref.Person
	Recipient ref.Recipient
	Purpose   string
	What      []string  // all of it must be covered, by one consent
	At        time.Time // when it would be told; zero, or an instant gone by, is now
}

// The gate reads no sealed column, so that to ask is not yet to look at the
// person, and it leaves the same trace whatever the answer.
const selectGate = `SELECT consent, what, given_at, until_at, how, recorded_at, mark_at FROM consent_consent
	WHERE tenant = $1 AND person = $2 AND recipient = $3 AND purpose = $4 AND revoked_at = 0
	ORDER BY given_at DESC, consent DESC`

// Live returns the consent that covers what is asked, without its Paper. When
// none does, for whatever reason, the answer is errs.Denied, always in the same
// words. Whoever then tells something records an audit.Disclosure under the
// consent's id, in the same transaction.
func (s *Service) Live(tx *db.Tx, a Ask) (Consent, error) {
	if len(a.What) == 0 {
		return Consent{}, denied()
	}
	list, err := gate(tx, a)
	if err != nil {
		return Consent{}, errs.Wrap("consent: live", err)
	}
	reached, err := audit.Latest(tx)
	if err != nil {
		return Consent{}, errs.Wrap("consent: live", err)
	}
	now := later(tx.Now(), a.At)
	for _, c := range list {
		if c.covers(a.What) && c.liveAt(moment(c, now, db.Instant(reached))) {
			return c, nil
		}
	}
	return Consent{}, denied()
}

// Covers is Live for those who need only yes or no.
func (s *Service) Covers(tx *db.Tx, a Ask) (bool, error) {
	_, err := s.Live(tx, a)
	if errs.Is(err, errs.Denied) {
		return false, nil
	}
	return err == nil, err
}

func denied() error { return errs.New(errs.Denied, "consent: live", "") }

func gate(tx *db.Tx, a Ask) ([]Consent, error) {
	rows, err := tx.Query(selectGate, a.Person, a.Recipient, a.Purpose)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Consent
	for rows.Next() {
		c := Consent{Person: a.Person, Recipient: a.Recipient, Purpose: a.Purpose}
		var what string
		if err := rows.Scan(&c.ID, &what, &c.GivenAt, &c.UntilAt, &c.How, &c.RecordedAt, &c.MarkAt); err != nil {
			return nil, err
		}
		c.What = strings.Fields(what)
		out = append(out, c)
	}
	return out, rows.Err()
}

// moment is the instant by which a consent is judged. It never lies before the
// consent was recorded, nor before an instant that the log has reached since.
func moment(c Consent, now, reached time.Time) time.Time {
	now = later(now, c.RecordedAt)
	if reached.After(c.MarkAt) {
		now = later(now, reached)
	}
	return now
}

func (c Consent) covers(what []string) bool {
	for _, w := range what {
		if !slices.Contains(c.What, w) {
			return false
		}
	}
	return true
}

// liveAt: from the instant it was given to just before the one it ends at.
func (c Consent) liveAt(at time.Time) bool {
	if at.Before(c.GivenAt) {
		return false
	}
	return c.UntilAt.IsZero() || at.Before(c.UntilAt)
}
