package engagement

import (
	"alongside/domain/audit"
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

// CarryKind is under which kind a plan that no longer rests on phones stands in that list:
// the person whose it is. It may do so again another day.
const CarryKind = "carry"

// CarryAgain takes off phones the plans of those who said so since an older copy of the data
// was made. It returns how many there were. Who may ask is for the caller to decide.
func (s *Service) CarryAgain(tx *db.Tx, whose []ref.Person) (n int, err error) {
	n, err = db.Again(whose, func(p ref.Person) (bool, error) { return s.carryAgain(tx, p) })
	return n, errs.Wrap("engagement: carry again", err)
}

func (s *Service) carryAgain(tx *db.Tx, person ref.Person) (bool, error) {
	before, err := s.carryOf(tx, person)
	if err != nil || !before.Peers {
		tx.Settle(string(person))
		return false, err
	}
	after := before
	after.Peers = false
	changes, err := s.carries.Update(tx, &before, &after)
	if err != nil {
		return false, err
	}
	return true, audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "engagement.carry", Record: "engagement_carry/" + string(person), Changes: changes}, string(person))
}
