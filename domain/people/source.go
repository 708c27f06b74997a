package people

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Known finds the person whom another system knows by key, or adds them as p.
// Only a keyed mark of the key is kept.
func (s *Service) Known(tx *db.Tx, key string, p Person) (ref.Person, error) {
	mark := tx.Vault().Token(tx.Scope().Tenant, "people.source", []byte(key))
	var id ref.Person
	err := tx.Row("SELECT person FROM people_source WHERE tenant = $1 AND mark = $2", mark).Scan(&id)
	if err == nil || !errs.Is(err, errs.NotFound) {
		return id, errs.Wrap("people: known", err)
	}
	p.CreatedAt = tx.Now()
	if p, err = s.Add(tx, p); err != nil {
		return "", err
	}
	_, err = tx.Exec("INSERT INTO people_source (tenant, mark, person) VALUES ($1, $2, $3)", mark, p.ID)
	return p.ID, errs.Wrap("people: known", err)
}
