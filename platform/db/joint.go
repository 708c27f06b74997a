package db

import (
	"context"

	"alongside/platform/errs"
	"alongside/platform/scope"
)

// jointKey marks the context of transactions that are parts of another.
type jointKey struct{}

// Joint runs fn in one transaction. Each Write and Read that is given fn's
// context is a part of it: it keeps to its own scope, sees what the parts before
// it did, and when it returns an error takes back what it did and nothing else.
// Nothing that a part did is on disk, and none of its effects comes, before
// Joint has returned nil; then all of it is. A statement that the database
// refuses ends the whole, so that both engines say the same. fn may run twice,
// and its parts come one after the other, from the goroutine that runs it.
func (d *DB) Joint(ctx context.Context, fn func(ctx context.Context) error) error {
	return d.run(scope.AsSystem(ctx, "several transactions in one"), false, func(tx *Tx) error {
		return fn(context.WithValue(ctx, jointKey{}, tx))
	})
}

// part runs fn as a part of whole.
func (d *DB) part(ctx context.Context, s scope.Scope, readOnly bool, whole *Tx, fn func(*Tx) error) error {
	if _, err := whole.SysExec("SAVEPOINT part"); err != nil {
		return err
	}
	tx, err := d.finished(ctx, s, readOnly, whole, fn)
	if tx.broken != nil {
		return whole.broke(errs.Wrap("db: a part", tx.broken))
	}
	if err != nil {
		return whole.takeBack(err)
	}
	if err := whole.surely("RELEASE SAVEPOINT part"); err != nil {
		return err
	}
	whole.digests = append(whole.digests, tx.digests...)
	whole.rings = append(whole.rings, tx.rings...)
	whole.after = append(whole.after, tx.after...)
	return nil
}

// finished is once, where a panic of fn ends the whole: what it left half done
// must not be kept.
func (d *DB) finished(ctx context.Context, s scope.Scope, readOnly bool, whole *Tx, fn func(*Tx) error) (*Tx, error) {
	over := false
	defer func() {
		if !over {
			whole.broken = errs.New(errs.Internal, "db: a part did not return", "")
		}
	}()
	tx, err := d.once(ctx, s, readOnly, whole.stmts, fn)
	over = true
	return tx, err
}

// takeBack undoes a part and returns why.
func (t *Tx) takeBack(why error) error {
	if err := t.surely("ROLLBACK TO SAVEPOINT part"); err != nil {
		return err
	}
	if err := t.surely("RELEASE SAVEPOINT part"); err != nil {
		return err
	}
	return why
}

// surely runs a statement without which the whole cannot be kept, also when the
// context ended just before it.
func (t *Tx) surely(sql string) error {
	_, err := t.SysExec(sql)
	return t.broke(err)
}
