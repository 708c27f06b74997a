package db

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"alongside/platform/errs"
)

const (
	postgresOldest = 150000
	postgresMost   = 20 // connections of one program
	postgresIdle   = 5
	tries          = 20
	longestPause   = 200 * time.Millisecond // between two tries
	migrationLock  = 0x616c6f6e67           // "along", for pg_advisory_lock
)

// postgres is the engine on PostgreSQL. Transactions are SERIALIZABLE: what the
// writing door gives on SQLite, one after the other, is then true here too, and
// a transaction that would break it is run again.
type postgres struct {
	opt  Options
	pool *sql.DB

	commits, undone atomic.Uint64
	waiting         atomic.Int64
}

func openPostgres(ctx context.Context, o Options) (*postgres, error) {
	cfg, err := pgx.ParseConfig(o.Postgres)
	if err != nil {
		return nil, errs.New(errs.Invalid, "the PostgreSQL address cannot be read", "error.postgres-address")
	}
	cfg.RuntimeParams["application_name"] = "alongside"
	cfg.RuntimeParams["timezone"] = "UTC"
	p := &postgres{opt: o, pool: stdlib.OpenDB(*cfg)}
	p.pool.SetMaxOpenConns(postgresMost)
	p.pool.SetMaxIdleConns(postgresIdle)
	p.pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := p.check(ctx); err != nil {
		p.pool.Close()
		return nil, err
	}
	return p, nil
}

// check refuses a server too old or not in UTF-8. Text sorted otherwise than by
// its bytes only changes the order of some lists: that is logged.
func (p *postgres) check(ctx context.Context) error {
	var version int
	var encoding, collation string
	err := p.pool.QueryRowContext(ctx, `SELECT current_setting('server_version_num')::int,
		current_setting('server_encoding'), datcollate FROM pg_database WHERE datname = current_database()`).
		Scan(&version, &encoding, &collation)
	if err != nil {
		return known(err)
	}
	if version < postgresOldest || encoding != "UTF8" {
		return &errs.Error{
			Kind: errs.Unavailable, Say: "error.postgres-version",
			Err: errors.New("PostgreSQL 15 or newer with the encoding UTF8 is needed"),
		}
	}
	if collation != "C" && collation != "POSIX" && collation != "C.UTF-8" {
		p.opt.Log.Warn("the database sorts text by a language, not by its bytes; make it with LC_COLLATE 'C'", "collation", collation)
	}
	return nil
}

func (p *postgres) kind() Engine { return Postgres }

func (p *postgres) write(ctx context.Context, run func(statements) (*Tx, error)) (*Tx, error) {
	p.waiting.Add(1)
	defer p.waiting.Add(-1)
	tx, err := p.insist(ctx, false, run)
	if err != nil {
		p.undone.Add(1)
		return nil, err
	}
	p.commits.Add(1)
	return tx, nil
}

func (p *postgres) read(ctx context.Context, run func(statements) (*Tx, error)) (*Tx, error) {
	return p.insist(ctx, true, run)
}

// insist runs a transaction until it worked out, failed for a reason that
// trying again does not mend, or was tried often enough.
func (p *postgres) insist(ctx context.Context, readOnly bool, run func(statements) (*Tx, error)) (*Tx, error) {
	met := false
	for try := 1; ; try++ {
		tx, err := p.once(ctx, readOnly, run)
		if err == nil {
			return tx, nil
		}
		again := mends(err, tx) || !met && clashes(err)
		met = met || clashes(err)
		if try >= tries || !again || !pause(ctx, try) {
			return nil, known(err)
		}
	}
}

// clashes reports whether a row of the same key was there already. It may be one that came
// after the transaction looked and before it wrote: run once more, it sees that one, as
// the second of two on SQLite does.
func clashes(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505"
}

// once runs a transaction one time. Its context does not end with the caller's:
// the answer to a commit must be the truth.
func (p *postgres) once(ctx context.Context, readOnly bool, run func(statements) (*Tx, error)) (*Tx, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	level := sql.LevelSerializable
	if readOnly {
		level = sql.LevelRepeatableRead // a snapshot; nothing to serialize
	}
	t, err := p.pool.BeginTx(context.WithoutCancel(ctx), &sql.TxOptions{Isolation: level, ReadOnly: readOnly})
	if err != nil {
		return nil, notStarted{err}
	}
	defer func() { _ = t.Rollback() }() // does nothing after a commit
	tx, err := run(pgStatements{t})
	if err != nil {
		return tx, err
	}
	return tx, unsure(t.Commit())
}

// notStarted marks an error from before the transaction began.
type notStarted struct{ error }

func (n notStarted) Unwrap() error { return n.error }

// mends reports whether trying again may mend err: a serialization failure or a
// deadlock, also one that fn hid behind an error of its own, or a connection
// that was not there to begin with. A connection lost at the commit is not
// tried again: it may have been committed.
func mends(err error, tx *Tx) bool {
	if errors.As(err, new(unanswered)) {
		return false
	}
	if tx != nil && tx.broken != nil {
		err = errors.Join(err, tx.broken)
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01" || stopped(pg.Code) && errors.As(err, new(notStarted))
	}
	return pgconn.SafeToRetry(err) || away(err) && errors.As(err, new(notStarted))
}

// pause waits longer each time, and a random part of it. It reports false when
// ctx ended.
func pause(ctx context.Context, try int) bool {
	longest := min(longestPause, time.Millisecond<<min(try, 10))
	select {
	case <-ctx.Done():
		return false
	case <-time.After(rand.N(longest) + 1):
		return true
	}
}

func (p *postgres) ready(ctx context.Context) error {
	return known(p.pool.QueryRowContext(ctx, "SELECT 1").Scan(new(int)))
}

func (p *postgres) stats() Stats {
	return Stats{
		Commits: p.commits.Load(),
		Groups:  p.commits.Load(),
		Undone:  p.undone.Load(),
		Waiting: p.waiting.Load(),
		Readers: int64(p.pool.Stats().OpenConnections),
	}
}

func (p *postgres) close() error { return p.pool.Close() }

// migrate holds a lock in the database, for several programs may start at once.
func (p *postgres) migrate(ctx context.Context, list []Migrations) error {
	c, err := p.pool.Conn(ctx)
	if err != nil {
		return known(err)
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrationLock); err != nil {
		return known(err)
	}
	defer func() { // the lock goes with the connection too
		_, _ = c.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrationLock)
	}()
	return steps(ctx, goose.DialectPostgres, p.pool, list)
}
