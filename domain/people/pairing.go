package people

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
)

func (l *listing) putMarks(tx *db.Tx, some []entry) error {
	return insertRows(tx, "INSERT INTO people_mark (tenant, year, mark, person, bare) VALUES ", some, func(e entry) []any {
		return []any{e.year, e.key, e.person, e.bare}
	})
}

// sharedOnce is how many marks are looked for on one snapshot.
const sharedOnce = 64 * rowsOnce

// pairUp notes who else has the marks that were written. It comes after all of
// them, for how many share one is known only then, and away from the door.
func (l *listing) pairUp(ctx context.Context) error {
	left := l.marks
	for len(left) > 0 {
		n := min(sharedOnce, len(left))
		for n > 1 && left[n-1].year != left[0].year {
			n-- // each year's marks are looked for under their own key
		}
		err := l.DB.Read(ctx, func(tx *db.Tx) error {
			for some := range slices.Chunk(left[:n], rowsOnce) {
				if err := l.sharers(tx, some); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		left = left[n:]
	}
	return nil
}

// sharersMost is how many rows one look for sixteen marks may bring; with more
// each mark is looked for alone.
const sharersMost = 100

// sharers notes every pair of one of these with anyone who has the same mark.
// A crowd shares nothing but a house or a common name.
func (l *listing) sharers(tx *db.Tx, these []entry) error {
	all, err := sharing(tx, these)
	if err == nil && len(all) > sharersMost && len(these) > 1 {
		for i := range these {
			if err := l.sharers(tx, these[i:i+1]); err != nil {
				return err
			}
		}
		return nil
	}
	held := map[string]int{}
	for _, a := range all {
		held[string(a.key)]++
	}
	for _, e := range these {
		for _, a := range all {
			if a.person != e.person && bytes.Equal(a.key, e.key) && held[string(e.key)] <= crowd && (e.alone() || a.bare) {
				l.note(e, a.person)
			}
		}
	}
	return err
}

func (l *listing) note(e entry, other ref.Person) {
	one, two := ordered(e.person, other)
	if p := (pair{one, two}); !slices.Contains(l.why[p], e.why) {
		l.why[p] = append(l.why[p], e.why)
	}
}

// sharing reads who has one of these marks; the last fills the places left over.
func sharing(tx *db.Tx, these []entry) ([]entry, error) {
	args := []any{these[0].year, sharersMost + 1}
	holes := make([]string, rowsOnce)
	for i := range holes {
		holes[i] = fmt.Sprintf("$%d", i+4)
		args = append(args, these[min(i, len(these)-1)].key)
	}
	rows, err := tx.Query("SELECT mark, person, bare FROM people_mark WHERE tenant = $1 AND year = $2 AND mark IN ("+
		strings.Join(holes, ", ")+") LIMIT $3", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []entry
	for rows.Next() {
		var e entry
		if err := rows.Scan(&e.key, &e.person, &e.bare); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

// proposeAll writes down the pairs that were noted and returns how many are new.
func (l *listing) proposeAll(ctx context.Context) (int, error) {
	pairs := slices.SortedFunc(maps.Keys(l.why), func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.one, b.one), cmp.Compare(a.two, b.two))
	})
	fresh := map[pair]int{} // by a turn's first pair: a turn may run twice
	err := inTurns(ctx, l, pairs, func(tx *db.Tx, some []pair) error {
		n := 0
		for _, p := range some {
			added, err := proposePair(tx, p, l.why[p])
			if err != nil {
				return err
			}
			n += added
		}
		fresh[some[0]] = n
		return nil
	})
	all := 0
	for _, n := range fresh {
		all += n
	}
	return all, err
}

func proposePair(tx *db.Tx, p pair, why []string) (int, error) {
	slices.Sort(why)
	n, err := tx.Exec(insertProposal, p.one, p.two, strings.Join(why, " "), tx.Now())
	return int(n), err
}

// CatchUp lets be found who came in by a file and was left behind when the
// program ended in between, or who was taken in unseen.
func (r *Registry) CatchUp(ctx context.Context) error {
	for left := true; left; {
		err := r.write(ctx, "catch up", "import.run", func(tx *db.Tx) error {
			ids, err := db.Column[ref.Person](tx, "SELECT person FROM people_pending WHERE tenant = $1 ORDER BY person LIMIT $2", pageful)
			if left = len(ids) > 0; err != nil || !left {
				return err
			}
			return r.catchSome(tx, ids)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Registry) catchSome(tx *db.Tx, ids []ref.Person) error {
	began := r.Clock.Now()
	y, err := r.People.years(tx)
	if err != nil {
		return err
	}
	found, err := r.People.Several(tx, ids)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if r.Clock.Now().Sub(began) > doorTime {
			tx.Settle(plain(ids[i:])...)
			ids = ids[:i]
			break
		}
		p := found[id]
		if err := r.People.again(tx, y, &p); err != nil {
			return err
		}
		if _, err := tx.Exec("DELETE FROM people_pending WHERE tenant = $1 AND person = $2", id); err != nil {
			return err
		}
	}
	return look(tx, "people.rebuild", ids...)
}
