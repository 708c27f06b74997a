package workforce

import (
	"context"
	"errors"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/job"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// bellErase is the bell that destroys the key of what was erased.
const bellErase = "workforce.erase"

// Erase takes one page away for good. Twice is no error.
func (s *Service) Erase(ctx context.Context, id string) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		b, err := bareOf(tx, id)
		if err != nil {
			return err
		}
		if err := s.must(tx, "workforce.own", b.account, false); err != nil || b.gone {
			return err
		}
		e, err := s.entries.Get(tx, id)
		if err != nil {
			return err
		}
		return s.erase(tx, e)
	})
	return errs.Wrap("workforce: erase", err)
}

// erase leaves of an entry that there was one, and rings for its key.
func (s *Service) erase(tx *db.Tx, before Entry) error {
	gone := Entry{ID: before.ID, Lock: before.Lock, Account: before.Account, Thread: before.Thread, GoneAt: tx.Now(), Version: before.Version}
	changes, err := s.entries.Update(tx, &before, &gone)
	if err != nil {
		return err
	}
	if err := job.Add(tx, bellErase, before.Lock, tx.Now()); err != nil {
		return err
	}
	return changed(tx, gone.row(), changes)
}

// EraseAll takes away all that whoever asks wrote, and ends their part in what
// they take part in. still is whether they may write anew.
func (s *Service) EraseAll(ctx context.Context) (still bool, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		if err := s.mayKeep(tx); err != nil {
			return err
		}
		if still, err = s.may(tx, "workforce.write", me(tx), false); err != nil {
			return err
		}
		return s.Forget(tx, me(tx))
	})
	return still, errs.Wrap("workforce: erase all", err)
}

// mayKeep refuses whoever has no pages and may write none.
func (s *Service) mayKeep(tx *db.Tx) error {
	writes, err := s.may(tx, "workforce.write", me(tx), false)
	if err != nil {
		return err
	}
	if err := s.known(tx, writes); err != nil {
		return err
	}
	return s.must(tx, "workforce.own", me(tx), false)
}

// Forget is EraseAll for an account that ends. Who may ask is for the caller to
// decide.
func (s *Service) Forget(tx *db.Tx, account ref.Account) error {
	list, err := s.entries.List(tx, "WHERE tenant = $1 AND account = $2 AND gone_at = 0 ORDER BY entry", account)
	if err != nil {
		return errs.Wrap("workforce: forget", err)
	}
	for _, e := range list {
		if err := s.erase(tx, e); err != nil {
			return errs.Wrap("workforce: forget", err)
		}
	}
	parts, err := s.parts.List(tx, wherePart, account)
	if err != nil {
		return errs.Wrap("workforce: forget", err)
	}
	for _, p := range parts {
		if err := s.leave(tx, p); err != nil {
			return errs.Wrap("workforce: forget", err)
		}
	}
	return nil
}

// Jobs are the bells of this domain.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{bellErase: s.destroy}
}

// destroy is the bell. It may ring again: a key that is gone stays gone, and one
// that is not in this key store opens nothing either.
func (s *Service) destroy(ctx context.Context, j job.Job) error {
	sc, _ := scope.From(ctx)
	if err := s.Vault.Erase(sc.Tenant, j.Key); err != nil && !errors.Is(err, seal.ErrNoKey) {
		return errs.Wrap("workforce: destroy", err)
	}
	return errs.Wrap("workforce: destroy", s.DB.Write(ctx, j.Done))
}

// Standing asks whether these pages open for whoever asks, before a page is shown
// that opens none.
func (s *Service) Standing(ctx context.Context) error {
	return errs.Wrap("workforce: standing", s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		return s.mayKeep(tx)
	}))
}
