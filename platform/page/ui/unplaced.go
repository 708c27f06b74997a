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

// ProblemsIn is ProblemsOf with the questions as the record asks them, so that
// the summary says which one is meant.
func ProblemsIn[R any](v *page.View, rec *field.Record[R], problems []field.Problem) []page.Problem {
	out := ProblemsOf(v, problems)
	for i := range out {
		if f, ok := rec.Field(out[i].Field); ok {
			out[i].Label = v.Text(f.Label)
		}
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
