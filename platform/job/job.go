// Package job keeps bells: rows that say that something is to be done at some
// time, written in the transaction that makes it necessary. A runner claims a
// bell by a lease, calls its handler, and takes the bell away when the effect
// is done. A runner that dies in between loses its lease after half a minute
// and the bell rings again. The bell is only a bell: what is true stands in the
// domain's own row, which the handler reads before it acts.
//
// It is not a library because those measured cost twenty times the row itself
// and rescue a dead worker's job an hour later, too late for a hand-off.
package job

import (
	"context"
	"embed"
	"io/fs"
	"sync/atomic"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations make the table of bells.
func Migrations() db.Migrations {
	sub, err := fs.Sub(files, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return db.Migrations{Name: "job", FS: sub}
}

// bell is what a runner listens to for bells added in this program.
const bell = "job"

// Handler does what a bell is for. ctx has the scope of the bell's
// organisation, with the actor "system". A handler may run again for the same
// bell: when the program died before the bell was taken away. To have an effect
// in the database exactly once, call [Job.Done] in the transaction of the
// effect. An error rings the bell again later.
type Handler func(ctx context.Context, j Job) error

// Job is one bell.
type Job struct {
	Tenant, ID, Kind, Key string
	Due                   time.Time
	Attempt               int // 1 at the first

	lease string
	over  *atomic.Bool // Done has been committed
}

// Outside is the lane of bells whose handlers wait for the network. They have a
// runner of their own, so that a channel that does not answer never holds up
// what must ring on time.
const Outside = "outside"

const (
	insert = `INSERT INTO job_job (tenant, kind, key, id, due_at, lane, hung_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (tenant, kind, key) DO NOTHING`
	remove    = `DELETE FROM job_job WHERE tenant = $1 AND kind = $2 AND key = $3`
	removeOwn = `DELETE FROM job_job WHERE tenant = $1 AND kind = $2 AND key = $3 AND leased_by = $4`
)

// Add hangs up a bell in the transaction. While one of the same kind and key
// hangs there, also while its handler runs, nothing is added and its time stays
// as it is: a process with several times puts the step into the key.
func Add(tx *db.Tx, kind, key string, due time.Time) error { return AddIn(tx, "", kind, key, due) }

// AddIn is [Add] for a bell of a lane, [Outside] for one.
func AddIn(tx *db.Tx, lane, kind, key string, due time.Time) error {
	n, err := tx.Exec(insert, kind, key, id.New(tx.Now()), due, lane, tx.Now())
	if err == nil && n > 0 {
		tx.Ring(bell)
	}
	return errs.Wrap("job: add "+kind, err)
}

// Cancel takes a bell down. One that is not there is no error.
func Cancel(tx *db.Tx, kind, key string) error {
	_, err := tx.Exec(remove, kind, key)
	return errs.Wrap("job: cancel "+kind, err)
}

// Keys are the keys of the bells of a kind that hang in the organisation.
func Keys(tx *db.Tx, kind string) ([]string, error) {
	out, err := db.Column[string](tx, "SELECT key FROM job_job WHERE tenant = $1 AND kind = $2 ORDER BY key", kind)
	return out, errs.Wrap("job: keys "+kind, err)
}

// Done takes the bell down in the transaction of its effect. When another
// runner has it by now, because this one was away too long, it is a Conflict
// and the effect is undone.
func (j Job) Done(tx *db.Tx) error {
	n, err := tx.Exec(removeOwn, j.Kind, j.Key, j.lease)
	if err == nil && n == 0 {
		err = errs.New(errs.Conflict, "the bell is another's by now", "")
	}
	if j.over != nil {
		tx.AfterCommit(func() { j.over.Store(true) })
	}
	return errs.Wrap("job: done "+j.Kind, err)
}
