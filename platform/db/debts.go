package db

import (
	"fmt"
	"slices"

	"alongside/platform/errs"
)

// debts are the records that a transaction still owes: of whom it looked at
// and of whom it changed something, by subject.
type debts struct {
	looks, changes map[string]bool
}

// OweLook notes that a row about the subject was made readable. Whoever does
// that calls it; audit.Write pays.
func (t *Tx) OweLook(subject string) { owe(&t.debts.looks, subject) }

// OweChange notes that a row about the subject was written.
func (t *Tx) OweChange(subject string) { owe(&t.debts.changes, subject) }

// Settle pays what is owed for the subjects up to now. A look or change after
// it is owed anew, so the record is written last.
func (t *Tx) Settle(subjects ...string) {
	for _, s := range subjects {
		delete(t.debts.looks, s)
		delete(t.debts.changes, s)
	}
}

// Owed returns the subjects whose record is still owed, in order.
func (t *Tx) Owed() (looks, changes []string) {
	return sorted(t.debts.looks), sorted(t.debts.changes)
}

func owe(m *map[string]bool, subject string) {
	if *m == nil {
		*m = map[string]bool{}
	}
	(*m)[subject] = true
}

func sorted(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for s := range m {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

// unpaid is the error of a transaction that would end in debt. It names how
// many subjects and the first of them, which are ids.
func (d *debts) unpaid() error {
	words := ""
	if l := sorted(d.looks); len(l) > 0 {
		words = fmt.Sprintf("looked without a record (%d subjects, first %s)", len(l), l[0])
	}
	if c := sorted(d.changes); len(c) > 0 {
		if words != "" {
			words += "; "
		}
		words += fmt.Sprintf("changed without a record (%d subjects, first %s)", len(c), c[0])
	}
	if words == "" {
		return nil
	}
	return errs.New(errs.Internal, "db: "+words, "")
}
