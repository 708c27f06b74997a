package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/ncruces/go-sqlite3"

	"alongside/platform/errs"
)

// known gives an engine's error one of our kinds. What is ours already, or nil,
// stays as it is.
func known(err error) error {
	var ours *errs.Error
	if err == nil || errors.As(err, &ours) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &errs.Error{Kind: errs.Unavailable, Op: "db", Err: err}
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return &errs.Error{Kind: kindOfPostgres(pg.Code), Op: "db", Say: sayOf(kindOfPostgres(pg.Code)), Err: quiet{err, pg}}
	}
	kind := kindOfSQLite(err)
	if kind == errs.Internal && away(err) {
		kind = errs.Unavailable
	}
	return &errs.Error{Kind: kind, Op: "db", Say: sayOf(kind), Err: err}
}

func sayOf(k errs.Kind) string {
	switch k {
	case errs.Conflict:
		return "error.already-there"
	case errs.Unavailable:
		return "error.try-again-soon"
	}
	return ""
}

func kindOfSQLite(err error) errs.Kind {
	var code sqlite3.ExtendedErrorCode
	if !errors.As(err, &code) {
		return errs.Internal
	}
	switch code {
	case sqlite3.CONSTRAINT_UNIQUE, sqlite3.CONSTRAINT_PRIMARYKEY:
		return errs.Conflict
	}
	switch code.Code() {
	case sqlite3.FULL, sqlite3.BUSY, sqlite3.LOCKED, sqlite3.INTERRUPT, sqlite3.CANTOPEN, sqlite3.READONLY:
		return errs.Unavailable
	case sqlite3.IOERR:
		return kindOfIO(code)
	}
	return errs.Internal
}

// kindOfIO tells a page that does not carry its checksum, which waiting does
// not mend, from a disk that is full or slow.
func kindOfIO(code sqlite3.ExtendedErrorCode) errs.Kind {
	if code == sqlite3.IOERR_DATA || code == sqlite3.IOERR_CORRUPTFS {
		return errs.Internal
	}
	return errs.Unavailable
}

// kindOfPostgres reads the classes of SQLSTATE: 08 connection, 40 rolled back,
// 53 no room, 55P03 and 57 the server is stopping or was told to.
func kindOfPostgres(code string) errs.Kind {
	switch {
	case code == "23505":
		return errs.Conflict
	case code == "55P03", code == "25006":
		return errs.Unavailable
	}
	switch code[:min(2, len(code))] {
	case "08", "40", "53", "57", "58":
		return errs.Unavailable
	}
	return errs.Internal
}

// away reports whether the database could not be reached, or the disk is full.
func away(err error) bool {
	var op *net.OpError
	var connect *pgconn.ConnectError
	return errors.As(err, &op) || errors.As(err, &connect) ||
		errors.Is(err, io.ErrUnexpectedEOF) || // a PostgreSQL that crashed says nothing more
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, net.ErrClosed)
}

// unsure is the error of a commit. One that was not answered may have been kept, and is
// never run again: not even where the driver calls that safe, which it does of a line that
// broke while it waited for the answer.
func unsure(err error) error {
	var pg *pgconn.PgError
	answered := errors.As(err, &pg) && !stopped(pg.Code) || errors.Is(err, pgx.ErrTxCommitRollback)
	if err == nil || answered {
		return err
	}
	return &errs.Error{Kind: errs.Unavailable, Op: "db: commit", Say: "error.unsure", Err: unanswered{known(err)}}
}

// unanswered marks the error of a commit that may have been kept.
type unanswered struct{ error }

func (u unanswered) Unwrap() error { return u.error }

// stopped reports whether PostgreSQL says that it is starting or stopping, or that it
// cut the connection.
func stopped(code string) bool { return strings.HasPrefix(code, "57P") }

// quiet is a PostgreSQL error without its sentences, which may quote what was
// typed: the code and the names of table, column and constraint remain.
type quiet struct {
	cause error
	pg    *pgconn.PgError
}

func (q quiet) Error() string {
	s := "postgres " + q.pg.Code
	for _, name := range []string{q.pg.TableName, q.pg.ColumnName, q.pg.ConstraintName, q.pg.Routine} {
		if name != "" {
			s += " " + name
		}
	}
	return s
}

func (q quiet) Unwrap() error { return q.cause }
