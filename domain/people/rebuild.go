package people

import (
	"context"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// What people are found by is made anew in small turns at the writing door,
// while everyone goes on searching under the present key. Under a new key it
// goes in three steps, each of which may be broken off and taken up again:
//
//  1. The new year is noted as next. From now on whatever is written is written
//     under both keys.
//  2. Everyone is gone through by id and written under the new key; how far
//     stands in people_search.
//  3. The new year becomes the present one, and what is under the old key goes.

// sweepMost is how many old rows one turn at the door takes away.
const sweepMost = 400

// Rebuild makes anew what people are found by; with fresh under the key of this
// year's clock, else under the present one. say is told how many were done.
func (r *Registry) Rebuild(ctx context.Context, fresh bool, say func(people int)) (int, error) {
	if err := r.write(ctx, "rebuild", "people.rebuild", func(tx *db.Tx) error { return r.People.beginRebuild(tx, fresh) }); err != nil {
		return 0, err
	}
	done, over := 0, false
	for !over {
		var n int
		err := r.write(ctx, "rebuild", "people.rebuild", func(tx *db.Tx) (err error) {
			n, over, err = r.rebuildSome(tx)
			return err
		})
		if err != nil {
			return done, err
		}
		done += n
		say(done)
	}
	if err := r.CatchUp(ctx); err != nil {
		return done, err
	}
	return done, r.sweep(ctx)
}

func (s *Service) beginRebuild(tx *db.Tx, fresh bool) error {
	y, err := s.years(tx)
	if err != nil {
		return err
	}
	if y.fresh {
		if _, err := tx.Exec(insertYear, y.now); err != nil {
			return err
		}
	}
	next := y.next
	if year := int64(tx.Now().Year()); fresh && next == 0 && year != y.now {
		next = year
	}
	upto := y.upto
	if next != y.next || next == 0 {
		upto = ""
	}
	_, err = tx.Exec("UPDATE people_search SET next = $2, upto = $3 WHERE tenant = $1", next, upto)
	return err
}

// rebuildSome goes through as many people as one turn allows.
func (r *Registry) rebuildSome(tx *db.Tx) (n int, over bool, err error) {
	began := r.Clock.Now()
	y, err := r.People.years(tx)
	if err != nil {
		return 0, false, err
	}
	batch, err := r.People.persons.List(tx, "WHERE tenant = $1 AND person > $2 ORDER BY person LIMIT 64", y.upto)
	if err != nil {
		return 0, false, err
	}
	var seen []ref.Person
	for i := range batch {
		if r.Clock.Now().Sub(began) > doorTime {
			break
		}
		if err := r.People.again(tx, y, &batch[i]); err != nil {
			return 0, false, err
		}
		y.upto = batch[i].ID
		seen = append(seen, batch[i].ID)
	}
	for _, p := range batch[len(seen):] {
		tx.Settle(string(p.ID)) // read, and left for the next turn
	}
	if err := look(tx, "people.rebuild", seen...); err != nil {
		return 0, false, err
	}
	if over = len(batch) == 0; over && y.next != 0 {
		y.now, y.next, y.upto = y.next, 0, ""
	}
	_, err = tx.Exec("UPDATE people_search SET year = $2, next = $3, upto = $4 WHERE tenant = $1", y.now, y.next, y.upto)
	return len(seen), over, err
}

// again indexes a person anew; under the present key, duplicates that an import
// without tokens could not see are proposed too.
func (s *Service) again(tx *db.Tx, y years, p *Person) error {
	if err := s.index(tx, y, p); err != nil || y.next != 0 {
		return err
	}
	return s.propose(tx, y.now, p)
}

const (
	sweepTokens = `DELETE FROM people_token WHERE tenant = $1 AND (year, token, person) IN
		(SELECT year, token, person FROM people_token WHERE tenant = $1 AND (year < $2 OR year > $2) LIMIT $3)`
	sweepMarks = `DELETE FROM people_mark WHERE tenant = $1 AND (year, mark, person) IN
		(SELECT year, mark, person FROM people_mark WHERE tenant = $1 AND (year < $2 OR year > $2) LIMIT $3)`
)

// sweep takes away what stands under another key than the present one.
func (r *Registry) sweep(ctx context.Context) error {
	for _, sql := range []string{sweepTokens, sweepMarks} {
		for left := int64(1); left > 0; {
			err := r.write(ctx, "sweep", "people.rebuild", func(tx *db.Tx) error {
				y, err := r.People.years(tx)
				if err != nil || y.next != 0 {
					left = 0
					return err
				}
				left, err = tx.Exec(sql, y.now, sweepMost)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
