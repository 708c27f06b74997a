package access

import (
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

const selectHolders = `SELECT account FROM access_account WHERE tenant = $1
	AND ' ' || roles || ' ' LIKE '% ' || $2 || ' %' AND suspended_at = 0 AND ended_at = 0 AND (until_at = 0 OR until_at > $3) ORDER BY account`

// Held are the roles of an account that is open; none of one that was paused,
// ended, or is not here. No look is recorded: it names nobody.
func (s *Service) Held(tx *db.Tx, account ref.Account) ([]string, error) {
	var roles string
	err := tx.Row("SELECT roles FROM access_account WHERE tenant = $1 AND account = $2 AND suspended_at = 0 AND ended_at = 0 AND (until_at = 0 OR until_at > $3)", account, tx.Now()).Scan(&roles)
	if errs.Is(err, errs.NotFound) {
		return nil, nil
	}
	return strings.Fields(roles), errs.Wrap("access: held", err)
}

// Open reports whether an account is there and neither paused nor ended.
func (s *Service) Open(tx *db.Tx, account ref.Account) (bool, error) {
	roles, err := s.Held(tx, account)
	return len(roles) > 0, err
}

// Holders are the accounts that hold a role and are open. Ids alone name
// nobody, so no look is recorded.
func (s *Service) Holders(tx *db.Tx, role string) ([]ref.Account, error) {
	out, err := db.Column[ref.Account](tx, selectHolders, role, tx.Now())
	return out, errs.Wrap("access: holders", err)
}
