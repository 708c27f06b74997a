package field

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Problem is one thing on a form that cannot be taken as it is: where, and the
// key of the words that say what to do.
type Problem struct {
	Column string
	Say    string
	Args   map[string]any
}

// Parse reads the asked fields of a form into row and returns what cannot be
// taken. Fields that are not asked are left as they are, whatever the form
// carries.
func (r *Record[R]) Parse(form url.Values, row *R) []Problem {
	var out []Problem
	for _, f := range r.Fields {
		if !f.Asked {
			continue
		}
		if p, bad := f.parse(form, row); bad {
			out = append(out, p)
		}
	}
	return out
}

func (f Field[R]) parse(form url.Values, row *R) (Problem, bool) {
	values := tidy(form[f.Column])
	if len(values) == 0 {
		if f.Required {
			return Problem{Column: f.Column, Say: "error.needed"}, true
		}
		return Problem{}, set(f.Kind, f.At(row), "") != nil
	}
	if p, bad := f.check(values); bad {
		return p, true
	}
	value := values[0]
	switch f.Kind {
	case Choices:
		value = strings.Join(values, " ")
	case Flag:
		value = "1"
	}
	if set(f.Kind, f.At(row), value) != nil {
		return Problem{Column: f.Column, Say: "error.not-understood"}, true
	}
	return Problem{}, false
}

func (f Field[R]) check(values []string) (Problem, bool) {
	limit := f.limit()
	for _, v := range values {
		if !utf8.ValidString(v) {
			return Problem{Column: f.Column, Say: "error.not-understood"}, true
		}
		if utf8.RuneCountInString(v) > limit {
			return Problem{Column: f.Column, Say: "error.too-long", Args: map[string]any{"N": limit}}, true
		}
		if len(f.Options) > 0 && !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == v }) {
			return Problem{Column: f.Column, Say: "error.pick-one"}, true
		}
	}
	return Problem{}, false
}

func (f Field[R]) limit() int {
	switch {
	case f.Limit > 0:
		return f.Limit
	case f.Kind == Long:
		return 4000
	}
	return 200
}

// tidy drops empty answers and the space around the others, also what has no width.
func tidy(in []string) []string {
	var out []string
	for _, s := range in {
		if s = strings.TrimFunc(s, blank); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// blank reports what nobody sees. A joiner inside a word is not at its end.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff'
}
