package db

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"alongside/platform/errs"
)

// liteStmt is a prepared statement that is kept for the next time.
type liteStmt struct {
	*sqlite3.Stmt
	names []string // of its columns, once asked for
	last  int      // when it was last used, for throwing out the one unused longest
	taken bool
	loose bool // a second one of the same text, closed after use
}

// take returns a statement for the text, ready to bind.
func (l *liteConn) take(text string) (*liteStmt, error) {
	l.clock++
	s := l.stmts[text]
	if s != nil && !s.taken {
		s.taken, s.last = true, l.clock
		return s, nil
	}
	fresh, tail, err := l.PrepareFlags(text, sqlite3.PREPARE_PERSISTENT)
	if err != nil {
		return nil, err
	}
	if fresh == nil || tail != "" {
		fresh.Close()
		return nil, errs.New(errs.Internal, "db: one statement at a time in: "+text, "")
	}
	n := &liteStmt{Stmt: fresh, last: l.clock, taken: true, loose: s != nil}
	if !n.loose {
		l.makeRoom()
		l.stmts[text] = n
	}
	return n, nil
}

func (l *liteConn) makeRoom() {
	if len(l.stmts) < l.limit {
		return
	}
	oldest, last := "", l.clock+1
	for text, s := range l.stmts {
		if !s.taken && s.last < last {
			oldest, last = text, s.last
		}
	}
	if oldest != "" {
		l.stmts[oldest].Close()
		delete(l.stmts, oldest)
	}
}

// give takes a statement back. What was bound is forgotten.
func (s *liteStmt) give() {
	s.Reset()
	s.ClearBindings()
	s.taken = false
	if s.loose {
		s.Close()
	}
}

func (s *liteStmt) bind(args []any) error {
	for i, a := range args {
		var err error
		switch v := a.(type) {
		case string:
			err = s.BindText(i+1, v)
		case int64:
			err = s.BindInt64(i+1, v)
		case float64:
			err = s.BindFloat(i+1, v)
		case []byte:
			err = s.BindBlob(i+1, v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *liteConn) exec(_ context.Context, p *plan, args []any) (int64, error) {
	s, err := l.take(p.lite)
	if err != nil {
		return 0, err
	}
	defer s.give()
	if err := s.bind(args); err != nil {
		return 0, err
	}
	before := l.TotalChanges()
	if err := s.Exec(); err != nil {
		return 0, err
	}
	if l.TotalChanges() == before {
		return 0, nil
	}
	return l.Changes(), nil
}

func (l *liteConn) query(_ context.Context, p *plan, args []any) (cursor, error) {
	s, err := l.take(p.lite)
	if err != nil {
		return nil, err
	}
	if err := s.bind(args); err != nil {
		s.give()
		return nil, err
	}
	return liteCursor{s}, nil
}

// do runs a text of our own without parameters.
func (l *liteConn) do(text string) error {
	s, err := l.take(text)
	if err != nil {
		return err
	}
	defer s.give()
	return s.Exec()
}

type liteCursor struct{ s *liteStmt }

func (c liteCursor) next() bool { return c.s.Step() }
func (c liteCursor) err() error { return c.s.Err() }
func (c liteCursor) close() error {
	c.s.give()
	return nil
}

// columns are read once for each statement: each name is a copy out of SQLite's
// memory, and a record has dozens.
func (c liteCursor) columns() ([]string, error) {
	if n := c.s.ColumnCount(); len(c.s.names) != n {
		names := make([]string, n)
		for i := range names {
			names[i] = c.s.ColumnName(i)
		}
		c.s.names = names
	}
	return c.s.names, nil
}

// values takes a whole row in one call into SQLite.
func (c liteCursor) values(into []any) error {
	clear(into) // or bytes would come into the memory of the row before
	if err := c.s.Columns(into...); err != nil {
		return err
	}
	for i, v := range into {
		if b, ok := v.([]byte); ok && b == nil {
			into[i] = []byte{}
		}
	}
	return nil
}
