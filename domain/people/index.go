package people

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

const (
	insertToken  = `INSERT INTO people_token (tenant, year, token, person) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`
	deleteToken  = `DELETE FROM people_token WHERE tenant = $1 AND year = $2 AND token = $3 AND person = $4`
	insertMark   = `INSERT INTO people_mark (tenant, year, mark, person, bare) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`
	deleteMark   = `DELETE FROM people_mark WHERE tenant = $1 AND year = $2 AND mark = $3 AND person = $4 AND bare = $5`
	selectYears  = `SELECT year, next, upto FROM people_search WHERE tenant = $1`
	insertYear   = `INSERT INTO people_search (tenant, year, next, upto) VALUES ($1, $2, 0, '') ON CONFLICT DO NOTHING`
	selectMarked = `SELECT person FROM people_mark WHERE tenant = $1 AND year = $2 AND mark = $3 AND person <> $4 AND bare >= $5 LIMIT $6`
)

// years says under which year's key tokens are looked for, and under which
// they are written besides while the key is changed.
type years struct {
	now, next int64
	upto      ref.Person
	fresh     bool // nothing stands in the table yet
}

// written are the years under which a new token is written.
func (y years) written() []int64 {
	if y.next != 0 {
		return []int64{y.now, y.next}
	}
	return []int64{y.now}
}

// years reads the state; an organisation that never searched begins with the
// year of the clock.
func (s *Service) years(tx *db.Tx) (years, error) {
	var y years
	err := tx.Row(selectYears).Scan(&y.now, &y.next, &y.upto)
	if errs.Is(err, errs.NotFound) {
		return years{now: int64(tx.Now().Year()), fresh: true}, nil
	}
	return y, err
}

// index writes a person's tokens and marks; what is there stays.
func (s *Service) index(tx *db.Tx, y years, p *Person) error {
	if y.fresh {
		if _, err := tx.Exec(insertYear, y.now); err != nil {
			return err
		}
	}
	for _, year := range y.written() {
		if err := put(tx, under(tx, year), p, [2]string{insertToken, insertMark}); err != nil {
			return err
		}
	}
	return nil
}

// unindex takes them away.
func (s *Service) unindex(tx *db.Tx, y years, p *Person) error {
	for _, year := range y.written() {
		if err := put(tx, under(tx, year), p, [2]string{deleteToken, deleteMark}); err != nil {
			return err
		}
	}
	return nil
}

func put(tx *db.Tx, k keyed, p *Person, do [2]string) error {
	for _, t := range k.of(p) {
		if _, err := tx.Exec(do[0], k.year, t, p.ID); err != nil {
			return err
		}
	}
	for _, m := range k.marks(p) {
		if _, err := tx.Exec(do[1], k.year, m.key, p.ID, m.bare); err != nil {
			return err
		}
	}
	return nil
}

// reindex follows a change of names or ways to be reached.
func (s *Service) reindex(tx *db.Tx, before, after *Person) error {
	if before.Name == after.Name && before.LegalName == after.LegalName && before.Phone == after.Phone && before.Email == after.Email {
		return nil
	}
	y, err := s.years(tx)
	if err != nil {
		return err
	}
	if err := s.unindex(tx, y, before); err != nil {
		return err
	}
	return s.index(tx, y, after)
}

// unlist takes away everything by which a person can be found or known again.
// It comes before their key is destroyed: afterwards nobody could tell which
// tokens were theirs.
func (s *Service) unlist(tx *db.Tx, p *Person) error {
	y, err := s.years(tx)
	if err != nil {
		return err
	}
	if err := s.unindex(tx, y, p); err != nil {
		return err
	}
	for _, sql := range []string{
		"DELETE FROM people_proposal WHERE tenant = $1 AND (one = $2 OR two = $2)",
		"DELETE FROM people_source WHERE tenant = $1 AND person = $2",
		"DELETE FROM people_pending WHERE tenant = $1 AND person = $2",
	} {
		if _, err := tx.Exec(sql, p.ID); err != nil {
			return err
		}
	}
	return nil
}
