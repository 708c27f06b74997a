package field

import (
	"crypto/sha256"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/seal"
)

// Change is what the audit keeps of one changed field: which, and the SHA-256
// of the bytes that were stored. It can be checked after the person's key is
// gone and tells nothing by itself.
type Change struct {
	Column string
	Digest [32]byte
}

// Insert stores a new row and owes a record of the change. A row with the same
// key is a Conflict.
func (r *Record[R]) Insert(tx *db.Tx, row *R) ([]Change, error) {
	op := "insert " + r.Table
	args, changes, err := r.values(tx, row, nil)
	if err != nil {
		return nil, errs.Wrap(op, err)
	}
	if _, err := tx.Exec(r.sql.insert, args...); err != nil {
		return nil, errs.Wrap(op, err)
	}
	r.owe(row, tx.OweChange)
	return changes, nil
}

// Update stores after over before, both of the same key, and owes a record. A
// row that someone else changed in between is a Conflict where the record has a
// Version; a row that is gone is NotFound.
func (r *Record[R]) Update(tx *db.Tx, before, after *R) ([]Change, error) {
	op := "update " + r.Table
	args, changes, err := r.values(tx, after, before)
	if err != nil {
		return nil, errs.Wrap(op, err)
	}
	n, err := tx.Exec(r.sql.update, args...)
	if err != nil {
		return nil, errs.Wrap(op, err)
	}
	if n == 0 {
		return nil, errs.New(errs.Conflict, op, "error.changed-meanwhile")
	}
	r.bump(after)
	r.owe(after, tx.OweChange)
	return changes, nil
}

// Remove deletes the row of that key and owes a record for its subject.
func (r *Record[R]) Remove(tx *db.Tx, row *R, key ...any) error {
	if _, err := tx.Exec(r.sql.remove, key...); err != nil {
		return errs.Wrap("remove "+r.Table, err)
	}
	r.owe(row, tx.OweChange)
	return nil
}

// Get reads the row of that key and owes a record of the look.
func (r *Record[R]) Get(tx *db.Tx, key ...any) (R, error) {
	var row R
	rows, err := r.query(tx, r.sql.get, key, 1)
	if err == nil && len(rows) == 0 {
		err = errs.New(errs.NotFound, "row", "")
	}
	if err != nil {
		return row, errs.Wrap("get "+r.Table, err)
	}
	return rows[0], nil
}

// List reads rows and owes a record of the look at each. where is the SQL after
// the table's name and names the tenant as $1; args follow from $2.
func (r *Record[R]) List(tx *db.Tx, where string, args ...any) ([]R, error) {
	rows, err := r.query(tx, r.sql.list+where, args, 0)
	return rows, errs.Wrap("list "+r.Table, err)
}

// ListMost is List that ends after so many rows. Memory for them is taken at
// once, as far as it is not more than most lists need: a record is large, and a
// list that grows by doubling copies each row twice.
func (r *Record[R]) ListMost(tx *db.Tx, most int, where string, args ...any) ([]R, error) {
	rows, err := r.query(tx, r.sql.list+where+" LIMIT "+strconv.Itoa(most), args, most)
	return rows, errs.Wrap("list "+r.Table, err)
}

// usual is how many rows a list has at most, usually.
const usual = 64

func (r *Record[R]) query(tx *db.Tx, sql string, args []any, most int) ([]R, error) {
	rows, err := tx.Query(sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []R
	into := make([]any, len(r.Fields))
	for rows.Next() {
		if out == nil {
			out = make([]R, 0, min(most, usual))
		}
		out = slices.Grow(out, 1)[:len(out)+1]
		row := &out[len(out)-1]
		if err := r.scan(tx, rows, row, into); err != nil {
			return nil, err
		}
		r.owe(row, tx.OweLook)
	}
	return out, rows.Err()
}

func (r *Record[R]) owe(row *R, debt func(string)) {
	if r.keys.Subject == nil {
		return
	}
	if s := r.keys.Subject(row); s != "" {
		debt(s)
	}
}

func (r *Record[R]) bump(row *R) {
	for i := range r.Fields {
		if f := &r.Fields[i]; f.Kind == Version {
			*f.At(row).(*int64)++
		}
	}
}

// values turns a row into SQL arguments. With a before, only changed fields are
// listed as changes; a sealed field that did not change is sealed afresh, since
// the old bytes are not at hand.
func (r *Record[R]) values(tx *db.Tx, row, before *R) ([]any, []Change, error) {
	args := make([]any, 0, len(r.Fields))
	var changes []Change
	for i := range r.Fields {
		f := &r.Fields[i]
		v := stored(f.Kind, f.At(row))
		same := before != nil && equal(v, stored(f.Kind, f.At(before)))
		if f.Sealed {
			sealed, err := r.seal(tx, f, row, v)
			if err != nil {
				return nil, nil, err
			}
			v = sealed
		}
		if !same && f.Kind != Version {
			changes = append(changes, Change{f.Column, sha256.Sum256(raw(v))})
		}
		args = append(args, v)
	}
	return args, changes, nil
}

func (r *Record[R]) seal(tx *db.Tx, f *Field[R], row *R, v any) ([]byte, error) {
	plain := raw(v)
	if len(plain) == 0 {
		return []byte{}, nil
	}
	sealed, err := tx.Vault().Seal(tx.Scope().Tenant, r.keys.Subject(row), r.place(f), plain)
	if string(plain) == Erased && errors.Is(err, seal.ErrErased) {
		return []byte{}, nil // what was read as erased stays so
	}
	return sealed, err
}

// stored is the value as the database keeps it.
func stored(k Kind, p any) any {
	switch k {
	case Flag:
		if *p.(*bool) {
			return int64(1)
		}
		return int64(0)
	case Instant:
		return micros(*p.(*time.Time))
	case Number, Version:
		return *p.(*int64)
	case Choices:
		return strings.Join(*p.(*[]string), " ")
	case Digest:
		return append([]byte{}, *p.(*[]byte)...)
	}
	return text(p)
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

func equal(a, b any) bool { return string(raw(a)) == string(raw(b)) }
