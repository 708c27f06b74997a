package handoff

import (
	"errors"

	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/page"
)

// askForm is the page for asking as it is shown: empty, or with what was typed
// and what is missing.
type askForm struct {
	Site     Site
	Token    string
	Act      string
	Name     string
	Ask      Handoff
	Problems []page.Problem
}

func (f *askForm) problems(v *page.View, list []field.Problem) {
	for _, p := range list {
		kv := make([]any, 0, 2*len(p.Args))
		for k, value := range p.Args {
			kv = append(kv, k, value)
		}
		f.Problems = append(f.Problems, page.Problem{Field: p.Column, Say: v.T(p.Say, kv...)})
	}
}

// viewForm is a hand-off's page with its forms.
type viewForm struct {
	Detail
	Act      string
	Step     string // the step whose form has a problem
	Problems []page.Problem
}

// problem turns an error that names a place on the form into words beside it.
// Any other error is for the one place that answers.
func problem(v *page.View, err error) (page.Problem, bool) {
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Invalid || e.Place == "" {
		return page.Problem{}, false
	}
	return page.Problem{Field: e.Place, Say: v.T(e.Say)}, true
}
