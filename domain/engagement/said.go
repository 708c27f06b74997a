package engagement

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Of safety, and of what is next, what counts is what was said last and not what
// began last: a long call may be written down after a short one that began
// later. A correction keeps the place in time of what it corrects, but for what
// it says anew. A worry stands until someone says that the person is safe: being
// in touch is no answer by itself.

// ofSafety reports whether a contact says anything of it.
func (c *Contact) ofSafety() bool { return c.Safe || c.Went == WentWorry }

// sayWhen gives a new contact its place in time, for each of the two.
func sayWhen(tx *db.Tx, c *Contact) error {
	var said, safety time.Time
	for _, id := range c.corrects() {
		old, err := saidBefore(tx, c.Person, id)
		if err != nil {
			return err
		}
		if c.Next == "" || c.Next == old.Next && c.NextAt.Equal(old.NextAt) {
			said = latest(said, old.SaidAt)
		}
		if c.Safe == old.Safe && (c.Went == WentWorry) == (old.Went == WentWorry) {
			safety = latest(safety, old.SafetyAt)
		}
	}
	c.SaidAt, c.SafetyAt = orNow(tx, said), time.Time{}
	if c.ofSafety() {
		c.SafetyAt = orNow(tx, safety)
	}
	return nil
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func orNow(tx *db.Tx, t time.Time) time.Time {
	if t.IsZero() {
		return tx.Now()
	}
	return t
}

// saidBefore reads what a contact that is corrected said, without its note; one
// that has not arrived yet said nothing.
func saidBefore(tx *db.Tx, person ref.Person, id string) (Contact, error) {
	var c Contact
	err := tx.Row("SELECT went, safe, next, next_at, said_at, safety_at FROM engagement_contact WHERE tenant = $1 AND person = $2 AND contact = $3", person, id).
		Scan(&c.Went, &c.Safe, &c.Next, &c.NextAt, &c.SaidAt, &c.SafetyAt)
	if errs.Is(err, errs.NotFound) {
		return Contact{}, nil
	}
	return c, err
}

const (
	notOver = ` AND NOT EXISTS (
		SELECT 1 FROM engagement_over o WHERE o.tenant = c.tenant AND o.old = c.contact AND o.person = c.person)`
	selectSafety = `SELECT c.went, c.started_at FROM engagement_contact c
		WHERE c.tenant = $1 AND c.person = $2 AND c.safety_at > 0` + notOver + " ORDER BY c.safety_at DESC, c.contact DESC LIMIT 1"
	selectNext = `SELECT c.next, c.next_at, c.peer, c.said_at, c.contact FROM engagement_contact c
		WHERE c.tenant = $1 AND c.person = $2 AND c.next <> ''` + notOver + " ORDER BY c.said_at DESC, c.contact DESC LIMIT 1"
	selectSince = `SELECT COALESCE(MAX(c.started_at), 0) FROM engagement_contact c
		WHERE c.tenant = $1 AND c.person = $2 AND c.reached = 1 AND (c.said_at > $3 OR c.said_at = $3 AND c.contact > $4)` + notOver
)

// lastSaid puts into a standing what was said last among the contacts that
// stand, after one more was kept.
func lastSaid(tx *db.Tx, c Contact, before Standing, st *Standing) error {
	var went string
	if !before.WorryAt.IsZero() || c.ofSafety() || c.InsteadOf != "" {
		err := tx.Row(selectSafety, c.Person).Scan(&went, &st.WorryAt)
		if err != nil && !errs.Is(err, errs.NotFound) {
			return err
		}
	}
	if went != WentWorry {
		st.WorryAt = time.Time{}
	}
	if before.Next == "" && c.Next == "" && c.InsteadOf == "" {
		return nil // nothing was to come, and nothing new is: the whole story need not be gone through
	}
	return nextSaid(tx, c.Person, st)
}

// nextSaid puts into a standing the next step that was said last, unless they have been
// in touch since it came due: then it is done. A note of today that says nothing of
// Sunday leaves what is to be on Sunday; what has no day is done by being in touch.
func nextSaid(tx *db.Tx, person ref.Person, st *Standing) error {
	var next Standing
	var said, since time.Time
	var in string
	err := tx.Row(selectNext, person).Scan(&next.Next, &next.NextAt, &next.NextBy, &said, &in)
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.Row(selectSince, person, said, in).Scan(&since); err != nil {
		return err
	}
	if since.IsZero() || !due(next.NextAt, since) {
		st.Next, st.NextAt, st.NextBy = next.Next, next.NextAt, next.NextBy
	}
	return nil
}
