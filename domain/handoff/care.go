package handoff

import (
	"context"
	"time"
)

// Care is someone who works here and may need someone: they asked for help in
// quiet, or have not said that they are fine by the time they named. Whoever
// answers for them sees it on the overview.
type Care struct {
	ID    string
	Name  string // work name
	Place string // where they went
	Due   time.Time
	Help  bool // they asked
}

// Caring says who is out alone and what they asked for.
type Caring interface {
	Cares(ctx context.Context) ([]Care, error)
}
