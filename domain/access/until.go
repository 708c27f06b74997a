package access

import (
	"context"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/job"
)

// untilBell rings when an account comes to its end.
const untilBell = "access.until"

// SetUntil says when an account ends by itself; the zero time is never. From that
// instant on it is paused, whatever it does then. An instant that is over is
// Invalid at "until".
func (s *Service) SetUntil(ctx context.Context, account ref.Account, until time.Time) error {
	_, err := s.change(ctx, "account.until", account, func(tx *db.Tx, a *Account) error {
		now, err := latest(tx)
		if err != nil {
			return err
		}
		if !until.IsZero() && !until.After(now) {
			return errs.At("access: until", "until", "access.error.until")
		}
		if a.UntilAt = until; until.IsZero() {
			return nil
		}
		return job.Add(tx, untilBell, string(account)+"/"+until.UTC().Format(time.RFC3339), until)
	})
	return err
}

// comeToEnd is the bell: it pauses an account whose time is over, so that a clock
// set back does not bring it to life again. One that got another end since is
// left alone.
func (s *Service) comeToEnd(ctx context.Context, j job.Job) error {
	account, _, _ := strings.Cut(j.Key, "/")
	return errs.Wrap("access: until", s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.lapse(tx, ref.Account(account)); err != nil && !errs.Is(err, errs.NotFound) {
			return err
		}
		return j.Done(tx)
	}))
}

// lapse pauses an account that has come to its end.
func (s *Service) lapse(tx *db.Tx, account ref.Account) error {
	before, err := s.accounts.Get(tx, account)
	if err != nil {
		return err
	}
	if !before.SuspendedAt.IsZero() || !before.EndedAt.IsZero() || !before.over(tx.Now()) {
		tx.Settle(string(account))
		return nil
	}
	changes, err := s.pauseNow(tx, before)
	if err != nil {
		return err
	}
	return record(tx, "account.lapse", account, rowOf(account), changes)
}

// pauseNow ends sign-ins and links, and tells those who must know that someone
// walks with nobody any more.
func (s *Service) pauseNow(tx *db.Tx, before Account) ([]field.Change, error) {
	after := before
	after.SuspendedAt = tx.Now()
	if err := endLinks(tx, before.ID); err != nil {
		return nil, err
	}
	if err := endSessions(tx, before.ID, ""); err != nil {
		return nil, err
	}
	changes, err := s.accounts.Update(tx, &before, &after)
	if err == nil && leads(before.Roles) {
		err = s.Left(tx, before.ID)
	}
	return changes, err
}

// lapsed pauses the account of a request that came after its end, where the bell
// has not rung yet. What cannot be written is written by the bell.
func (s *Service) lapsed(ctx context.Context, row sessionRow, now time.Time) {
	if row.until.IsZero() || now.Before(row.until) || !row.open {
		return
	}
	s.once(row, func() error {
		return s.DB.Write(ctx, func(tx *db.Tx) error { return s.lapse(tx, row.Account) })
	})
}
