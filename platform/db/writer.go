package db

import (
	"errors"
	"runtime"

	"github.com/ncruces/go-sqlite3"

	"alongside/platform/errs"
)

const (
	writerCache      = 2048 // KB of pages
	writerStatements = 200
)

// writer is the one who writes to SQLite: it lets callers through the door, one
// after the other, and shares a commit among those who wait together.
type writer struct {
	lite  *lite
	conn  *liteConn
	door  *door
	side  *sideFile
	pages int // in the log after the last commit
}

func (w *writer) serve() {
	for first := range w.door.queue {
		group := w.door.others(first)
		for _, p := range w.together(group) {
			w.together([]*waiter{p})
		}
		w.tidy()
	}
}

// others returns first and who else waits, up to groupSize. Those told of the
// last commit get the processor once, so that who writes again at once comes
// into this group and not one later.
func (d *door) others(first *waiter) []*waiter {
	runtime.Gosched()
	group := []*waiter{first}
	for len(group) < groupSize {
		select {
		case p, ok := <-d.queue:
			if !ok {
				return group
			}
			group = append(group, p)
		default:
			return group
		}
	}
	return group
}

// together runs a group in one transaction. It returns who must run again,
// alone, because the engine gave up the whole transaction for one of them.
func (w *writer) together(group []*waiter) (again []*waiter) {
	if err := w.conn.do("BEGIN IMMEDIATE"); err != nil {
		endAll(group, known(err))
		return nil
	}
	changes := w.conn.TotalChanges()
	var kept []*waiter
	for i, p := range group {
		if !w.turn(p, len(group) > 1) {
			continue
		}
		if w.conn.GetAutocommit() {
			w.gaveUp(p)
			return append(kept, group[i+1:]...)
		}
		if p.err != nil {
			w.lite.undone.Add(1)
			p.end(p.err)
			continue
		}
		kept = append(kept, p)
	}
	w.finish(kept, w.conn.TotalChanges() != changes)
	return nil
}

// turn gives p its turn, in a savepoint when others share the transaction. It
// reports false when p did not run.
func (w *writer) turn(p *waiter, shared bool) bool {
	if !shared {
		return p.give(w.conn)
	}
	if err := w.conn.do("SAVEPOINT turn"); err != nil {
		p.skip(known(err))
		return false
	}
	ran := p.give(w.conn)
	if ran && p.err == nil {
		p.err = w.ignoreGone(w.conn.do("RELEASE turn"))
		return true
	}
	err := w.conn.do("ROLLBACK TO turn")
	if err == nil {
		err = w.conn.do("RELEASE turn")
	}
	if ran && w.ignoreGone(err) != nil {
		w.conn.do("ROLLBACK") // never go on with half of it
	}
	return ran
}

// ignoreGone: a savepoint that cannot be found is gone with the transaction,
// which the caller sees for itself.
func (w *writer) ignoreGone(err error) error {
	if err != nil && w.conn.GetAutocommit() {
		return nil
	}
	return known(err)
}

// gaveUp ends p, in whose turn the engine rolled everything back: with what p
// saw or, when p let it pass, with an error of ours.
func (w *writer) gaveUp(p *waiter) {
	w.lite.undone.Add(1)
	if p.err == nil {
		p.err = errs.New(errs.Unavailable, "db: the transaction was given up by the engine", "error.try-again-soon")
	}
	p.end(p.err)
}

// finish commits for those kept and tells them.
func (w *writer) finish(kept []*waiter, changed bool) {
	if len(kept) == 0 {
		w.conn.do("ROLLBACK")
		return
	}
	if err := w.commit(kept, changed); err != nil {
		w.conn.do("ROLLBACK")
		w.lite.undone.Add(uint64(len(kept)))
		endAll(kept, known(err))
		return
	}
	w.lite.commits.Add(uint64(len(kept)))
	endAll(kept, nil)
}

func (w *writer) commit(kept []*waiter, changed bool) error {
	if !changed {
		return w.conn.do("COMMIT")
	}
	now, err := w.conn.readHead()
	if err != nil {
		return err
	}
	next := now.after(kept)
	if err := w.conn.writeHead(next); err != nil {
		return err
	}
	if err := w.conn.do("COMMIT"); err != nil {
		return err
	}
	w.lite.groups.Add(1)
	if err := w.side.write(next); err != nil {
		w.lite.opt.Log.Error("the side file could not be written; it lags behind", "error", err)
	}
	return nil
}

// tidy brings the log back to the main file when it has grown to 1 MB. When
// readers have kept it from starting over for long, it waits for them.
func (w *writer) tidy() {
	if w.pages < logPages {
		return
	}
	mode := sqlite3.CHECKPOINT_PASSIVE
	if w.pages >= logPagesTooBig {
		mode = sqlite3.CHECKPOINT_TRUNCATE
	}
	_, _, err := w.conn.WALCheckpoint("main", mode)
	if err != nil && !errors.Is(err, sqlite3.BUSY) {
		w.lite.opt.Log.Error("the log could not be written back to the main file", "error", known(err))
	}
	w.pages = 0
}

func endAll(list []*waiter, err error) {
	for _, p := range list {
		p.skip(err)
	}
}
