package consent

import (
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// Ask is the question whether something may be told.
type Ask struct {
	Person    ref.Person
	Recipient ref.Recipient
	Purpose   string
	What      []string  // what would be told; Decide takes none as "whatever may be"
	Labels    []string  // the sensitive matters that it touches on
	At        time.Time // when it would be told; zero is now
}

// The gate reads no sealed column, so that to ask is not yet to look at the
// person, and it leaves the same trace whatever the answer. What cannot cover
// the question is left out here; what may is judged in Go.
const selectGate = `SELECT consent, sort, recipient_kind, recipient, class, members, what, labels, purpose, given_at, until_at,
		until_event, ended_at, how, early, confirm_by, confirmed_at, recorded_at, mark_at
	FROM consent_consent WHERE tenant = $1 AND person = $2 AND revoked_at = 0 AND purpose IN ($3, 'TPO')
		AND (recipient = $4 OR recipient_kind <> 'named')
	ORDER BY given_at DESC, consent DESC`

// Live returns the consent that covers what is asked, without its sealed
// columns. When none does, for whatever reason, the answer is errs.Denied,
// always in the same words. One consent has to cover all of it: two halves are
// not a whole. Whoever then tells something records an audit.Disclosure under
// the consent's id, in the same transaction.
func (s *Service) Live(tx *db.Tx, a Ask) (Consent, error) {
	if len(a.What) == 0 {
		return Consent{}, denied()
	}
	d, err := s.Decide(tx, a)
	if err == nil && len(d.Covers) < len(a.What) {
		err = denied()
	}
	if err != nil {
		return Consent{}, err
	}
	return d.Consent, nil
}

// Covers is Live for those who need only yes or no.
func (s *Service) Covers(tx *db.Tx, a Ask) (bool, error) {
	_, err := s.Live(tx, a)
	if errs.Is(err, errs.Denied) {
		return false, nil
	}
	return err == nil, err
}

// Pin makes the consent part of what this transaction writes, so that taking it
// back and telling something under it cannot both happen at once: whichever is
// second sees the first. One that was taken back by now is Denied.
func (s *Service) Pin(tx *db.Tx, which ref.Consent) error {
	n, err := tx.Exec("UPDATE consent_consent SET version = version WHERE tenant = $1 AND consent = $2 AND revoked_at = 0", which)
	if err == nil && n == 0 {
		err = denied()
	}
	return err
}

func denied() error { return errs.New(errs.Denied, "consent: live", "") }

func gate(tx *db.Tx, a Ask) ([]Consent, error) {
	rows, err := tx.Query(selectGate, a.Person, a.Purpose, a.Recipient)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Consent
	for rows.Next() {
		c := Consent{Person: a.Person}
		var what, labels string
		if err := rows.Scan(&c.ID, &c.Sort, &c.RecipientKind, &c.Recipient, &c.Class, &c.Members, &what, &labels, &c.Purpose,
			&c.GivenAt, &c.UntilAt, &c.UntilEvent, &c.EndedAt, &c.How, &c.Early, &c.ConfirmBy, &c.ConfirmedAt, &c.RecordedAt, &c.MarkAt); err != nil {
			return nil, err
		}
		c.What, c.Labels = strings.Fields(what), strings.Fields(labels)
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

// moment is the instant by which one consent is judged now.
func (s *Service) moment(tx *db.Tx, c Consent) (time.Time, error) {
	reached, err := audit.Latest(tx)
	return moment(c, tx.Now(), db.Instant(reached)), err
}

// inForce reports whether nothing has ended a consent by an instant: from the
// one it was given at to just before the one it ends at.
func (c Consent) inForce(at time.Time) bool {
	switch {
	case !c.RevokedAt.IsZero(), !c.EndedAt.IsZero():
		return false
	case at.Before(c.GivenAt):
		return false
	case c.waits() && !at.Before(c.ConfirmBy):
		return false
	}
	return c.UntilAt.IsZero() || at.Before(c.UntilAt)
}

// serves reports whether it was given for the purpose.
func (c Consent) serves(purpose string) bool {
	if c.tpo() {
		return slices.Contains(ofTPO(), purpose)
	}
	return c.Purpose == purpose && Asked(purpose)
}

// tells is what of a question a consent covers: nothing when the question
// touches on a sensitive matter that it does not name.
func (c Consent) tells(a Ask) []string {
	if slices.ContainsFunc(a.Labels, func(l string) bool { return !slices.Contains(c.Labels, l) }) {
		return nil
	}
	var out []string
	for _, w := range c.What {
		own := w != Attendance || a.Purpose == scope.OwnRequest
		if own && (len(a.What) == 0 || slices.Contains(a.What, w)) {
			out = append(out, w)
		}
	}
	return out
}
