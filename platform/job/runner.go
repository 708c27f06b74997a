package job

import (
	"context"
	"log/slog"
	"time"

	"alongside/platform/clock"
	"alongside/platform/db"
)

// Runner rings the bells that are due.
type Runner struct {
	db       *db.DB
	clock    clock.Clock
	log      *slog.Logger
	handlers map[string]Handler
}

// NewRunner returns a runner. handlers go by kind; a bell of a kind that nobody
// handles stays and is logged.
func NewRunner(d *db.DB, clk clock.Clock, log *slog.Logger, handlers map[string]Handler) *Runner {
	return &Runner{db: d, clock: clk, log: log, handlers: handlers}
}

// Run rings until ctx ends.
func (r *Runner) Run(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	heard, stop := r.db.Listen(bell)
	defer stop()
	for ctx.Err() == nil {
		if _, err := r.Sweep(ctx); err != nil && ctx.Err() == nil {
			r.log.Error("job: sweep", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-heard:
		}
	}
}

// Sweep rings all bells that are due now and returns how many handlers ran.
func (r *Runner) Sweep(ctx context.Context) (n int, err error) { return 0, nil }
