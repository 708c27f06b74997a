package people

import (
	"fmt"
	"strings"
	"sync"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
)

// Service keeps the people of every organisation. Its methods work inside a
// transaction of the caller, who records the look or the change, because only
// the caller knows what it was for.
type Service struct {
	persons   *field.Record[Person]
	called    *field.Excerpt[Person]
	merges    *field.Record[Merge]
	proposals *field.Record[Proposal]
}

// New returns the service.
func New() *Service {
	p := Persons()
	return &Service{p, p.Excerpt("name", "voicemail", "texts", "no_calls"), Merges(), Proposals()}
}

// Add stores a person under a new key and returns them with their id. For an
// ask they are provisional: an alias if one was given, a way to reach them if
// they chose one, and nothing else. Voicemail and text stay off until they say
// otherwise.
func (s *Service) Add(tx *db.Tx, p Person) (Person, error) {
	subject, err := tx.Vault().NewSubject(tx.Scope().Tenant)
	if err != nil {
		return p, errs.Wrap("people: new key", err)
	}
	p.ID = ref.Person(subject)
	if p.CreatedAt.IsZero() {
		p.CreatedAt = tx.Now()
	}
	if _, err = s.persons.Insert(tx, &p); err != nil {
		return p, errs.Wrap("people: add", err)
	}
	y, err := s.years(tx)
	if err == nil {
		err = s.index(tx, y, &p)
	}
	return p, errs.Wrap("people: add", err)
}

// Here reports whether a person is here. It reads only the id.
func (s *Service) Here(tx *db.Tx, id ref.Person) (bool, error) {
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM people_person WHERE tenant = $1 AND person = $2", id).Scan(&n)
	return n > 0, errs.Wrap("people: here", err)
}

// Find reads one person. Who does not exist here and who exists elsewhere are
// both NotFound.
func (s *Service) Find(tx *db.Tx, id ref.Person) (Person, error) {
	p, err := s.persons.Get(tx, id)
	return p, errs.Wrap("people: find", err)
}

// Update stores changes to a person. A way to be reached that is shut by it stays shut
// when an older copy of the data is put back.
func (s *Service) Update(tx *db.Tx, before, after Person) ([]field.Change, error) {
	noteShut(tx, before, after)
	changes, err := s.persons.Update(tx, &before, &after)
	if err == nil {
		err = s.reindex(tx, &before, &after)
	}
	return changes, errs.Wrap("people: update", err)
}

// pageful is how many people one query asks for at most.
const pageful = 64

// Several reads the people of a page, by id, in one query each sixty-four.
func (s *Service) Several(tx *db.Tx, ids []ref.Person) (map[ref.Person]Person, error) {
	return byID(tx, s.persons, ids)
}

// Called is Several for a list that says only how people are called and whether
// words may be left for them: the rest stays sealed, and empty.
func (s *Service) Called(tx *db.Tx, ids []ref.Person) (map[ref.Person]Person, error) {
	return byID(tx, s.called, ids)
}

// lister is a record, or an excerpt of it.
type lister interface {
	ListMost(tx *db.Tx, most int, where string, args ...any) ([]Person, error)
}

func byID(tx *db.Tx, from lister, ids []ref.Person) (map[ref.Person]Person, error) {
	out := make(map[ref.Person]Person, len(ids))
	for len(ids) > 0 {
		n := min(pageful, len(ids))
		rows, err := from.ListMost(tx, pageful, inClause(), padded(ids[:n])...)
		if err != nil {
			return nil, errs.Wrap("people: several", err)
		}
		for _, p := range rows {
			out[p.ID] = p
		}
		ids = ids[n:]
	}
	return out, nil
}

// inClause always has the same number of places, so that the database prepares
// it once; the last id fills those left over.
var inClause = sync.OnceValue(func() string {
	holes := make([]string, pageful)
	for i := range holes {
		holes[i] = fmt.Sprintf("$%d", i+2)
	}
	return "WHERE tenant = $1 AND person IN (" + strings.Join(holes, ", ") + ")"
})

func padded(ids []ref.Person) []any {
	args := make([]any, pageful)
	for i := range args {
		args[i] = ids[min(i, len(ids)-1)]
	}
	return args
}
