package db

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"alongside/platform/errs"
)

const (
	readersMost      = 4
	readerCache      = 512 // KB of pages; any commit empties it
	readerStatements = 60
	readerRest       = 20 * time.Second // one not needed for so long is closed: a big query leaves megabytes behind
)

// readers are the reading connections to SQLite, opened when they are needed.
type readers struct {
	opt    Options
	places chan bool // as many as may read at once
	closed chan bool // closed with the database

	mu    sync.Mutex
	idle  []*liteConn
	low   int // fewest that were idle since the last rest
	open  int64
	timer *time.Timer // runs as long as any is open
}

func newReaders(o Options) *readers {
	return &readers{opt: o, places: make(chan bool, readersMost), closed: make(chan bool)}
}

// read runs on a snapshot: what is committed when the first statement runs.
func (l *lite) read(ctx context.Context, run func(statements) (*Tx, error)) (*Tx, error) {
	c, err := l.readers.take(ctx)
	if err != nil {
		return nil, known(err)
	}
	defer l.readers.give(c)
	if err := c.do("BEGIN"); err != nil {
		return nil, known(err)
	}
	defer c.endRead()
	c.SetInterrupt(ctx)
	return run(c)
}

// endRead runs also when the function panicked or its context ended.
func (l *liteConn) endRead() {
	l.SetInterrupt(context.Background())
	l.do("ROLLBACK")
}

func (r *readers) take(ctx context.Context) (*liteConn, error) {
	select {
	case r.places <- true:
	case <-r.closed:
		return nil, errs.New(errs.Unavailable, "db: closed", "error.try-again-soon")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	c := r.pick()
	if c != nil {
		return c, nil
	}
	c, err := r.connect(ctx)
	if err != nil {
		<-r.places
	}
	return c, err
}

func (r *readers) pick() *liteConn {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := len(r.idle)
	if n == 0 {
		return nil
	}
	c := r.idle[n-1]
	r.idle = r.idle[:n-1]
	r.low = min(r.low, n-1)
	return c
}

func (r *readers) connect(ctx context.Context) (*liteConn, error) {
	c, err := connect(ctx, r.opt.Dir, r.opt.Vault.DatabaseKey(), readerCache, readerStatements)
	if err != nil {
		return nil, err
	}
	if err := c.Exec("PRAGMA query_only=ON"); err != nil {
		c.shut()
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open++
	if r.timer == nil {
		r.timer = time.AfterFunc(readerRest, r.rest)
	}
	return c, nil
}

// rest closes those that nobody needed since the last rest: the last one given
// back is the first one taken, so they lie at the bottom.
func (r *readers) rest() {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = r.drop(r.low)
	r.low = len(r.idle)
	if r.timer == nil {
		return // closed
	}
	if r.open == 0 {
		r.timer = nil
		return
	}
	r.timer.Reset(readerRest)
}

// drop closes the n at the bottom.
func (r *readers) drop(n int) (err error) {
	for _, c := range r.idle[:n] {
		err = errors.Join(err, c.shut())
	}
	r.idle = slices.Delete(r.idle, 0, n)
	r.open -= int64(n)
	r.low = min(r.low, len(r.idle))
	return err
}

func (r *readers) give(c *liteConn) {
	r.mu.Lock()
	r.idle = append(r.idle, c)
	r.mu.Unlock()
	<-r.places
}

func (r *readers) count() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.open
}

// close waits for who reads and closes the connections.
func (r *readers) close() error {
	close(r.closed)
	for range readersMost {
		r.places <- true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.timer != nil {
		r.timer.Stop()
		r.timer = nil
	}
	return r.drop(len(r.idle))
}
