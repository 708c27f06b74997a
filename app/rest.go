package app

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

// collectAt is by how much, in percent, the memory in use may grow before it is
// tidied. What a page needs is thrown away when it is sent, and what stays is a
// few megabytes: tidying at twice that cost a tenth of a board. At four times
// memory came near its aim of 30 MB, so it is three times.
const collectAt = 200

// calmCollector sets collectAt, unless GOGC in the environment says otherwise.
// What it returns takes it back.
func calmCollector() func() {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(collectAt)
	return func() { debug.SetGCPercent(before) }
}

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
			runtime.GC() // what lies in a pool outlives one collection
			debug.FreeOSMemory()
			seen, rested = a.DB.Stats().Commits, true // giving back counts as a commit
		}
	}
}
