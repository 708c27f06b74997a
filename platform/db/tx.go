package db

import (
	"context"
	"slices"
	"time"

	"alongside/platform/errs"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// Tx is a running transaction. It is for the goroutine that was given it, and
// for no longer than the function it was given to.
type Tx struct {
	db       *DB
	ctx      context.Context
	scope    scope.Scope
	now      time.Time
	stmts    statements
	readOnly bool
	open     []*Rows
	debts    debts
	digests  [][]byte
	after    []func()
	rings    []string
	broken   error
	ended    bool
}

// statements is an engine's way to run one statement.
type statements interface {
	exec(ctx context.Context, p *plan, args []any) (int64, error)
	query(ctx context.Context, p *plan, args []any) (cursor, error)
}

// Context is the caller's, marked so that a second transaction inside this one
// is refused.
func (t *Tx) Context() context.Context { return t.ctx }

// Scope is on whose behalf this runs.
func (t *Tx) Scope() scope.Scope { return t.scope }

// Now is one instant for the whole transaction, in microseconds.
func (t *Tx) Now() time.Time { return t.now }

// Vault is the key store.
func (t *Tx) Vault() *seal.Vault { return t.db.opt.Vault }

// Engine says which database this is, for the few statements that differ.
func (t *Tx) Engine() Engine { return t.db.Engine() }

// Exec runs a statement whose $1 is the organisation of the scope; args are $2
// onward. SQL without $1 is refused. It returns how many rows changed.
func (t *Tx) Exec(sql string, args ...any) (int64, error) {
	all, err := t.bound(sql, args)
	if err != nil {
		return 0, err
	}
	return t.SysExec(sql, all...)
}

// Query runs a query whose $1 is the organisation of the scope; args are $2
// onward. SQL without $1 is refused.
func (t *Tx) Query(sql string, args ...any) (*Rows, error) {
	all, err := t.bound(sql, args)
	if err != nil {
		return nil, err
	}
	return t.SysQuery(sql, all...)
}

// Row is Query for one row. Its Scan answers errs.NotFound when there is none.
func (t *Tx) Row(sql string, args ...any) *Row {
	rows, err := t.Query(sql, args...)
	return &Row{rows, err}
}

// SysExec runs a statement across organisations: nothing is bound for it, $1 is
// the first of args. It is for plumbing that has no organisation yet (whose
// link is this, which jobs are due) and never for personal columns.
func (t *Tx) SysExec(sql string, args ...any) (int64, error) {
	p, args, err := t.prepare(sql, args)
	if err != nil {
		return 0, err
	}
	n, err := t.stmts.exec(t.ctx, p, args)
	return n, t.broke(err)
}

// SysQuery is SysExec for a query.
func (t *Tx) SysQuery(sql string, args ...any) (*Rows, error) {
	p, args, err := t.prepare(sql, args)
	if err != nil {
		return nil, err
	}
	c, err := t.stmts.query(t.ctx, p, args)
	if err != nil {
		return nil, t.broke(err)
	}
	r := &Rows{tx: t, cursor: c}
	t.open = append(t.open, r)
	return r, nil
}

// SysRow is SysQuery for one row.
func (t *Tx) SysRow(sql string, args ...any) *Row {
	rows, err := t.SysQuery(sql, args...)
	return &Row{rows, err}
}

// AfterCommit runs fn once the disk has the transaction, before Write returns.
// It does not run when the transaction is undone.
func (t *Tx) AfterCommit(fn func()) { t.after = append(t.after, fn) }

// Attest adds a digest to the chain that the side file holds, so that a
// database cut short is found out. PostgreSQL keeps no such chain.
func (t *Tx) Attest(digest []byte) {
	t.digests = append(t.digests, append([]byte(nil), digest...))
}

func (t *Tx) bound(sql string, args []any) ([]any, error) {
	if t.scope.Tenant == "" {
		return nil, errs.New(errs.Internal, "db: no organisation in the scope", "")
	}
	p, err := t.db.plans.of(sql)
	if err != nil {
		return nil, err
	}
	if !p.first {
		return nil, errs.New(errs.Internal, "db: the organisation ($1) is missing in: "+sql, "")
	}
	return append([]any{t.scope.Tenant}, args...), nil
}

// prepare makes ready for a statement: the plan, the values, and rows still
// open out of its way.
func (t *Tx) prepare(sql string, args []any) (*plan, []any, error) {
	if err := t.stopped(); err != nil {
		return nil, nil, err
	}
	p, err := t.db.plans.of(sql)
	if err != nil {
		return nil, nil, err
	}
	if t.readOnly && !p.asks {
		return nil, nil, errs.New(errs.Internal, "db: a read cannot write", "")
	}
	args, err = p.values(args)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range t.open {
		r.keep()
	}
	return p, args, t.broken
}

func (t *Tx) stopped() error {
	if t.ended {
		return errs.New(errs.Internal, "db: the transaction is over", "")
	}
	if t.broken != nil {
		return t.broken
	}
	return known(t.ctx.Err())
}

// broke notes that a statement did not work out. PostgreSQL takes nothing more
// in such a transaction, so neither does SQLite: what follows is refused with
// the same error and the transaction is undone, also when fn lets it pass. To
// insert what may be there, write ON CONFLICT DO NOTHING.
func (t *Tx) broke(err error) error {
	if err != nil && t.broken == nil {
		t.broken = known(err)
	}
	return known(err)
}

func (t *Tx) end() {
	for _, r := range slices.Clone(t.open) {
		r.shut()
	}
	t.ended = true
}
