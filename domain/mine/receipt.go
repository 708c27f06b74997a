package mine

import (
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// How much of the record of looks one page, and one file, holds.
const (
	mostShown = 50
	mostTaken = 500
)

// Leaves are the newest lines of the record about the person whose own account
// acts. To read who looked is not to look.
func (s *Service) Leaves(tx *db.Tx) ([]audit.Leaf, error) {
	person, err := me(tx)
	if errs.Is(err, errs.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list, err := audit.History(tx, string(person), mostShown, 0)
	return list, errs.Wrap("mine: leaves", err)
}

// Receipt is the proof of one line about the person whose own account acts. A
// line about someone else, or none, is NotFound.
func (s *Service) Receipt(tx *db.Tx, number int64) (audit.Receipts, error) {
	person, err := me(tx)
	if err != nil {
		return audit.Receipts{}, err
	}
	out, err := audit.ProveAll(tx, string(person), []int64{number})
	if err == nil && len(out.Receipts) == 0 {
		err = errs.New(errs.NotFound, "no number yet", "")
	}
	return out, errs.Wrap("mine: receipt", err)
}

// receipts are the proofs of the newest lines about a person.
func receipts(tx *db.Tx, person ref.Person) (audit.Receipts, []audit.Leaf, error) {
	leaves, err := audit.History(tx, string(person), mostTaken, 0)
	if err != nil {
		return audit.Receipts{}, nil, err
	}
	var numbers []int64
	for _, l := range leaves {
		numbers = append(numbers, l.Number)
	}
	out, err := audit.ProveAll(tx, string(person), numbers)
	return out, leaves, err
}
