package consent

import (
	"net/url"
	"slices"
)

// Wizard is the id of a form that is asked a page at a time.
const Wizard = "wizard"

// mostValues is how many answers one question of a form keeps.
const mostValues = 20

// Step is one page of a form that is asked a page at a time: its name, and the
// fields it asks. What was answered on the others travels in the form, never in
// the address, which a shared phone would remember; nothing is kept before the
// last page.
type Step struct {
	Name   string
	Fields []string
}

// StepAt is the place of a page by its name, the first for one nobody knows.
func StepAt(all []Step, name string) int {
	return max(0, slices.IndexFunc(all, func(s Step) bool { return s.Name == name }))
}

// Kept are the answers of fields that some page asks, and of no others.
func Kept(all []Step, form url.Values) url.Values {
	out := url.Values{}
	for _, s := range all {
		for _, f := range s.Fields {
			if v := form[f]; len(v) > 0 {
				out[f] = v[:min(len(v), mostValues)]
			}
		}
	}
	return out
}

// upTo are the fields of the pages up to one of them.
func upTo(all []Step, at int) (out []string) {
	for _, s := range all[:at+1] {
		out = append(out, s.Fields...)
	}
	return out
}

// Asking is the place of the page that asks a field, the last for one that none
// asks.
func Asking(all []Step, field string) int {
	i := slices.IndexFunc(all, func(s Step) bool { return slices.Contains(s.Fields, field) })
	if i < 0 {
		return len(all) - 1
	}
	return i
}
