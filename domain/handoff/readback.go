package handoff

import (
	"net/url"
	"slices"
	"strings"

	"alongside/platform/field"
	"alongside/platform/page"
)

// ReadBack puts the form of a step, or of what came of a follow-up, into lines:
// the step, and what was answered, in words. Ids are none.
func ReadBack(v *page.View, path string, form url.Values) []string {
	step := path[strings.LastIndex(path, "/")+1:]
	if strings.HasPrefix(path, "/followups/") {
		step = form.Get("step")
	}
	out := []string{v.Text(StepWords(step))}
	for _, q := range Questions() {
		if words := q.readBack(v, form[q.Name]); words != "" {
			out = append(out, v.Text(q.Label)+" "+words)
		}
	}
	return out
}

// readBack is an answer in words; nothing for one that is an id.
func (q Question) readBack(v *page.View, given []string) string {
	if q.Kind == field.Ref {
		return ""
	}
	var out []string
	for _, one := range given {
		at := slices.IndexFunc(q.Options, func(o field.Option) bool { return o.Value == one })
		switch {
		case at >= 0:
			one = v.Text(q.Options[at].Label)
		case q.Kind == field.Instant:
			one = strings.Replace(one, "T", " ", 1)
		}
		out = append(out, one)
	}
	return strings.Join(out, ", ")
}
