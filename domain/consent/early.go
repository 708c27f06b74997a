package consent

import (
	"cmp"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// A consent given soon after an overdose is given by someone who may hardly
// remember it tomorrow. It covers one named service, for care, and nothing
// else. It is read back at the next contact; unless the person says yes again
// by then, it lapses. No law asks for this: 42 CFR part 2 knows no hour at
// which a signature counts less.
const (
	EarlyHours = 24 * time.Hour     // how long after an overdose a consent is early
	ReadBackBy = 7 * 24 * time.Hour // when one that nobody read back lapses at the latest
)

// waits reports that a consent is early and was not read back yet.
func (c Consent) waits() bool { return c.Early && c.ConfirmedAt.IsZero() }

// IsEarly reports whether a consent given at that instant is early, after an
// overdose at another; both ends are before 24 hours are over.
func IsEarly(given, overdose time.Time) bool {
	return !overdose.IsZero() && given.Before(overdose.Add(EarlyHours))
}

// ReadBack records that an early consent was read back to the person, and what
// they said. A yes completes it by what form holds: the elements that could
// wait; what is missing is Invalid and names the place. A no, or nothing said,
// lets it lapse at once. One that is not early, has lapsed or was taken back is
// a Conflict.
func (s *Service) ReadBack(tx *db.Tx, which ref.Consent, yes bool, form Consent) error {
	return errs.Wrap("consent: read back", s.readBack(tx, which, yes, form))
}

func (s *Service) readBack(tx *db.Tx, which ref.Consent, yes bool, form Consent) error {
	before, err := s.consents.Get(tx, which)
	if err != nil {
		return err
	}
	now, err := s.moment(tx, before)
	if err != nil {
		return err
	}
	if !before.waits() || !before.inForce(now) {
		return errs.New(errs.Conflict, string(which), "consent.not-to-read-back")
	}
	after := before
	action := "consent.lapse"
	if after.ConfirmBy = now; yes {
		action = "consent.confirm"
		after = before.completed(form)
		after.ConfirmedAt, after.ConfirmedBy = now, tx.Scope().Actor
		if err := s.complete(tx, after); err != nil {
			return err
		}
	}
	changes, err := s.consents.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	if !yes {
		tx.TakenBack(OverKind, string(which))
		if err := s.over(tx, after); err != nil {
			return err
		}
	}
	return record(tx, audit.Change, action, after, changes)
}

// completed is c with the elements that could wait. Whom, what, what for and
// until when stay as they were said.
func (c Consent) completed(form Consent) Consent {
	c.SignedAs, c.Rights, c.Warned = form.SignedAs, form.Rights, form.Warned
	c.Language, c.Copied, c.Paper = form.Language, form.Copied, form.Paper
	c.Signer, c.SignerName, c.SignerWhy = cmp.Or(form.Signer, c.Signer), form.SignerName, form.SignerWhy
	if form.How != "" {
		c.How = form.How
	}
	return c.fitting()
}

// lapsed is when an early consent ended because there was no yes when it was read
// back, or nobody read it back in time: unread. The zero time for one that did not end
// so by now.
func (c Consent) lapsed(now time.Time) (at time.Time, unread bool) {
	before := func(t time.Time) bool { return !t.IsZero() && t.Before(c.ConfirmBy) }
	if !c.waits() || before(c.RevokedAt) || before(c.EndedAt) || before(c.UntilAt) || now.Before(c.ConfirmBy) {
		return time.Time{}, false
	}
	return c.ConfirmBy, c.ConfirmBy.Equal(c.GivenAt.Add(ReadBackBy))
}

// complete checks a consent that is being confirmed, by the law of today.
func (s *Service) complete(tx *db.Tx, c Consent) error {
	r, err := lawHere(tx)
	if err != nil {
		return err
	}
	return check(c, r)
}
