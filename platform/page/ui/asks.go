package ui

import (
	"strconv"

	"github.com/a-h/templ"

	"alongside/platform/field"
	"alongside/platform/page"
)

// Asking is one field of a record as a form asks it. Label and Hint stand in
// for the record's own words where a page speaks to somebody else; "" keeps
// them.
type Asking struct {
	Column   string
	Label    string
	Hint     string
	Problems []page.Problem
	Big      bool // the question that matters first
	Open     bool // may be skipped although the record needs it: the page says when
	Needed   bool // is needed here although the record lets it be skipped
}

// Ask is the control for one field of a record, by its kind, with what row
// holds. A column the record does not have, or one that is never asked by
// hand, draws nothing.
func Ask[R any](v *page.View, rec *field.Record[R], row *R, a Asking) templ.Component {
	f, ok := rec.Field(a.Column)
	if !ok {
		return templ.NopComponent
	}
	if a.Label == "" {
		a.Label = v.Text(f.Label)
	}
	if a.Hint == "" {
		a.Hint = v.Text(f.Hint)
	}
	say := page.ProblemOf(a.Problems, a.Column)
	switch p := f.At(row).(type) {
	case *bool:
		return Flag(FlagProps{Name: a.Column, Label: a.Label, Hint: a.Hint, On: *p, Say: say})
	case *[]string:
		return Choices(ChoiceProps{Name: a.Column, Label: a.Label, Hint: a.Hint, Values: *p, Options: Options(v, f.Options), Say: say, Optional: !f.Required})
	case *int64:
		return TextField(FieldProps{Name: a.Column, Label: a.Label, Hint: a.Hint, Value: count(*p), Kind: "number", Say: say, Optional: !f.Required})
	}
	return askText(v, f, row, a, say)
}

func askText[R any](v *page.View, f field.Field[R], row *R, a Asking, say string) templ.Component {
	value, optional := f.Text(row), (!f.Required || a.Open) && !a.Needed
	props := FieldProps{Name: a.Column, Label: a.Label, Hint: a.Hint, Value: value, Max: f.Limit, Say: say, Optional: optional, Big: a.Big}
	switch f.Kind {
	case field.Text:
		return TextField(props)
	case field.Long:
		return LongField(props)
	case field.Choice:
		return Choice(ChoiceProps{Name: a.Column, Label: a.Label, Hint: a.Hint, Values: []string{value}, Options: Options(v, f.Options), Say: say, Optional: optional, Big: a.Big})
	}
	return templ.NopComponent
}

// Options are the answers of a field in the reader's words.
func Options(v *page.View, list []field.Option) []OptionProps {
	out := make([]OptionProps, len(list))
	for i, o := range list {
		out[i] = OptionProps{Value: o.Value, Label: v.Text(o.Label)}
	}
	return out
}

// count is a number as a form shows it; nothing where nothing was said.
func count(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// FlagProps is one thing that is so or not.
type FlagProps struct {
	Name  string
	Label string
	Hint  string
	On    bool
	Say   string
}
