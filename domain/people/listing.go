package people

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// listing writes tokens and marks of many people in the order of the tables, a
// statement for sixteen, and proposes who shares a mark.
type listing struct {
	*Registry
	how    Taking
	tokens []entry
	marks  []entry
	why    map[pair][]string
}

// entry is one row of people_token or people_mark.
type entry struct {
	year   int64
	person ref.Person
	mark   // of a token, only its key
}

type pair struct{ one, two ref.Person }

// enlist lets people who were taken in be found, and returns how many pairs it
// proposed.
func (r *Registry) enlist(ctx context.Context, added []Person, how Taking) (int, error) {
	if len(added) == 0 {
		return 0, nil
	}
	l := &listing{Registry: r, how: how, why: map[pair][]string{}}
	if err := l.gather(ctx, added); err != nil {
		return 0, err
	}
	if err := inTurns(ctx, l, l.tokens, l.putTokens); err != nil {
		return 0, err
	}
	if err := inTurns(ctx, l, l.marks, l.putMarks); err != nil {
		return 0, err
	}
	if err := l.pairUp(ctx); err != nil {
		return 0, err
	}
	n, err := l.proposeAll(ctx)
	if err != nil {
		return n, err
	}
	return n, inTurns(ctx, l, added, l.putDone)
}

// gather makes the tokens of everyone, in order, away from the door.
func (l *listing) gather(ctx context.Context, added []Person) error {
	var keys []keyed
	err := l.write(ctx, "list", "import.run", func(tx *db.Tx) error {
		keys = nil
		y, err := l.People.years(tx)
		if err == nil && y.fresh {
			_, err = tx.Exec(insertYear, y.now)
		}
		for _, year := range y.written() {
			keys = append(keys, under(tx, year))
		}
		return err
	})
	for _, k := range keys {
		l.gatherYear(k, added)
	}
	return err
}

func (l *listing) gatherYear(k keyed, added []Person) {
	for i := range added {
		p := &added[i]
		for _, t := range k.of(p) {
			l.tokens = append(l.tokens, entry{k.year, p.ID, mark{key: t}})
		}
		for _, m := range k.marks(p) {
			l.marks = append(l.marks, entry{k.year, p.ID, m})
		}
	}
	slices.SortFunc(l.tokens, entry.compare)
	slices.SortFunc(l.marks, entry.compare)
}

func (e entry) compare(o entry) int {
	if e.year != o.year {
		return int(e.year - o.year)
	}
	if n := bytes.Compare(e.key, o.key); n != 0 {
		return n
	}
	return strings.Compare(string(e.person), string(o.person))
}

// rowsOnce is how many rows go into one statement. Two shapes only, so that the
// database prepares each once.
const rowsOnce = 16

// inTurns hands everything to put, some at a time, in turns at the door.
func inTurns[T any](ctx context.Context, l *listing, all []T, put func(tx *db.Tx, some []T) error) error {
	for len(all) > 0 {
		done := 0
		err := l.write(ctx, "list", "import.run", func(tx *db.Tx) error {
			began := l.Clock.Now()
			for done = 0; done < len(all) && l.Clock.Now().Sub(began) < doorTime; {
				n := min(rowsOnce, len(all)-done)
				if err := put(tx, all[done:done+n]); err != nil {
					return err
				}
				done += n
			}
			return nil
		})
		if err != nil {
			return err
		}
		all = all[done:]
		l.how.each()
	}
	return nil
}

func (l *listing) putTokens(tx *db.Tx, some []entry) error {
	return insertRows(tx, "INSERT INTO people_token (tenant, year, token, person) VALUES ", some, func(e entry) []any {
		return []any{e.year, e.key, e.person}
	})
}

// insertRows writes sixteen rows in one statement, or fewer in one each.
func insertRows[T any](tx *db.Tx, into string, some []T, row func(T) []any) error {
	n := rowsOnce
	if len(some) < rowsOnce {
		n = 1
	}
	for len(some) > 0 {
		var args []any
		for _, e := range some[:n] {
			args = append(args, row(e)...)
		}
		if _, err := tx.Exec(into+groups(n, len(args)/n)+" ON CONFLICT DO NOTHING", args...); err != nil {
			return err
		}
		some = some[n:]
	}
	return nil
}

// groups writes n rows of parameters, each the tenant and some of its own.
func groups(n, own int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("($1")
		for j := range own {
			fmt.Fprintf(&b, ", $%d", 2+i*own+j)
		}
		b.WriteString(")")
	}
	return b.String()
}

// putDone says that these can be found now.
func (l *listing) putDone(tx *db.Tx, some []Person) error {
	for i := range some {
		if _, err := tx.Exec("DELETE FROM people_pending WHERE tenant = $1 AND person = $2", some[i].ID); err != nil {
			return err
		}
	}
	return nil
}
