package audit

import (
	"context"
	"log/slog"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

const (
	// The lock lasts as long as the transaction. One for each organisation; the
	// number keeps it apart from other uses of such locks. That no leaf is
	// numbered twice follows from serializable transactions already; the lock
	// lets the second sequencer wait where it would mostly have to begin again.
	// It may have to all the same: what it sees is what stood before it waited.
	lockLog       = `SELECT pg_advisory_xact_lock(hashtextextended($1, 7231))`
	selectWaiting = `SELECT DISTINCT tenant FROM audit_queue`
)

const (
	// sequenceBatch is the LIMIT of selectQueue.
	sequenceBatch = 256
	// leafRows is how many leaves go into one statement.
	leafRows = 32
	// mostMeetings is how often in turn a sequencer begins again because another
	// had numbered the same leaves. The next round numbers what is left.
	mostMeetings = 20
	// sequenceEvery keeps a leaf from waiting longer than a second.
	sequenceEvery = 400 * time.Millisecond
)

// Sequencer numbers the leaves that wait on PostgreSQL. Any number of programs
// may run one: a lock in the database lets one at a time have an
// organisation's log. On SQLite it has nothing to do.
type Sequencer struct {
	db    *db.DB
	log   *slog.Logger
	older bool // what waits is of a program that put no stamps there
}

// NewSequencer returns a sequencer.
func NewSequencer(d *db.DB, log *slog.Logger) *Sequencer { return &Sequencer{d, log, false} }

// Run numbers leaves until ctx ends. What goes wrong is logged and tried again.
func (s *Sequencer) Run(ctx context.Context) {
	if s.db.Engine() != db.Postgres {
		return
	}
	tick := time.NewTicker(sequenceEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if _, err := s.Sequence(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("audit: leaves wait for their number", "error", err)
		}
	}
}

// Sequence numbers all that waits now and returns how many leaves that were.
func (s *Sequencer) Sequence(ctx context.Context) (int, error) {
	if s.db.Engine() != db.Postgres {
		return 0, nil
	}
	tenants, err := column(scope.AsSystem(ctx, "number the log"), s.db, selectWaiting)
	total := 0
	for _, t := range tenants {
		n, err := s.drain(asSystem(ctx, t))
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, err
}

// asSystem is the scope for work on one organisation's log that nobody asked
// for.
func asSystem(ctx context.Context, tenant string) context.Context {
	return scope.With(ctx, scope.Scope{Tenant: tenant, Actor: "system", Purpose: scope.Operations, Always: true})
}

func (s *Sequencer) drain(ctx context.Context) (total int, err error) {
	for {
		n, err := s.some(ctx)
		total += n
		if err != nil || n < sequenceBatch {
			return total, err
		}
	}
}

// some numbers one batch. Leaves that another sequencer numbered meanwhile are a
// Conflict of the key, and it looks again.
func (s *Sequencer) some(ctx context.Context) (n int, err error) {
	for range mostMeetings {
		err = s.db.Write(ctx, func(tx *db.Tx) error {
			n, err = s.sequence(tx)
			return err
		})
		if !errs.Is(err, errs.Conflict) {
			break
		}
	}
	if err != nil {
		n = 0
	}
	return n, err
}

func (s *Sequencer) sequence(tx *db.Tx) (int, error) {
	if _, err := tx.Exec(lockLog); err != nil {
		return 0, err
	}
	list, err := s.queue(tx)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	h, err := openHead(tx)
	if err != nil {
		return 0, err
	}
	rows := make([]row, 0, len(list))
	for _, w := range list {
		r, err := s.number(tx, h, w)
		if err != nil {
			return 0, err
		}
		rows = append(rows, r)
	}
	if err := insertRows(tx, rows); err != nil {
		return 0, err
	}
	if err := dequeue(tx, list); err != nil {
		return 0, err
	}
	return len(list), h.save(tx)
}

func (s *Sequencer) queue(tx *db.Tx) ([]waiting, error) {
	if s.older {
		return readQueue(tx, selectOlder)
	}
	return readQueue(tx, selectQueue)
}

// number puts a leaf that waited at the end of the log.
func (s *Sequencer) number(tx *db.Tx, h *head, w waiting) (row, error) {
	ours := s.older || w.ours(tx)
	if !ours {
		w.at = 0 // the log does not go by it
	}
	r, leaf, err := h.append(tx, w.about, w.rest, w.at)
	if !ours {
		r.stamp = forged()
	}
	tx.Attest(leaf[:])
	return r, err
}

// insertRows stores leaves, many in one statement and the last few singly, so
// that there are two statements to prepare.
func insertRows(tx *db.Tx, rows []row) error {
	for len(rows) > 0 {
		n := 1
		if len(rows) >= leafRows {
			n = leafRows
		}
		args := make([]any, 0, 5*n)
		for _, r := range rows[:n] {
			args = append(args, r.number, r.about, r.entry, r.hashes, r.stamp)
		}
		if _, err := tx.Exec(insertLeafInto+tuples(n, 5, 2, "$1"), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// dequeue removes exactly the rows that were read: others may have come in
// between with an earlier id.
func dequeue(tx *db.Tx, list []waiting) error {
	for len(list) > 0 {
		n := 1
		if len(list) >= leafRows {
			n = leafRows
		}
		args := make([]any, 0, n)
		for _, w := range list[:n] {
			args = append(args, w.id)
		}
		if _, err := tx.Exec("DELETE FROM audit_queue WHERE tenant = $1 AND id IN ("+holes(n, 2)+")", args...); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}
