package db

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"alongside/platform/errs"
)

const (
	groupSize = 64                    // most transactions that share a commit
	queueSize = 256                   // callers that wait without blocking the next
	heldLong  = 20 * time.Millisecond // holding the door longer is logged
)

// waiter is a caller at the writing door. Its function runs on its own
// goroutine when the writer gives it the turn, so that a panic, or a test that
// gives up, is the caller's own affair.
type waiter struct {
	ctx   context.Context
	run   func(statements) (*Tx, error)
	state atomic.Int32
	say   chan word // from the writer
	back  chan bool // to the writer: the turn is over
	tx    *Tx
	err   error
}

// word is what the writer says to a waiter: your turn, or how it ended.
type word struct {
	turn statements
	err  error
}

// The states of a waiter.
const (
	queued int32 = iota
	taken        // the writer has it
	gone         // it went away before its turn
)

// door is where callers queue. One goroutine, the writer's, takes them from it.
type door struct {
	mu      sync.RWMutex // held for reading while joining, for writing to shut
	shut    bool
	queue   chan *waiter
	opt     Options
	waiting atomic.Int64
	held    atomic.Uint64
}

func newDoor(o Options) *door {
	return &door{queue: make(chan *waiter, queueSize), opt: o}
}

// enter waits for the turn, runs and returns when the disk has it.
func (d *door) enter(ctx context.Context, run func(statements) (*Tx, error)) (*Tx, error) {
	w := &waiter{ctx: ctx, run: run, say: make(chan word, 1), back: make(chan bool, 1)}
	if err := d.join(w); err != nil {
		return nil, err
	}
	d.waiting.Add(1)
	defer d.waiting.Add(-1)
	leave := ctx.Done()
	for {
		select {
		case <-leave:
			if w.state.CompareAndSwap(queued, gone) {
				return nil, known(ctx.Err())
			}
			leave = nil
		case s := <-w.say:
			if s.turn == nil {
				return w.tx, s.err
			}
			d.act(w, s.turn)
		}
	}
}

func (d *door) join(w *waiter) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.shut {
		return errs.New(errs.Unavailable, "db: closed", "error.try-again-soon")
	}
	select {
	case d.queue <- w:
		return nil
	case <-w.ctx.Done():
		return known(w.ctx.Err())
	}
}

// act runs the waiter's function and gives the turn back whatever happens.
func (d *door) act(w *waiter, s statements) {
	start := d.opt.Clock.Now()
	finished := false
	defer func() {
		if !finished {
			w.tx, w.err = nil, errs.New(errs.Internal, "db: the function did not return", "")
		}
		w.back <- true
		if took := d.opt.Clock.Now().Sub(start); took > heldLong {
			d.held.Add(1)
			d.opt.Log.Warn("held the writing door", "by", caller(), "millis", took.Milliseconds())
		}
	}()
	w.tx, w.err = w.run(s)
	finished = true
}

// give hands the turn to w and waits until it is over. It reports false when w
// has gone away or its context ended, and w is then not run.
func (w *waiter) give(s statements) bool {
	if !w.state.CompareAndSwap(queued, taken) && w.state.Load() == gone {
		return false
	}
	if err := w.ctx.Err(); err != nil {
		w.end(known(err))
		return false
	}
	w.say <- word{turn: s}
	<-w.back
	return true
}

// skip tells w how it ended, unless it has gone away.
func (w *waiter) skip(err error) {
	if w.state.CompareAndSwap(queued, taken) || w.state.Load() == taken {
		w.end(err)
	}
}

// end tells w how it ended.
func (w *waiter) end(err error) {
	w.say <- word{err: err}
}

// close lets nobody else in. Who is in the queue is still served.
func (d *door) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.shut {
		d.shut = true
		close(d.queue)
	}
}

// caller is the function outside this package that came to the door.
func caller() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "alongside/platform/db.") && !strings.HasPrefix(f.Function, "runtime.") {
			return f.Function
		}
		if !more {
			return "unknown"
		}
	}
}
