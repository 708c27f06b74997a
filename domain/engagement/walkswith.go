package engagement

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

const selectWalksWith = `SELECT DISTINCT person FROM engagement_walk WHERE tenant = $1 AND peer = $2 AND ended_at = 0 ORDER BY person LIMIT 500`

// WalksWith lists the people whom a peer walks with now. It reads ids only.
func (s *Service) WalksWith(tx *db.Tx, peer ref.Account) ([]ref.Person, error) {
	rows, err := tx.Query(selectWalksWith, peer)
	if err != nil {
		return nil, errs.Wrap("engagement: walks with", err)
	}
	defer rows.Close()
	var out []ref.Person
	for rows.Next() {
		var p ref.Person
		if err := rows.Scan(&p); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, errs.Wrap("engagement: walks with", rows.Err())
}
