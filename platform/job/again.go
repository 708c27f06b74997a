package job

import (
	"context"
	"errors"
	"time"
)

// again is not an error: the bell rang too early.
type again struct{ at time.Time }

func (again) Error() string { return "job: rings again" }

// Again is what a handler returns to hang its bell up for a later time: the
// row says that nothing is to be done yet. A bell may ring too early when the
// clock was set back.
func Again(at time.Time) error { return again{at} }

type soon struct {
	error
	most time.Duration
}

func (s soon) Unwrap() error { return s.error }

// Within marks an error so that the bell rings again after at most that long,
// however often it rang in vain: for what must come on time once it can. It
// returns nil for nil.
func Within(most time.Duration, err error) error {
	if err == nil {
		return nil
	}
	return soon{err, most}
}

func within(err error) time.Duration {
	var s soon
	if errors.As(err, &s) {
		return s.most
	}
	return longWait
}

// again hangs the bell up for later and reports whether that was all that its
// handler asked for.
func (r *Runner) again(ctx context.Context, j Job, err error) bool {
	var a again
	if !errors.As(err, &a) {
		return false
	}
	if err := r.postpone(ctx, j, a.at.Sub(r.clock.Now())); err != nil {
		r.log.Error("job: rings again when its lease ends", "id", j.ID, "error", err)
	}
	return true
}
