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
		again := w.together(w.door.others(first), false)
		for _, p := range w.together(again, true) {
			w.together([]*waiter{p}, false)
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
// because the whole transaction was given up for one of them: by the engine, or
// where nobody has a savepoint for what the one who failed had changed. Few fail,
// and a savepoint costs a copy of each page that is changed in it, so a group has
// them only at its second try.
func (w *writer) together(group []*waiter, apart bool) (again []*waiter) {
	if len(group) == 0 {
		return nil
	}
	if err := w.conn.do("BEGIN IMMEDIATE"); err != nil {
		endAll(group, known(err))
		return nil
	}
	begun := w.conn.TotalChanges()
	var kept []*waiter
	for i, p := range group {
		before := w.conn.TotalChanges()
		if !w.turn(p, apart) {
			continue
		}
		if w.conn.GetAutocommit() {
			w.gaveUp(p)
			return append(kept, group[i+1:]...)
		}
		if p.err == nil {
			kept = append(kept, p)
			continue
		}
		w.lite.undone.Add(1)
		p.end(p.err)
		if !apart && len(group) > 1 && w.conn.TotalChanges() != before {
			w.conn.do("ROLLBACK")
			return append(kept, group[i+1:]...)
		}
	}
	w.finish(kept, w.conn.TotalChanges() != begun)
	return nil
}

// turn gives p its turn, in a savepoint of its own when it is to be kept apart
// from the others. It reports false when p did not run.
func (w *writer) turn(p *waiter, apart bool) bool {
	if !apart {
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
