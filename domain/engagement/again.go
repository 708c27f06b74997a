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
	for _, id := range which {
		w, err := s.walks.Get(tx, id)
		if errs.Is(err, errs.NotFound) {
			continue // newer than the copy
		}
		if err != nil {
			return n, errs.Wrap("engagement: end again", err)
		}
		if !w.EndedAt.IsZero() {
			tx.Settle(string(w.Person))
			continue
		}
		after := w
		after.EndedAt = tx.Now()
		if err := s.keepWalk(tx, "engagement.end", w, after); err != nil {
			return n, errs.Wrap("engagement: end again", err)
		}
		n++
	}
	return n, nil
}
