package people

import (
	"strings"

	"github.com/hbollon/go-edlib"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// caseloadMost is how many people a caseload search reads.
const caseloadMost = 500

// near searches those whom the asker walks with, by reading each: a name may be
// written wrong. Those who are read and not found were shown to nobody.
func (r *Registry) near(tx *db.Tx, q query) ([]ref.Person, error) {
	ids, err := r.Caseload(tx, ref.Account(tx.Scope().Actor))
	if err != nil {
		return nil, err
	}
	ids = ids[:min(len(ids), caseloadMost)]
	found, err := r.People.Several(tx, ids)
	if err != nil {
		return nil, err
	}
	var out []ref.Person
	for _, id := range ids {
		p, here := found[id]
		if here && q.distance(&p) < far {
			out = append(out, id)
		}
		tx.Settle(string(id))
	}
	return out, nil
}

// far is the distance of who is not found.
const far = 1 << 20

// distance is how far a person's record is from what is looked for: 0 when every
// word stands in a name and the number ends so, more the more letters differ,
// far when a word is in no name.
func (q query) distance(p *Person) int {
	if !strings.HasSuffix(digits(p.Phone), q.tail) {
		return far
	}
	names := append(Parts(p.Name), Parts(p.LegalName)...)
	sum := 0
	for _, w := range q.words {
		least := far
		for _, n := range names {
			least = min(least, apartBy(w, n))
		}
		if sum += least; least == far {
			return far
		}
	}
	return sum
}

// apartBy is how many slips lie between two words: a letter too many, missing,
// wrong or in its neighbour's place. One is forgiven in a short word, two in one
// of six letters or more; a beginning of three letters, and what sounds the
// same, are as far as one slip.
func apartBy(w, name string) int {
	if w == name {
		return 0
	}
	if len(w) >= 3 && strings.HasPrefix(name, w) {
		return 1
	}
	n := edlib.OSADamerauLevenshteinDistance(w, name)
	switch size := len([]rune(w)); {
	case size >= 6 && n <= 2, size >= 3 && n <= 1:
		return n
	}
	if s := Sound(w); len(s) > 1 && s == Sound(name) {
		return 3
	}
	return far
}
