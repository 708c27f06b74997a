package mine

import (
	"context"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// CatchUp makes good, after an older copy of the data was put back, what the
// ledger of erasures knows and that copy does not: whoever it names has left.
// Their sign-in, their consents and what walked with them come back with the
// copy, and end here again, in an organisation that is paused too. It returns how
// many there were.
func (s *Service) CatchUp(ctx context.Context) (n int, err error) {
	tenants, err := s.Vault.Tenants()
	if err != nil {
		return 0, errs.Wrap("mine: catch up", err)
	}
	for _, t := range tenants {
		in := scope.With(ctx, scope.Scope{Tenant: t, Actor: "system", Purpose: scope.Operations, Always: true})
		ended, err := s.Vault.Erased(t)
		if err != nil {
			return n, errs.Wrap("mine: catch up", err)
		}
		for _, e := range ended {
			again, err := s.catchUp(in, ref.Person(e.Subject))
			if err != nil {
				return n, errs.Wrap("mine: catch up", err)
			}
			n += again
		}
	}
	return n, nil
}

func (s *Service) catchUp(ctx context.Context, person ref.Person) (n int, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		n = 0
		missing, err := s.stillHere(tx, person)
		if err != nil || !missing {
			return err
		}
		n = 1
		return s.Leave(tx, person, WhyRestored)
	})
	if err != nil || n == 0 {
		return n, err
	}
	return n, s.Erase(ctx, person, func(*db.Tx) error { return nil })
}

// stillHere reports whether the data holds someone as if they had not left. Not
// everyone in the ledger is a person: accounts have keys too.
func (s *Service) stillHere(tx *db.Tx, person ref.Person) (bool, error) {
	var erased int64
	err := tx.Row("SELECT erased_at FROM mine_leaving WHERE tenant = $1 AND person = $2", person).Scan(&erased)
	if err == nil || !errs.Is(err, errs.NotFound) {
		return err == nil && erased == 0, err
	}
	for _, r := range s.about() {
		n, err := r.Count(tx, string(person))
		if n > 0 || err != nil {
			return n > 0, err
		}
	}
	return false, nil
}
