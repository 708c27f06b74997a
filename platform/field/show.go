package field

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/platform/i18n"
)

// Shown is one field as a page shows it.
type Shown struct {
	Column, Label, Value string
}

// Show returns the fields that role may see and that hold something, in the
// record's order, in the words of a language and the time of a zone. Ids and
// digests are never among them.
func (r *Record[R]) Show(row *R, w *i18n.Words, zone *time.Location, role string) []Shown {
	var out []Shown
	for _, f := range r.Fields {
		if !f.plain() || !f.seen(role) {
			continue
		}
		if v := f.Value(row, w, zone); v != "" {
			out = append(out, Shown{f.Column, w.Text(f.Label), v})
		}
	}
	return out
}

func (f Field[R]) plain() bool {
	return f.Kind != Ref && f.Kind != Version && f.Kind != Digest
}

func (f Field[R]) seen(role string) bool {
	return len(f.See) == 0 || slices.Contains(f.See, role)
}

// Value returns one field as plain words; empty when it holds nothing.
func (f Field[R]) Value(row *R, w *i18n.Words, zone *time.Location) string {
	switch p := f.At(row).(type) {
	case *bool:
		if *p {
			return w.Text(i18n.Text{EN: "yes", ES: "sí", AR: "نعم"})
		}
		return ""
	case *time.Time:
		if p.IsZero() {
			return ""
		}
		return i18n.Moment(w.Lang, p.In(zone))
	case *int64:
		return strconv.FormatInt(*p, 10)
	case *[]string:
		return f.list(*p, w)
	case *[]byte:
		return ""
	default:
		return f.answer(row, text(p), w)
	}
}

func (f Field[R]) answer(row *R, v string, w *i18n.Words) string {
	if f.Among == nil {
		return f.one(v, w)
	}
	f.Options = f.Among(row)
	return f.list(strings.Fields(v), w)
}

func (f Field[R]) one(v string, w *i18n.Words) string {
	if len(f.Options) == 0 || v == "" {
		return v
	}
	return w.Text(f.Option(v))
}

func (f Field[R]) list(vs []string, w *i18n.Words) string {
	words := make([]string, len(vs))
	for i, v := range vs {
		words[i] = f.one(v, w)
	}
	return w.List(words)
}

// Export returns every field but digests, by column, as JSON may carry it:
// times in RFC 3339 or nil, lists as lists.
func (r *Record[R]) Export(row *R) map[string]any {
	out := make(map[string]any, len(r.Fields))
	for _, f := range r.Fields {
		if f.Kind != Digest && f.Kind != Version {
			out[f.Column] = exported(f.At(row))
		}
	}
	return out
}

func exported(p any) any {
	switch p := p.(type) {
	case *time.Time:
		if p.IsZero() {
			return nil
		}
		return p.UTC().Format(time.RFC3339)
	case *bool:
		return *p
	case *int64:
		return *p
	case *[]string:
		return *p
	}
	return text(p)
}
