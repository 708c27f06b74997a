package people

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Forget empties a person who leaves, and everything by which a search, a file
// or another system finds them. Their row stays, to be counted. The caller
// records it.
func (s *Service) Forget(tx *db.Tx, id ref.Person) error {
	before, err := s.persons.Get(tx, id)
	if err != nil {
		return errs.Wrap("people: forget", err)
	}
	if err := s.unlist(tx, &before); err != nil {
		return errs.Wrap("people: forget", err)
	}
	for _, sql := range []string{ // what an older key, or an erased one, could not name
		"DELETE FROM people_token WHERE tenant = $1 AND person = $2",
		"DELETE FROM people_mark WHERE tenant = $1 AND person = $2",
		deleteUnmet,
	} {
		if _, err := tx.Exec(sql, id); err != nil {
			return errs.Wrap("people: forget", err)
		}
	}
	after := Person{ID: id, CreatedAt: before.CreatedAt, Version: before.Version}
	_, err = s.persons.Update(tx, &before, &after)
	return errs.Wrap("people: forget", err)
}

// After lists people by id, after one of them. Ids alone name nobody, so no look
// is recorded.
func (s *Service) After(tx *db.Tx, last ref.Person, most int) ([]ref.Person, error) {
	out, err := db.Column[ref.Person](tx, "SELECT person FROM people_person WHERE tenant = $1 AND person > $2 ORDER BY person LIMIT $3", last, most)
	return out, errs.Wrap("people: after", err)
}
