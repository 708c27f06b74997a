package db

import (
	"slices"

	"alongside/platform/errs"
)

// cursor is an engine's way through the rows of one query.
type cursor interface {
	columns() ([]string, error)
	next() bool
	values(into []any) error // as many as there are columns
	err() error
	close() error
}

// Rows are the rows of a query. Another statement may run while they are open:
// the rows still to come are then kept in memory, so that they are those of the
// moment of the query on both engines.
type Rows struct {
	tx     *Tx
	cursor cursor
	names  []string
	buffer []any // one row, reused
	kept   [][]any
	held   bool // the rows to come are in kept
	on     bool // Next went to a row
	failed error
	closed bool
}

// Columns are the names of the columns.
func (r *Rows) Columns() ([]string, error) {
	if r.names != nil {
		return r.names, nil
	}
	if r.closed {
		return nil, errs.New(errs.Internal, "db: the rows are closed", "")
	}
	names, err := r.cursor.columns()
	r.names = names
	return names, r.tx.broke(err)
}

// Next goes to the next row and reports whether there is one.
func (r *Rows) Next() bool {
	if r.closed || r.failed != nil {
		return false
	}
	if r.held {
		return r.nextKept()
	}
	if r.on = r.cursor.next(); r.on {
		return true
	}
	r.failed = r.tx.broke(r.cursor.err())
	r.shut()
	return false
}

func (r *Rows) nextKept() bool {
	if len(r.kept) == 0 {
		r.shut()
		return false
	}
	r.buffer, r.kept = r.kept[0], r.kept[1:]
	return true
}

// Scan reads the row into pointers to string, integers, bool, float64, []byte,
// time.Time (an instant in microseconds), or named types of these kinds.
func (r *Rows) Scan(dest ...any) error {
	if r.closed {
		return errs.New(errs.Internal, "db: the rows are closed", "")
	}
	if !r.held {
		if err := r.load(); err != nil {
			return err
		}
	}
	if len(dest) != len(r.buffer) {
		return errs.New(errs.Internal, "db: as many places as columns are needed", "")
	}
	for i, d := range dest {
		if err := assign(d, r.buffer[i]); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rows) load() error {
	names, err := r.Columns()
	if err != nil {
		return err
	}
	if len(r.buffer) != len(names) {
		r.buffer = make([]any, len(names))
	}
	return r.tx.broke(r.cursor.values(r.buffer))
}

// keep takes the rows still to come into memory, for another statement is about
// to run. The row that Next went to stays readable.
func (r *Rows) keep() {
	if r.held || r.closed {
		return
	}
	current := r.copied(r.on)
	for r.failed == nil && r.cursor.next() {
		r.kept = append(r.kept, r.copied(true))
	}
	if r.failed == nil {
		r.failed = r.tx.broke(r.cursor.err())
	}
	r.cursor.close()
	r.buffer, r.held = current, true
}

func (r *Rows) copied(row bool) []any {
	if !row {
		return nil
	}
	r.failed = r.load()
	return slices.Clone(r.buffer)
}

// Err is what ended the rows early, nil when they ended by themselves.
func (r *Rows) Err() error { return r.failed }

// Close gives the rows back. The end of the transaction does it too.
func (r *Rows) Close() error {
	r.shut()
	return nil
}

func (r *Rows) shut() {
	if r.closed {
		return
	}
	r.closed = true
	if !r.held {
		r.cursor.close()
	}
	r.tx.open = slices.DeleteFunc(r.tx.open, func(o *Rows) bool { return o == r })
}

// Row is the first row of a query.
type Row struct {
	rows *Rows
	err  error
}

// Scan reads the row as [Rows.Scan] does. errs.NotFound when there is none.
func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.shut()
	if !r.rows.Next() {
		if r.rows.failed != nil {
			return r.rows.failed
		}
		return errs.New(errs.NotFound, "db: no such row", "")
	}
	return r.rows.Scan(dest...)
}

// Column reads the one column of a query, such as the ids of what it finds. The
// SQL is as in [Tx.Query].
func Column[T ~string](tx *Tx, sql string, args ...any) ([]T, error) {
	rows, err := tx.Query(sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}
