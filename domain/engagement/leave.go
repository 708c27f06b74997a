package engagement

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Leave ends every walk of someone who leaves, so that nobody is reminded of
// them. For the same person again it does nothing.
func (s *Service) Leave(tx *db.Tx, person ref.Person) error {
	walks, err := s.with(tx, person)
	if err != nil {
		return errs.Wrap("engagement: leave", err)
	}
	for _, w := range walks {
		if err := s.End(tx, person, w.Peer); err != nil {
			return errs.Wrap("engagement: leave", err)
		}
	}
	return nil
}
