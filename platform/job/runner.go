package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/scope"
)

const (
	every     = 5 * time.Second  // how often a runner looks by itself
	lease     = 30 * time.Second // how long a silent runner keeps a bell
	renew     = 10 * time.Second // how often a runner says that it is still at it
	longest   = 2 * time.Minute  // what a handler has before its context ends
	atOnce    = 8                // handlers at the same time, and bells claimed at a time
	firstWait = 5 * time.Second  // after the first error; doubles each time
	longWait  = 10 * time.Minute // no bell waits longer, and none is given up
)

// Runner rings the bells that are due. Several may run on one database, in one
// program or many.
type Runner struct {
	db       *db.DB
	clock    clock.Clock
	log      *slog.Logger
	handlers map[string]Handler
	name     string // of this runner, in the lease
	lane     string
	told     time.Time     // what the clock said at the last look
	back     time.Duration // by which it was set back, and the bells were not yet
	all      bool          // nobody knows for how long the program was away then: every bell rings
	read     bool          // the note in the database was compared with the clock
	noted    time.Time     // the last of these that was written down
	memory   Memory        // nil: none
	before   time.Time     // what it knew at the start
}

// NewRunner returns a runner. handlers go by kind; a bell of a kind that nobody
// handles stays, and is logged each time it would ring.
func NewRunner(d *db.DB, clk clock.Clock, log *slog.Logger, handlers map[string]Handler) *Runner {
	return &Runner{db: d, clock: clk, log: log, handlers: handlers, name: id.Secret(10)}
}

// In returns a runner like r for the bells of a lane. r itself keeps to the
// bells that have none.
func (r *Runner) In(lane string) *Runner {
	return &Runner{db: r.db, clock: r.clock, log: r.log, handlers: r.handlers, name: id.Secret(10), lane: lane, memory: r.memory, before: r.before}
}

// Run rings what is due: at once, every five seconds, and when a bell is added
// in this program. A slow handler does not hold up the others. Run returns when
// ctx has ended and the handlers that were running are done; they see that ctx
// ended.
func (r *Runner) Run(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	heard, stop := r.db.Listen(bell)
	defer stop()
	free := make(chan int, atOnce) // places that handlers gave back
	var handlers sync.WaitGroup
	defer handlers.Wait()
	for places := atOnce; ctx.Err() == nil; {
		jobs := r.claimSome(ctx, places)
		for _, j := range jobs {
			handlers.Go(func() {
				r.ring(ctx, j)
				free <- 1
			})
		}
		places -= len(jobs)
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-heard:
		case n := <-free:
			places += n
		}
	}
}

func (r *Runner) claimSome(ctx context.Context, places int) []Job {
	jobs, err := r.claim(ctx, places)
	if err != nil && ctx.Err() == nil {
		r.log.Error("job: sweep", "error", err)
	}
	return jobs
}

// Sweep rings all bells that are due now, those added meanwhile too, waits for
// them and returns how many handlers ran. What a handler returns is not its
// error: the bell rings again later.
func (r *Runner) Sweep(ctx context.Context) (n int, err error) {
	for {
		jobs, err := r.claim(ctx, atOnce)
		if err != nil || len(jobs) == 0 {
			return n, err
		}
		var handlers sync.WaitGroup
		for _, j := range jobs {
			handlers.Go(func() { r.ring(ctx, j) })
		}
		handlers.Wait()
		n += len(jobs)
	}
}

// Step rings the first bell that is due, waits for it and reports whether there
// was one. It is for simulations, which must know what happens after what.
func (r *Runner) Step(ctx context.Context) (bool, error) {
	jobs, err := r.claim(ctx, 1)
	if err != nil || len(jobs) == 0 {
		return false, err
	}
	r.ring(ctx, jobs[0])
	return true, nil
}

// ring calls the handler and takes the bell down, or hangs it up for later.
func (r *Runner) ring(ctx context.Context, j Job) {
	ctx = scope.With(ctx, scope.Scope{Tenant: j.Tenant, Actor: "system", Purpose: scope.Operations})
	j.over = &atomic.Bool{}
	err := r.held(ctx, j)
	ctx = scope.Always(ctx) // the bell's row is the runner's own
	if err == nil && !j.over.Load() {
		err = r.takeDown(context.WithoutCancel(ctx), j)
	}
	if err == nil {
		return
	}
	if r.again(ctx, j, err) {
		return
	}
	wait := min(backOff(j.Attempt), within(err))
	r.log.Error("job: will be tried again", "tenant", j.Tenant, "kind", j.Kind, "id", j.ID, "attempt", j.Attempt, "after", wait, "error", err)
	if err := r.postpone(ctx, j, wait); err != nil {
		r.log.Error("job: rings again when its lease ends", "id", j.ID, "error", err)
	}
}

// held calls the handler and keeps its lease as long as it works.
func (r *Runner) held(ctx context.Context, j Job) error {
	ctx, over := context.WithTimeout(ctx, longest)
	var keeper sync.WaitGroup
	keeper.Go(func() { r.keep(scope.Always(ctx), j) })
	defer keeper.Wait()
	defer over()
	return r.call(ctx, j)
}

// keep renews the lease until ctx ends.
func (r *Runner) keep(ctx context.Context, j Job) {
	tick := time.NewTicker(renew)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := r.extend(ctx, j); err != nil && ctx.Err() == nil {
				r.log.Error("job: a lease could not be renewed", "id", j.ID, "error", err)
			}
		}
	}
}

// call runs the handler. A panic in it is an error like any other, with the
// place but not the value, which may be personal.
func (r *Runner) call(ctx context.Context, j Job) (err error) {
	h := r.handlers[j.Kind]
	if h == nil {
		return errs.New(errs.Internal, "nobody handles this kind", "")
	}
	defer func() {
		if v := recover(); v != nil {
			r.log.Error("job: panic", "kind", j.Kind, "id", j.ID, "stack", string(debug.Stack()))
			err = errors.Join(errs.New(errs.Internal, fmt.Sprintf("panic of type %T", v), ""), runtimeError(v))
		}
	}()
	return h(ctx, j)
}

// backOff doubles from five seconds to ten minutes.
func backOff(attempt int) time.Duration {
	wait := firstWait
	for i := 1; i < attempt && wait < longWait; i++ {
		wait *= 2
	}
	return min(wait, longWait)
}
