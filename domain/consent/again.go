package consent

import (
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// OverKind is under which kind a consent that is over stands in the list of what
// was taken back (db.Tx.TakenBack): taken back in any way, ended by its event,
// or not confirmed when it was read back. One that ended on its day is over in
// an older copy too.
const OverKind = "consent"

// EndAgain takes back those of some consents that stand: an older copy of the
// data was put back, and they were over before. No instant is compared, since a
// consent that is over never comes to life again. It returns how many stood.
// Who may ask is for the caller to decide.
func (s *Service) EndAgain(tx *db.Tx, which []ref.Consent) (n int, err error) {
	n, err = db.Again(which, func(c ref.Consent) (bool, error) { return s.endAgain(tx, c) })
	return n, errs.Wrap("consent: end again", err)
}

func (s *Service) endAgain(tx *db.Tx, which ref.Consent) (bool, error) {
	var stands int
	err := tx.Row("SELECT COUNT(*) FROM consent_consent WHERE tenant = $1 AND consent = $2 AND revoked_at = 0 AND ended_at = 0", which).Scan(&stands)
	if err != nil || stands == 0 {
		return false, err
	}
	before, err := s.consents.Get(tx, which)
	if err != nil {
		return false, err
	}
	return true, s.takeBack(tx, before, Again)
}

// MineKind is under which kind a service that is no longer one of a person's own stands
// in that list: the person, and the service. It may become one again another day.
const MineKind = "mine"

// PartAgain ends that a service is one of a person's own, where an older copy of the
// data brought it back. It returns how many there were. Who may ask is for the caller to
// decide.
func (s *Service) PartAgain(tx *db.Tx, notes []string) (n int, err error) {
	n, err = db.Again(notes, func(note string) (bool, error) {
		person, which, _ := strings.Cut(note, "/")
		is, err := isMine(tx, ref.Person(person), ref.Recipient(which))
		if err != nil || !is {
			return false, err
		}
		return true, s.NoteMine(tx, ref.Person(person), ref.Recipient(which), false)
	})
	return n, errs.Wrap("consent: part again", err)
}
