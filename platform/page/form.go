package page

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/id"
)

// Limits of a form. A page that asks for more says so with FormLimits.
const (
	MaxForm   = 64 << 10 // bytes in a whole form
	MaxFields = 200      // names in a form
)

// ActField is the name of the hidden field that makes a form one act.
const ActField = "act"

// Problem is what is wrong with one field, in words for the person. The page's
// summary links to the field by its anchor.
type Problem struct {
	Field string // the field's name; "" speaks of the whole form
	Label string // the question as the page asks it, for the summary; "" leaves it out
	Say   string // the words, in the page's language
}

// Anchor returns the id of the field's control on the page.
func Anchor(field string) string { return "f-" + field }

// ProblemOf returns the words for one field, or "".
func ProblemOf(problems []Problem, field string) string {
	for _, p := range problems {
		if p.Field == field {
			return p.Say
		}
	}
	return ""
}

// Form reads a posted form within the limits. Values are valid UTF-8 without
// NUL, and nothing in them turns the direction of what they are shown with. What nobody
// sees is nothing: a name to sign with, a reason. A browser
// sends the end of a line as two characters and counts it as one where a field says
// how much it takes; here it is one. What is too big is Invalid and answered with 413.
func Form(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, MaxForm)
	if err := r.ParseForm(); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return nil, &errs.Error{Kind: errs.Invalid, Op: "page.Form", Err: err}
		}
		return nil, errs.New(errs.Invalid, "page.Form: cannot be read", "")
	}
	if len(r.PostForm) > MaxFields {
		return nil, errs.New(errs.Invalid, "page.Form: too many fields", "")
	}
	for name, values := range r.PostForm {
		for _, v := range append([]string{name}, values...) {
			if !plain(v) {
				return nil, errs.New(errs.Invalid, "page.Form: not text", "")
			}
		}
		for i := range values {
			if values[i] = i18n.Straight(lineEnds(values[i])); i18n.Unseen(values[i]) {
				values[i] = ""
			}
		}
	}
	return r.PostForm, nil
}

// lineEnds makes the end of each line one character.
func lineEnds(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

func plain(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for i := range len(s) {
		if s[i] == 0 {
			return false
		}
	}
	return true
}

// LookField is in a form that is only shown as it is filled, for its reader to
// go on with: nothing of it is kept.
const LookField = "look"

// NewAct returns an id for a form that is about to be shown. The same id sent
// twice (a double press, the back button) is the same act: the service that
// takes it does the work once and shows the same result again.
func NewAct(now time.Time) string { return id.New(now) }

// Act returns the act id of a posted form. A form without one was not ours.
func Act(form url.Values) (string, error) {
	act := form.Get(ActField)
	if !id.Valid(act) {
		return "", errs.New(errs.Invalid, "page.Act: no act id", "error.old-form")
	}
	return act, nil
}

// Turned reports whether a form was sent only to be shown again in another
// language or light: nothing is taken, and nothing that was typed is dropped.
func Turned(r *http.Request) bool {
	q := r.URL.Query()
	return q.Has("lang") || q.Has("theme")
}

// Posted reads a posted form that has its act.
func Posted(w http.ResponseWriter, r *http.Request) (form url.Values, act string, err error) {
	if form, err = Form(w, r); err != nil {
		return nil, "", err
	}
	act, err = Act(form)
	return form, act, err
}

// Mendable turns an error of a form into what its sender can mend; any other
// error goes on.
func Mendable(r *http.Request, err error) ([]Problem, error) {
	if errs.Is(err, errs.Invalid) {
		return []Problem{ProblemFrom(From(r.Context()), err)}, nil
	}
	return nil, err
}

// ProblemFrom puts an Invalid error into the reader's words, at its place.
func ProblemFrom(v *View, err error) Problem {
	s := SorryFor(err)
	var e *errs.Error
	if errors.As(err, &e) {
		return Problem{Field: e.Place, Say: v.T(s.Say, s.Args...)}
	}
	return Problem{Say: v.T(s.Say, s.Args...)}
}
