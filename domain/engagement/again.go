package engagement

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// WalkKind is under which kind a walk that ended stands in the list of what was taken
// back (db.Tx.TakenBack). One that ended never begins again: who walks together once
// more has a new one. So no instant is compared.
const WalkKind = "walk"

// EndAgain ends those of some walks that an older copy of the data brought back. It
// returns how many there were. Who may ask is for the caller to decide.
func (s *Service) EndAgain(tx *db.Tx, which []ref.Walk) (n int, err error) {
	n, err = db.Again(which, func(id ref.Walk) (bool, error) { return s.endAgain(tx, id) })
	return n, errs.Wrap("engagement: end again", err)
}

func (s *Service) endAgain(tx *db.Tx, id ref.Walk) (bool, error) {
	w, err := s.walks.Get(tx, id)
	if errs.Is(err, errs.NotFound) {
		return false, nil // newer than the copy
	}
	if err != nil {
		return false, err
	}
	if !w.EndedAt.IsZero() {
		tx.Settle(string(w.Person))
		return false, nil
	}
	after := w
	after.EndedAt = tx.Now()
	return true, s.keepWalk(tx, "engagement.end", w, after)
}
