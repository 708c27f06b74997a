package handoff

import (
	"context"
	"time"

	"alongside/domain/audit"
)

// Care is someone who works here and may need someone: they asked for help in
// quiet, or have not said that they are fine by the time they named. Whoever
// answers for them sees it on the overview.
type Care struct {
	ID    string
	Name  string // work name
	Place string // where they went
	Due   time.Time
	Help  bool   // they asked
	Phone string // empty when they gave none, or nobody has to call
}

func (c Care) calls(now time.Time) bool { return c.Help || c.Due.Before(now) }

// board is the board, and for whoever answers for peers who needs a call.
func (web *Web) board(ctx context.Context, seen *audit.Seen) (Board, error) {
	b, err := web.S.Board(ctx, seen)
	if err != nil || web.Caring == nil || !leads(roleOf(ctx)) {
		return b, err
	}
	all, err := web.Caring.Cares(ctx)
	for _, c := range all {
		if c.calls(b.At) {
			b.Cares = append(b.Cares, c)
		}
	}
	return b, err
}

// Caring says who is out alone and what they asked for.
type Caring interface {
	Cares(ctx context.Context) ([]Care, error)
}
