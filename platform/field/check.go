package field

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"alongside/platform/db"
)

// Row is one line of the data dictionary.
type Row struct {
	Table, Column, Kind, Label, See, FHIR string
	Required, Sealed                      bool
}

// Dictionary describes every field in plain words, for docs and reviewers.
func (r *Record[R]) Dictionary() []Row {
	out := make([]Row, 0, len(r.Fields))
	for _, f := range r.Fields {
		see := strings.Join(f.See, ", ")
		if see == "" {
			see = "all who may see the record"
		}
		out = append(out, Row{r.Table, f.Column, string(f.Kind), f.Label.EN, see, f.FHIR, f.Required, f.Sealed})
	}
	return out
}

// Check names what the list forgot: a struct field without an entry, an entry
// without words in a language, a key column that is not listed, a choice
// without options, a sealed field with nobody to seal it under.
func (r *Record[R]) Check() []string {
	var bad []string
	say := func(format string, a ...any) { bad = append(bad, r.Table+": "+fmt.Sprintf(format, a...)) }
	for _, name := range r.uncovered() {
		say("the struct's field %s has no entry", name)
	}
	for _, k := range r.keys.ID {
		if _, ok := r.Field(k); !ok {
			say("the key %s has no entry", k)
		}
	}
	if title, about := r.About(); about && !title.Complete() {
		say("is about a person, and its Keys have no Title by which they would call it")
	}
	_, about := r.About()
	for _, f := range r.Fields {
		r.checkField(f, say)
		if about && f.plain() {
			f.checkOwn(say)
		}
	}
	return bad
}

// checkOwn names the label and the answers that speak of the person to the person.
func (f Field[R]) checkOwn(say func(string, ...any)) {
	f = f.own()
	if aboutThem.MatchString(f.Label.EN) {
		say("%s is about a person, who would read “%s”: give it Yours", f.Column, f.Label.EN)
	}
	for _, o := range f.Options {
		if aboutThem.MatchString(o.Label.EN) {
			say("%s answers a person “%s”: give %s Yours", f.Column, o.Label.EN, o.Value)
		}
	}
}

// aboutThem is a label that speaks of a person to somebody else.
var aboutThem = regexp.MustCompile(`(?i)\b(they|them|their|theirs|the person)\b`)

func (r *Record[R]) checkField(f Field[R], say func(string, ...any)) {
	if f.plain() && !f.Label.Complete() {
		say("%s lacks words in a language", f.Column)
	}
	if f.Yours.EN+f.Yours.ES+f.Yours.AR != "" && !f.Yours.Complete() {
		say("%s lacks words in a language for the person", f.Column)
	}
	if (f.Kind == Choice || f.Kind == Choices) && len(f.Options) == 0 {
		say("%s offers no choices", f.Column)
	}
	for _, o := range f.Options {
		if !o.Label.Complete() || o.Yours.EN+o.Yours.ES+o.Yours.AR != "" && !o.Yours.Complete() {
			say("%s lacks words for %s in a language", f.Column, o.Value)
		}
	}
	if f.Sealed && r.keys.Subject == nil {
		say("%s is sealed, and the record is about nobody", f.Column)
	}
}

// uncovered lists the struct's fields that no entry points to.
func (r *Record[R]) uncovered() []string {
	var row R
	v := reflect.ValueOf(&row).Elem()
	var have []uintptr
	for _, f := range r.Fields {
		have = append(have, reflect.ValueOf(f.At(&row)).Pointer())
	}
	var out []string
	for i := range v.NumField() {
		if !slices.Contains(have, v.Field(i).Addr().Pointer()) {
			out = append(out, v.Type().Field(i).Name)
		}
	}
	return out
}

// CheckTable compares the list with the columns the database really has, and
// names an entry without a column and a column without an entry.
func (r *Record[R]) CheckTable(tx *db.Tx) ([]string, error) {
	rows, err := tx.Query("SELECT * FROM " + r.Table + " WHERE tenant = $1 LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var bad []string
	for _, f := range r.Fields {
		if !slices.Contains(cols, f.Column) {
			bad = append(bad, r.Table+": the entry "+f.Column+" has no column")
		}
	}
	for _, c := range cols {
		if _, ok := r.Field(c); !ok && c != "tenant" {
			bad = append(bad, r.Table+": the column "+c+" has no entry")
		}
	}
	return bad, nil
}
