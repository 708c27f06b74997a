package app

import (
	"context"
	"runtime/debug"
	"time"
)

// restAfter is how long nothing is written before memory is given back.
const restAfter = 20 * time.Second

// rest gives back, once after each busy time, the memory that the busy time
// needed: caches of the database, and what the runtime keeps for the next rush.
func (a *App) rest(ctx context.Context) {
	tick := time.NewTicker(restAfter)
	defer tick.Stop()
	seen, rested := a.DB.Stats().Commits, true
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if now := a.DB.Stats().Commits; now != seen {
			seen, rested = now, false
			continue
		}
		if !rested {
			a.DB.Shrink()
			debug.FreeOSMemory()
			seen, rested = a.DB.Stats().Commits, true // giving back counts as a commit
		}
	}
}
