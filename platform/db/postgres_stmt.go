package db

import (
	"context"
	"database/sql"
)

// pgStatements runs statements in one transaction. The driver keeps prepared
// statements by connection.
type pgStatements struct{ tx *sql.Tx }

func (s pgStatements) exec(ctx context.Context, p *plan, args []any) (int64, error) {
	r, err := s.tx.ExecContext(ctx, p.sql, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func (s pgStatements) query(ctx context.Context, p *plan, args []any) (cursor, error) {
	rows, err := s.tx.QueryContext(ctx, p.sql, args...) //nolint:rowserrcheck // the cursor asks for it
	if err != nil {
		return nil, err
	}
	return pgCursor{rows}, nil
}

type pgCursor struct{ rows *sql.Rows }

func (c pgCursor) columns() ([]string, error) { return c.rows.Columns() }
func (c pgCursor) next() bool                 { return c.rows.Next() }
func (c pgCursor) err() error                 { return c.rows.Err() }
func (c pgCursor) close() error               { return c.rows.Close() }

func (c pgCursor) values(into []any) error {
	places := make([]any, len(into))
	for i := range into {
		places[i] = &into[i]
	}
	return c.rows.Scan(places...)
}
