package field

import (
	"slices"
	"strings"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
)

// PersonColumn is the column that says which person a row is about. A record
// that has it is found by everything a person is shown, takes along or leaves
// behind, so that no record of theirs can be forgotten.
const PersonColumn = "person"

// Reader is for whom rows are put into words.
type Reader struct {
	Words *i18n.Words
	Zone  *time.Location
	Role  string
}

// Held is one row about a person, in words that the person reads.
type Held struct {
	Row    string   // table and key, as the record of looks names it
	Fields []Shown  // what is held, in the record's order
	Apart  []string // labels of what is held and not shown: it speaks of others too
}

// About answers what a person calls the record; ok is false for a record that
// is about nobody who is walked with.
func (r *Record[R]) About() (title i18n.Text, ok bool) {
	_, ok = r.Field(PersonColumn)
	return r.keys.Title, ok
}

// Held reads the rows about a person and puts them into words; what the law
// forbids to tell them for now is left out as if it were not there. It owes a
// look at whoever the rows are sealed under.
func (r *Record[R]) Held(tx *db.Tx, person string, to Reader) ([]Held, error) {
	rows, err := r.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY "+strings.Join(r.keys.ID, ", "), person)
	if err != nil {
		return nil, err
	}
	var out []Held
	for i := range rows {
		if r.withheld(&rows[i]) {
			if s := r.keys.Subject(&rows[i]); s != person {
				tx.Settle(s) // in the record of looks it would stand beside the person
			}
			continue
		}
		out = append(out, r.held(&rows[i], to))
	}
	return out, nil
}

func (r *Record[R]) withheld(row *R) bool { return r.keys.Withheld != nil && r.keys.Withheld(row) }

func (r *Record[R]) held(row *R, to Reader) Held {
	h := Held{Row: r.Table + "/" + r.key(row)}
	for _, f := range r.Fields {
		f, value := f.own(), ""
		if f.plain() {
			value = f.Value(row, to.Words, to.Zone)
		}
		switch {
		case value == "", f.Kind == Number && value == "0":
		case f.Others || !f.seen(to.Role):
			h.Apart = append(h.Apart, to.Words.Text(f.Label))
		default:
			h.Fields = append(h.Fields, Shown{f.Column, to.Words.Text(f.Label), value})
		}
	}
	return h
}

func (r *Record[R]) key(row *R) string {
	var parts []string
	for _, id := range r.keys.ID {
		if f, ok := r.Field(id); ok {
			parts = append(parts, string(raw(stored(f.Kind, f.At(row)))))
		}
	}
	return strings.Join(parts, "/")
}

// Count is how many rows are about a person. It shows nothing of them.
func (r *Record[R]) Count(tx *db.Tx, person string) (n int64, err error) {
	err = tx.Row("SELECT COUNT(*) FROM "+r.Table+" WHERE tenant = $1 AND person = $2", person).Scan(&n)
	return n, errs.Wrap("count "+r.Table, err)
}

// CountTold is Count without what the law forbids to tell the person for now. Nothing of
// the rows is shown.
func (r *Record[R]) CountTold(tx *db.Tx, person string) (int64, error) {
	if r.keys.Withheld == nil {
		return r.Count(tx, person)
	}
	rows, err := r.List(tx, "WHERE tenant = $1 AND person = $2", person)
	rows = slices.DeleteFunc(rows, func(row R) bool {
		tx.Settle(r.keys.Subject(&row))
		return r.withheld(&row)
	})
	return int64(len(rows)), errs.Wrap("count "+r.Table, err)
}

// Forget deletes the rows about a person, after the time that a rule gives
// them. The caller records it.
func (r *Record[R]) Forget(tx *db.Tx, person string) (int64, error) {
	n, err := tx.Exec("DELETE FROM "+r.Table+" WHERE tenant = $1 AND person = $2", person)
	return n, errs.Wrap("forget "+r.Table, err)
}

// Name is the table's name.
func (r *Record[R]) Name() string { return r.Table }

// Plain names the columns that are kept in the open: what is left of a row when
// the key of its person is gone.
func (r *Record[R]) Plain() (out []i18n.Text) {
	for _, f := range r.Fields {
		if f.plain() && !f.Sealed {
			out = append(out, f.own().Label)
		}
	}
	return out
}
