package field

import (
	"fmt"
	"slices"

	"alongside/platform/db"
)

// Excerpt reads a few columns of a record, for a list that shows little of each
// row: what it leaves out is neither read nor unsealed, and its fields stay
// empty. A look at it is owed like a look at the whole. It cannot write, and
// where the record has a Version, a row that came from here has none that ever
// was: Update refuses it as one that someone else changed.
type Excerpt[R any] struct {
	record *Record[R]
	whole  *Record[R]
}

// never is a version that no row has.
const never = -1

// Excerpt makes one of these columns and the key. It panics at a column that the
// record does not have, and where the columns do not say whom a row is about:
// the look could not be recorded.
func (r *Record[R]) Excerpt(columns ...string) *Excerpt[R] {
	var fields []Field[R]
	for _, f := range r.Fields {
		if f.Kind != Version && (slices.Contains(columns, f.Column) || slices.Contains(r.keys.ID, f.Column)) {
			fields = append(fields, f)
		}
	}
	for _, c := range columns {
		if _, ok := r.Field(c); !ok {
			panic(fmt.Sprintf("field: %s has no column %s", r.Table, c))
		}
	}
	e := Define(r.Table, r.keys, fields...)
	if !e.tellsSubject() {
		panic(fmt.Sprintf("field: an excerpt of %s that does not say whom it is about", r.Table))
	}
	return &Excerpt[R]{e, r}
}

// tellsSubject reports whether a row of these fields alone has a subject.
func (r *Record[R]) tellsSubject() bool {
	if r.keys.Subject == nil {
		return true
	}
	var row R
	for i := range r.Fields {
		if f := &r.Fields[i]; f.Kind == Ref {
			setText(f.At(&row), "x")
		}
	}
	return r.keys.Subject(&row) != ""
}

// List is [Record.List].
func (e *Excerpt[R]) List(tx *db.Tx, where string, args ...any) ([]R, error) {
	rows, err := e.record.List(tx, where, args...)
	return e.unwritable(rows), err
}

// ListMost is [Record.ListMost].
func (e *Excerpt[R]) ListMost(tx *db.Tx, most int, where string, args ...any) ([]R, error) {
	rows, err := e.record.ListMost(tx, most, where, args...)
	return e.unwritable(rows), err
}

func (e *Excerpt[R]) unwritable(rows []R) []R {
	for i := range e.whole.Fields {
		f := &e.whole.Fields[i]
		if f.Kind != Version {
			continue
		}
		for n := range rows {
			*f.At(&rows[n]).(*int64) = never
		}
	}
	return rows
}
