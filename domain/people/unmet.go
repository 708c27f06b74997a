package people

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

const deleteUnmet = "DELETE FROM people_unmet WHERE tenant = $1 AND person = $2"

// Met says that somebody walks with a person who came in by a file: from now on
// they do not wait for the first one. For anyone else it does nothing.
func (s *Service) Met(tx *db.Tx, person ref.Person) error {
	_, err := tx.Exec(deleteUnmet, person)
	return errs.Wrap("people: met", err)
}
