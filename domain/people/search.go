package people

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// Found is what a search shows: at most a page of people, each once, and
// whether there were more.
type Found struct {
	People []Shown
	More   bool
}

// foundMost is how many people a search shows.
const foundMost = 20

// Search looks for people by parts of their names, as they sound, and by the
// last digits of a telephone. Who may search the organisation searches it; who
// may not searches among those they walk with. What one may not see looks like
// nothing found. The people shown are one look.
func (r *Registry) Search(ctx context.Context, text string) (Found, error) {
	var out Found
	err := r.write(ctx, "search", "people.work", func(tx *db.Tx) error {
		q := parse(text)
		if q.empty() {
			return nil
		}
		search := r.near
		if r.Allow(tx, "people.search") == nil {
			search = r.wide
		}
		ids, err := search(tx, q)
		if err != nil {
			return err
		}
		if out, err = r.list(tx, ids, q); err != nil {
			return err
		}
		var shown []ref.Person
		for _, p := range out.People {
			for _, record := range p.Records {
				shown = append(shown, record.ID)
			}
		}
		return look(tx, "people.search", shown...)
	})
	return out, err
}

// query is what is looked for.
type query struct {
	words []string
	tail  string // last digits of a telephone
}

func (q query) empty() bool { return len(q.words) == 0 && q.tail == "" }

// wordsMost is how many words of a search are looked for.
const wordsMost = 4

func parse(text string) query {
	var q query
	var number strings.Builder
	text = text[:min(len(text), 200)]
	for _, w := range strings.Fields(Fold(text)) {
		if digits(w) == w {
			number.WriteString(w)
		}
	}
	for _, w := range Parts(text) {
		if digits(w) != w && len(q.words) < wordsMost {
			q.words = append(q.words, w)
		}
	}
	if d := number.String(); len(d) >= lastDigits {
		q.tail = d
	}
	return q
}

// list puts what was found in order, the likeliest first, each person once.
func (r *Registry) list(tx *db.Tx, ids []ref.Person, q query) (Found, error) {
	var out Found
	seen := map[ref.Person]bool{}
	for _, id := range ids {
		same, err := r.People.Same(tx, id)
		if err != nil {
			return out, err
		}
		if seen[same[0]] {
			continue
		}
		seen[same[0]] = true
		if len(out.People) == foundMost {
			out.More = true
			break
		}
		p, err := r.shown(tx, same)
		if err != nil {
			return out, err
		}
		if q.ends(p.Records) {
			out.People = append(out.People, p)
		} else {
			tx.Settle(plain(same)...)
		}
	}
	if err := r.tellApart(tx, out.People); err != nil {
		return out, err
	}
	slices.SortStableFunc(out.People, func(a, b Shown) int { return cmp.Compare(q.best(a.Records), q.best(b.Records)) })
	return out, nil
}

// best is how far the closest of a person's records is from what is looked for.
func (q query) best(records []Person) int {
	least := far
	for i := range records {
		least = min(least, q.distance(&records[i]))
	}
	return least
}

// ends reports whether a telephone of one of the records ends as typed.
func (q query) ends(records []Person) bool {
	return slices.ContainsFunc(records, func(p Person) bool { return strings.HasSuffix(digits(p.Phone), q.tail) })
}

// wide searches the organisation by tokens. Who matches every word that anybody
// matches is found; a word that nobody matches is passed over, for it may be the
// one that is written wrong. The cost has a bound whatever the number of people.
func (r *Registry) wide(tx *db.Tx, q query) ([]ref.Person, error) {
	y, err := r.People.years(tx)
	if err != nil {
		return nil, err
	}
	if whole := q.number(under(tx, y.now)); whole != nil {
		ids, err := db.Column[ref.Person](tx, selectMarked, y.now, whole, "", 0, 2*foundMost)
		if err != nil || len(ids) > 0 {
			return ids, err
		}
	}
	groups, err := rare(tx, y.now, q.groups(under(tx, y.now)))
	if err != nil || len(groups) == 0 {
		return nil, err
	}
	sql, args := match(y.now, groups)
	return db.Column[ref.Person](tx, sql, args...)
}

// number is the mark of a whole telephone number; nil when less was typed.
func (q query) number(k keyed) []byte {
	if len(q.tail) < phoneLeast {
		return nil
	}
	return k.marks(&Person{Phone: q.tail})[0].key
}

// group are the tokens of one word: any of them will do.
type group struct {
	tokens [2][]byte
	held   int // rows it has, counted up to commonest
}

func (q query) groups(k keyed) []group {
	var out []group
	if q.tail != "" {
		t := k.ending(q.tail)
		out = append(out, group{tokens: [2][]byte{t, t}})
	}
	for _, w := range q.words {
		out = append(out, group{tokens: [2][]byte{k.name(w), k.sound(w)}})
	}
	return out
}

const (
	commonest = 1000 // beyond this a token counts as common
	driven    = 5000 // rows of the rarest word that are gone through
	countHeld = `SELECT COUNT(*) FROM (SELECT 1 FROM people_token WHERE tenant = $1 AND year = $2 AND token IN ($3, $4) LIMIT $5) AS held`
)

// rare puts the groups that anybody has in order, the rarest first.
func rare(tx *db.Tx, year int64, all []group) ([]group, error) {
	var out []group
	for _, g := range all {
		if err := tx.Row(countHeld, year, g.tokens[0], g.tokens[1], commonest).Scan(&g.held); err != nil {
			return nil, err
		}
		if g.held > 0 {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b group) int { return cmp.Compare(a.held, b.held) })
	return out, nil
}

// match writes the query: of those who have the rarest group, those who have
// the others too.
func match(year int64, groups []group) (string, []any) {
	args := []any{year, groups[0].tokens[0], groups[0].tokens[1], driven, 2 * foundMost}
	var b strings.Builder
	b.WriteString(`SELECT DISTINCT person FROM (SELECT person FROM people_token
		WHERE tenant = $1 AND year = $2 AND token IN ($3, $4) LIMIT $5) AS a WHERE 1 = 1`)
	for _, g := range groups[1:] {
		n := len(args) + 2
		fmt.Fprintf(&b, ` AND EXISTS (SELECT 1 FROM people_token b WHERE b.tenant = $1 AND b.year = $2
			AND b.token IN ($%d, $%d) AND b.person = a.person)`, n, n+1)
		args = append(args, g.tokens[0], g.tokens[1])
	}
	b.WriteString(" LIMIT $6")
	return b.String(), args
}
