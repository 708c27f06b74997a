package access

import (
	"slices"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// Leads are the open accounts of those who answer for what leaves the
// organisation, supervisors and coordinators, with their work names.
func (s *Service) Leads(tx *db.Tx) (map[ref.Account]string, error) {
	var ids []ref.Account
	for _, role := range []string{Supervisor, Coordinator} {
		some, err := s.Holders(tx, role)
		if err != nil {
			return nil, err
		}
		for _, a := range some {
			if !slices.Contains(ids, a) {
				ids = append(ids, a)
			}
		}
	}
	return s.Names(tx, ids)
}

// IsLead reports whether an account is one of them, now. It reads no name.
func (s *Service) IsLead(tx *db.Tx, account ref.Account) (bool, error) {
	roles, err := s.Held(tx, account)
	return slices.ContainsFunc(roles, func(r string) bool { return r == Supervisor || r == Coordinator }), err
}
