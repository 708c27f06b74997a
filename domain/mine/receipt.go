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
// acts, by each of their records. To read who looked is not to look.
func (s *Service) Leaves(tx *db.Tx) ([]audit.Leaf, error) {
	person, err := me(tx)
	if errs.Is(err, errs.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all, err := s.Same(tx, person)
	if err != nil {
		return nil, err
	}
	list, err := audit.HistoryOf(tx, all, mostShown)
	return list, errs.Wrap("mine: leaves", err)
}

// Receipt is the proof of one line about the person whose own account acts, for
// the record of theirs that it names. A line about someone else, or none, is
// NotFound.
func (s *Service) Receipt(tx *db.Tx, number int64) (audit.Receipts, error) {
	person, err := me(tx)
	if err != nil {
		return audit.Receipts{}, err
	}
	all, err := s.Same(tx, person)
	if err != nil {
		return audit.Receipts{}, err
	}
	for _, p := range all {
		out, err := audit.ProveAll(tx, string(p), []int64{number})
		if len(out.Receipts) > 0 || err != nil && !errs.Is(err, errs.NotFound) {
			return out, errs.Wrap("mine: receipt", err)
		}
	}
	return audit.Receipts{}, errs.New(errs.NotFound, "mine: receipt", "")
}

// receipts are the proofs of the newest lines about one record of a person.
func receipts(tx *db.Tx, person ref.Person) (audit.Receipts, error) {
	leaves, err := audit.History(tx, string(person), mostTaken, 0)
	if err != nil {
		return audit.Receipts{}, err
	}
	var numbers []int64
	for _, l := range leaves {
		numbers = append(numbers, l.Number)
	}
	return audit.ProveAll(tx, string(person), numbers)
}

// proofs are the receipts of each record of a person, a file for each: a receipt
// names the record it is about.
func proofs(tx *db.Tx, all []ref.Person) (out [][]byte, err error) {
	for _, p := range all {
		r, err := receipts(tx, p)
		if err != nil {
			return nil, err
		}
		b, err := encoded(r)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}
