// Package field says what a record holds, once. A domain writes a struct and,
// beside it, one entry for each of its fields: the column, the words in three
// languages, whether it must be given, whether it is sealed, who may see it and
// where FHIR keeps it. Storing, reading, forms, pages, the audit's difference,
// export and the data dictionary all follow from that list.
//
// It is not a library because mapping libraries know nothing of sealing, of who
// may see a value, or of a look that must be recorded; those are the point.
package field

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"alongside/platform/i18n"
)

// Kind is how a value is stored, asked for and shown.
type Kind string

// The kinds, with the Go type that At points to.
const (
	Text    Kind = "text"    // ~string, one line
	Long    Kind = "long"    // ~string, several lines
	Choice  Kind = "choice"  // ~string, one of Choices
	Choices Kind = "choices" // []string, some of Choices
	Flag    Kind = "flag"    // bool
	Instant Kind = "instant" // time.Time, zero for not set
	Number  Kind = "number"  // int64
	Ref     Kind = "ref"     // ~string, an opaque id; never asked for, never shown
	Version Kind = "version" // int64, counted up by Update, which refuses an older one
	Digest  Kind = "digest"  // []byte, a keyed token or hash; never shown
)

// Option is one answer to a Choice or Choices.
type Option struct {
	Value string
	Label i18n.Text
	Yours i18n.Text // the answer where the person whom it is about reads it; empty: Label says it as well
}

// Offered reports whether a value is one of the answers.
func Offered(options []Option, value string) bool {
	return slices.ContainsFunc(options, func(o Option) bool { return o.Value == value })
}

// Field is one entry: everything the program knows about one field of R.
type Field[R any] struct {
	Column   string
	Kind     Kind
	Label    i18n.Text
	Yours    i18n.Text // the label where the person whom it is about reads it; empty: Label says it as well
	Hint     i18n.Text // under the label on a form
	Required bool      // a form without it is refused, in words
	Asked    bool      // stands on the record's form
	Sealed   bool      // encrypted under the subject's own key
	Limit    int       // characters at most; 0 takes 200 for Text and 4000 for Long
	Options  []Option
	Among    func(*R) []Option // which of the Options the answer of a row is among; nil: any. An answer may then be several, parted by spaces
	See      []string          // roles that may see it; empty: all who may see the record
	Others   bool              // may speak of someone else; a person who takes their record along gets it without
	FHIR     string            // path in FHIR R4, e.g. "Patient.communication"; empty: has no place there
	At       func(*R) any      // pointer to the field in the struct
}

// Keys says how rows of a record are told apart and whom they are about.
type Keys[R any] struct {
	ID      []string        // key columns after the tenant
	Subject func(*R) string // whose key seals it and who is told of a look; nil: about nobody

	// A record with a column "person" says how that person calls it, and which
	// rows the law forbids to show them for now; nil: none.
	Title    i18n.Text
	Withheld func(*R) bool
}

// Record is a table's worth of fields, ready to use. It does not change.
type Record[R any] struct {
	Table  string
	Fields []Field[R]
	keys   Keys[R]
	sql    statements
}

type statements struct{ insert, update, get, list, remove string }

// Define makes a Record. The table's first column is always the tenant and is
// not listed.
func Define[R any](table string, keys Keys[R], fields ...Field[R]) *Record[R] {
	r := &Record[R]{Table: table, Fields: fields, keys: keys}
	r.sql = r.build()
	return r
}

func (r *Record[R]) build() statements {
	var cols, holes, sets []string
	for i, f := range r.Fields {
		hole := fmt.Sprintf("$%d", i+2)
		cols, holes = append(cols, f.Column), append(holes, hole)
		switch {
		case slices.Contains(r.keys.ID, f.Column):
		case f.Kind == Version:
			sets = append(sets, f.Column+" = "+hole+" + 1")
		default:
			sets = append(sets, f.Column+" = "+hole)
		}
	}
	all := strings.Join(cols, ", ")
	from := "SELECT " + all + " FROM " + r.Table + " "
	return statements{
		insert: fmt.Sprintf("INSERT INTO %s (tenant, %s) VALUES ($1, %s)", r.Table, all, strings.Join(holes, ", ")),
		update: fmt.Sprintf("UPDATE %s SET %s WHERE tenant = $1%s", r.Table, strings.Join(sets, ", "), r.where()),
		get:    from + "WHERE tenant = $1" + r.whereFrom(2),
		list:   from,
		remove: "DELETE FROM " + r.Table + " WHERE tenant = $1" + r.whereFrom(2),
	}
}

// where names the key columns, and the version where there is one, by the same
// numbers that insert gives them, so that one list of values serves both.
func (r *Record[R]) where() string {
	var b strings.Builder
	for i, f := range r.Fields {
		if slices.Contains(r.keys.ID, f.Column) || f.Kind == Version {
			fmt.Fprintf(&b, " AND %s = $%d", f.Column, i+2)
		}
	}
	return b.String()
}

func (r *Record[R]) whereFrom(n int) string {
	var b strings.Builder
	for i, k := range r.keys.ID {
		fmt.Fprintf(&b, " AND %s = $%d", k, n+i)
	}
	return b.String()
}

// Field returns the entry of a column; ok is false when there is none.
func (r *Record[R]) Field(column string) (Field[R], bool) {
	i := slices.IndexFunc(r.Fields, func(f Field[R]) bool { return f.Column == column })
	if i < 0 {
		return Field[R]{}, false
	}
	return r.Fields[i], true
}

// Option returns the words of one of the field's options.
func (f Field[R]) Option(value string) i18n.Text { return LabelOf(f.Options, value) }

// LabelOf returns the words of an option's value, or the value itself when the list does
// not have it: what was once stored is always shown.
func LabelOf(options []Option, value string) i18n.Text {
	for _, o := range options {
		if o.Value == value {
			return o.Label
		}
	}
	return i18n.Text{EN: value, ES: value, AR: value}
}

// Your is the field with the label that the person whom it is about reads.
func (f Field[R]) Your(label i18n.Text) Field[R] {
	f.Yours = label
	return f
}

// Own is the record as the person whom it is about reads it.
func (r *Record[R]) Own() *Record[R] {
	out := *r
	out.Fields = make([]Field[R], len(r.Fields))
	for i, f := range r.Fields {
		out.Fields[i] = f.own()
	}
	return &out
}

// own is the field in the words of the person's own pages.
func (f Field[R]) own() Field[R] {
	f.Label, f.Options = cmp.Or(f.Yours, f.Label), Yours(f.Options)
	if among := f.Among; among != nil {
		f.Among = func(row *R) []Option { return Yours(among(row)) }
	}
	return f
}

// Yours are the answers as the person whom they are about reads them.
func Yours(options []Option) []Option {
	options = slices.Clone(options)
	for i, o := range options {
		options[i].Label = cmp.Or(o.Yours, o.Label)
	}
	return options
}

// place is the associated data that binds a sealed value to its column.
func (r *Record[R]) place(f *Field[R]) string { return r.Table + "." + f.Column }

func text(p any) string {
	if s, ok := p.(*string); ok {
		return *s
	}
	return reflect.ValueOf(p).Elem().String()
}

func setText(p any, s string) {
	if t, ok := p.(*string); ok {
		*t = s
		return
	}
	reflect.ValueOf(p).Elem().SetString(s)
}

// Text is what a text field of row holds, as it is stored; "" for other kinds.
func (f Field[R]) Text(row *R) string {
	switch f.Kind {
	case Text, Long, Choice, Ref:
		return text(f.At(row))
	}
	return ""
}
