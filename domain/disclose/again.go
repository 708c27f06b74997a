package disclose

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// AgreementKind is under which kind an agreement that was ended stands in the list of
// what was taken back (db.Tx.TakenBack). What is over stays over, so that no instant is
// compared.
const AgreementKind = "agreement"

// EndAgain ends those of some agreements that an older copy of the data brought back. It
// returns how many there were. Who may ask is for the caller to decide.
func (s *Service) EndAgain(tx *db.Tx, which []ref.Agreement) (n int, err error) {
	n, err = db.Again(which, func(id ref.Agreement) (bool, error) {
		err := s.EndAgreement(tx, id)
		if errs.Is(err, errs.NotFound) || errs.Is(err, errs.Conflict) {
			return false, nil // newer than the copy, or over in it too
		}
		return err == nil, err
	})
	return n, errs.Wrap("disclose: end again", err)
}
