package access

import (
	"context"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// SetRoles gives an account these roles and no others. A role that was taken
// away is gone at the next request. Nobody changes their own. An administrator
// neither makes nor unmakes a participant, and does not learn who is one.
func (s *Service) SetRoles(ctx context.Context, account ref.Account, roles []string) (Account, error) {
	if err := checkRoles(roles); err != nil {
		return Account{}, err
	}
	return s.change(ctx, "account.roles", account, func(tx *db.Tx, a *Account) error {
		if tx.Scope().Role == Administrator {
			path := slices.Contains(a.Roles, Participant)
			roles = slices.DeleteFunc(slices.Clone(roles), func(r string) bool { return r == Participant })
			if path {
				roles = append(roles, Participant)
			}
		}
		a.Roles = roles
		return checkRoles(roles)
	})
}

// Pause keeps an account out until it is opened again, and ends its sign-ins
// and links at once.
func (s *Service) Pause(ctx context.Context, account ref.Account) error {
	_, err := s.change(ctx, "account.suspend", account, func(tx *db.Tx, a *Account) error {
		a.SuspendedAt = tx.Now()
		if err := endLinks(tx, account); err != nil {
			return err
		}
		return endSessions(tx, account, "")
	})
	return err
}

// Reopen lets a paused account in again; an end that is over is taken away. Its
// old sign-ins stay ended.
func (s *Service) Reopen(ctx context.Context, account ref.Account) error {
	_, err := s.change(ctx, "account.reopen", account, func(tx *db.Tx, a *Account) error {
		now, err := latest(tx)
		if a.over(now) {
			a.UntilAt = time.Time{}
		}
		a.SuspendedAt = time.Time{}
		return err
	})
	return err
}

func (s *Service) change(ctx context.Context, action string, account ref.Account, do func(*db.Tx, *Account) error) (Account, error) {
	var after Account
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.suspend", Resource{}); err != nil {
			return err
		}
		if tx.Scope().Actor == string(account) {
			return errs.New(errs.Conflict, "access: "+action, "access.error.yourself")
		}
		before, err := s.reach(tx, account)
		if err != nil {
			return err
		}
		after = before
		if err := do(tx, &after); err != nil {
			return err
		}
		changes, err := s.accounts.Update(tx, &before, &after)
		if err != nil {
			return err
		}
		if after.mayLess(before) {
			tx.TakenBack(accountKind, string(account))
		}
		if before.walks(tx.Now()) && !after.walks(tx.Now()) {
			if err := s.Left(tx, account); err != nil {
				return err
			}
		}
		return record(tx, action, account, rowOf(account), changes)
	})
	return after, errs.Wrap("access: "+action, err)
}

// reach reads an account for someone who looks after accounts. To an
// administrator a participant's is not there: that someone is one is content.
func (s *Service) reach(tx *db.Tx, account ref.Account) (Account, error) {
	a, err := s.accounts.Get(tx, account)
	if err == nil && tx.Scope().Role == Administrator && !works(a.Roles) {
		err = absent("access: account")
	}
	return a, err
}

// Account returns one account of someone who works here.
func (s *Service) Account(ctx context.Context, account ref.Account) (Account, error) {
	var a Account
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.list", Resource{}); err != nil {
			return err
		}
		var err error
		if a, err = s.reach(tx, account); err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "account.list", Subjects: []string{string(account)}, Record: rowOf(account)})
	})
	return a, errs.Wrap("access: account", err)
}

// LeftAlone is how many people an account walks with, for whoever may pause it: they
// have nobody then. Of them it reads and shows nothing else.
func (s *Service) LeftAlone(ctx context.Context, account ref.Account) (out Walks, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.suspend", Resource{}); err != nil {
			return err
		}
		out, err = s.Walks(tx, account)
		return err
	})
	return out, errs.Wrap("access: who is left alone", err)
}

func rowOf(a ref.Account) string { return "access_account/" + string(a) }

// Find is the account of an address, for whoever may pause it: NotFound where there
// is none.
func (s *Service) Find(ctx context.Context, email string) (a ref.Account, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.suspend", Resource{}); err != nil {
			return err
		}
		a, err = byEmail(tx, email)
		return err
	})
	return a, errs.Wrap("access: find", err)
}
