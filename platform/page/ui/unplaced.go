package ui

import (
	"slices"

	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/page"
)

// left returns the fields that a page did not place, in their order.
func left(fields []field.Shown, placed []string) []Fact {
	var out []Fact
	for _, f := range fields {
		if !slices.Contains(placed, f.Column) {
			out = append(out, Fact{Label: f.Label, Value: f.Value})
		}
	}
	return out
}

// ProblemsOf puts what a record's Parse could not take into the reader's words.
func ProblemsOf(v *page.View, problems []field.Problem) []page.Problem {
	var out []page.Problem
	for _, p := range problems {
		kv := make([]any, 0, 2*len(p.Args))
		for k, a := range p.Args {
			kv = append(kv, k, a)
		}
		out = append(out, page.Problem{Field: p.Column, Say: v.T(p.Say, kv...)})
	}
	return out
}

// ProblemOf puts an Invalid error into the reader's words. ok is false for
// every other kind, which page.Answer must answer.
func ProblemOf(v *page.View, err error) (problem page.Problem, ok bool) {
	if !errs.Is(err, errs.Invalid) {
		return page.Problem{}, false
	}
	return page.ProblemFrom(v, err), true
}
