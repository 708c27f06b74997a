package people

import (
	"slices"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// numberMost is how many records of one telephone number are looked at: a house
// or a clinic may have many.
const numberMost = 20

// ByNumber lists who has a telephone number, with or without the country before
// it: of each person the record by which they are shown. It reads ids and marks
// only. A number too short to be anyone's is nobody's.
func (s *Service) ByNumber(tx *db.Tx, number string) ([]ref.Person, error) {
	mark := NumberMark(tx, number, 0)
	if mark == nil {
		return nil, nil
	}
	y, err := s.years(tx)
	if err != nil {
		return nil, errs.Wrap("people: by number", err)
	}
	ids, err := db.Column[ref.Person](tx, selectMarked, y.now, NumberMark(tx, number, y.now), "", 0, numberMost)
	var out []ref.Person
	for _, id := range ids {
		root, err := s.Root(tx, id)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, root) {
			out = append(out, root)
		}
	}
	return out, errs.Wrap("people: by number", err)
}

// NumberMark is a keyed mark of a telephone number, under a year's key; nil for
// what is too short to be one.
func NumberMark(tx *db.Tx, number string, year int64) []byte {
	q := query{tail: digits(Fold(number))}
	return q.number(under(tx, year))
}
