package access

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

const selectHolders = `SELECT account FROM access_account WHERE tenant = $1
	AND ' ' || roles || ' ' LIKE '% ' || $2 || ' %' AND suspended_at = 0 AND ended_at = 0 ORDER BY account`

// Holders are the accounts that hold a role and are open. Ids alone name
// nobody, so no look is recorded.
func (s *Service) Holders(tx *db.Tx, role string) ([]ref.Account, error) {
	rows, err := tx.Query(selectHolders, role)
	if err != nil {
		return nil, errs.Wrap("access: holders", err)
	}
	defer rows.Close()
	var out []ref.Account
	for rows.Next() {
		var a ref.Account
		if err := rows.Scan(&a); err != nil {
			return nil, errs.Wrap("access: holders", err)
		}
		out = append(out, a)
	}
	return out, rows.Err()
}
