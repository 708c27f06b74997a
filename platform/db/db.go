package db

import (
	"context"
	"log/slog"

	"alongside/platform/clock"
	"alongside/platform/errs"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// Engine is one of the two databases the program runs on.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options say where the data lies and what to use.
type Options struct {
	Dir      string // the data folder, which must exist
	Postgres string // connection URL; empty means SQLite in Dir
	Vault    *seal.Vault
	Clock    clock.Clock  // nil: the machine's
	Log      *slog.Logger // nil: nothing is logged

	// Admit is asked first in each transaction of an organisation; its error is
	// the transaction's. It is not asked where the scope is System or Always. nil
	// admits everyone.
	Admit func(*Tx) error
}

// engine is what differs between the two.
type engine interface {
	kind() Engine
	write(ctx context.Context, run func(statements) (*Tx, error)) (*Tx, error)
	read(ctx context.Context, run func(statements) (*Tx, error)) (*Tx, error)
	migrate(ctx context.Context, list []Migrations) error
	ready(ctx context.Context) error
	backup(ctx context.Context, path string, key [32]byte) error
	shrink()
	stats() Stats
	close() error
}

// DB is an open database. It is safe for use by several goroutines.
type DB struct {
	opt    Options
	engine engine
	plans  plans
	bells  bells
}

// Open opens the database, and makes it when the folder has none. A database
// that lies behind its side file, or is not ours, is refused: errs.Unavailable,
// in words.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	d := &DB{opt: o}
	var err error
	if o.Postgres != "" {
		d.engine, err = openPostgres(ctx, o)
	} else {
		d.engine, err = openSQLite(ctx, o)
	}
	if err != nil {
		return nil, errs.Wrap("db: open", err)
	}
	return d, nil
}

// Engine says which database this is.
func (d *DB) Engine() Engine { return d.engine.kind() }

// Close waits for who is at the door and closes the database. A second call
// does nothing.
func (d *DB) Close() error { return d.engine.close() }

// Ready answers nil when the database can be read now.
func (d *DB) Ready(ctx context.Context) error { return d.engine.ready(ctx) }

// Stats are counts since the database was opened.
func (d *DB) Stats() Stats { return d.engine.stats() }

// Stats are counts since the database was opened, for the metrics.
type Stats struct {
	Commits uint64 // transactions acknowledged
	Groups  uint64 // commits on disk: on SQLite as many as had something to fsync
	Undone  uint64 // transactions that returned an error
	Held    uint64 // times someone held the writing door too long
	Waiting int64  // callers at the writing door now
	Readers int64  // reading connections open now
}

// Write runs fn in a transaction and returns after the disk has it. The scope
// comes from ctx; without one it is refused. An error or a panic in fn undoes
// what fn did and nothing else. fn may run twice. When ctx ends before fn's
// turn, fn does not run; once it has run, the answer is the truth about the
// commit.
func (d *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	return d.run(ctx, false, fn)
}

// Read runs fn on a snapshot. It cannot write, and since a look at a person's
// row must be recorded, it may not end owing one.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	return d.run(ctx, true, fn)
}

func (d *DB) run(ctx context.Context, readOnly bool, fn func(*Tx) error) error {
	s, ok := scope.From(ctx)
	if !ok {
		return errs.New(errs.Internal, "db: no scope in the context", "")
	}
	if ctx.Value(inside{}) != nil {
		return errs.New(errs.Internal, "db: a transaction inside a transaction", "")
	}
	if whole, ok := ctx.Value(jointKey{}).(*Tx); ok {
		return d.part(ctx, s, readOnly, whole, fn)
	}
	door := d.engine.write
	if readOnly {
		door = d.engine.read
	}
	tx, err := door(ctx, func(c statements) (*Tx, error) { return d.once(ctx, s, readOnly, c, fn) })
	if err != nil {
		return err
	}
	d.afterwards(tx)
	return nil
}

// once runs fn one time on c and returns the transaction also with an error.
// What is around it, begin and commit, is the engine's affair.
func (d *DB) once(ctx context.Context, s scope.Scope, readOnly bool, c statements, fn func(*Tx) error) (*Tx, error) {
	tx := &Tx{db: d, scope: s, now: d.opt.Clock.Now(), stmts: c, readOnly: readOnly}
	tx.ctx = context.WithValue(ctx, inside{}, true)
	defer tx.end()
	if err := d.admit(tx); err != nil {
		return tx, err
	}
	if err := fn(tx); err != nil {
		return tx, err
	}
	if tx.broken != nil {
		return tx, tx.broken
	}
	return tx, tx.debts.unpaid()
}

func (d *DB) admit(tx *Tx) error {
	if d.opt.Admit == nil || tx.scope.System || tx.scope.Always || tx.scope.Tenant == "" {
		return nil
	}
	return d.opt.Admit(tx)
}

func (d *DB) afterwards(tx *Tx) {
	for _, name := range tx.rings {
		d.bells.ring(name)
	}
	for _, fn := range tx.after {
		fn()
	}
}

// inside marks the context of a running transaction.
type inside struct{}
