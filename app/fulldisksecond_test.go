package app

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"alongside/app/demo"
	"alongside/platform/db"
	"alongside/platform/scope"
	"alongside/platform/soak"
)

// tripping is a clock that lets something happen when somebody looks at it: every
// transaction does when it begins.
type tripping struct {
	*demo.Clock
	trip atomic.Pointer[func()]
}

// Now is the story's time.
func (c *tripping) Now() time.Time {
	if trip := c.trip.Load(); trip != nil {
		(*trip)()
	}
	return c.Clock.Now()
}

// trips gives the program a clock that trips, and starts it anew.
func (w *brim) trips() *tripping {
	w.Helper()
	c := &tripping{Clock: w.clk}
	w.clock = c
	w.reopen()
	return c
}

// halved sends a deed, and takes all room away as soon as something of it was
// written. refused: there was more to write, and no room for it.
func (w *brim) halved(c *tripping, d *deed) (said reply, refused bool) {
	w.Helper()
	w.roomy()
	before := w.a.DB.Stats().Groups
	var full atomic.Bool
	var undone atomic.Uint64 // what was refused before, for another reason
	trip := func() {
		if s := w.a.DB.Stats(); s.Groups > before && full.CompareAndSwap(false, true) {
			undone.Store(s.Undone)
			w.disk.Fill(0)
		}
	}
	c.trip.Store(&trip)
	said = w.send(d.who, d.method, d.path, d.fields)
	c.trip.Store(nil)
	if full.Load() {
		w.disk.Free()
	}
	return said, full.Load() && w.a.DB.Stats().Undone > undone.Load()
}

// roomy starts the program anew before its log starts over: what is written then
// is written in place, and needs no room.
func (w *brim) roomy() {
	w.Helper()
	if f, err := os.Stat(filepath.Join(w.disk.Dir, db.DatabaseFile+"-wal")); err == nil && f.Size() > 600<<10 {
		w.reopen()
	}
}

// halves are what is written in more than one transaction, and why it is true
// what is said when only the first finds room.
func halves() map[string]string {
	return map[string]string{
		"GET /mine":        "nothing was sent; each look that was written down was one",
		"GET /overview":    "the same",
		"GET /board":       "the same",
		"POST /outbox":     "the phone keeps what it sent and comes again; the page knows it by its act",
		"POST /mine/leave": "it says that they left, and what is still to be done; a bell does it",
	}
}

// TestWhereOnlyTheFirstWriteHasRoom does everything that anyone can do in the
// made-up city, and lets the disk run full after the first thing that is written.
// Nobody is told then that nothing was kept, or that all was. What is written in
// two parts stands in a list, and goes on when there is room. Each route is tried
// twice, in a soak twenty times.
func TestWhereOnlyTheFirstWriteHasRoom(t *testing.T) {
	t.Parallel()
	w := newBrim(t)
	if w == nil {
		return
	}
	for range 2 {
		w.walk()
		w.live()
	}
	w.dies()
	w.walk()
	deeds := w.deeds()
	c, seen, tried := w.trips(), map[string]bool{}, map[string]int{}
	for _, d := range deeds {
		if tried[d.route]++; tried[d.route] > soak.Count(20) && (halves()[d.route] == "" || seen[d.route]) {
			continue
		}
		said, refused := w.halved(c, d)
		if !refused || seen[d.route] || said.status >= 400 && said.status < 500 { // refused for what was typed
			continue
		}
		seen[d.route] = true
		if d.route == "POST /mine/leave" {
			w.leftHalf(d, said)
			continue
		}
		if again := w.send(d.who, d.method, d.path, d.fields); halves()[d.route] == "" || said.status != http.StatusServiceUnavailable || again.status >= 400 {
			t.Errorf("%s as %q, with room for its first write only: %d, then %d (%.300s)", d.route, d.who, said.status, again.status, said.body)
		}
	}
	for route := range halves() {
		if !seen[route] {
			t.Errorf("%s is said to be written in parts, and was not seen so", route)
		}
	}
}

// leftHalf: whoever left while there was no room for their key to go is told so,
// is out, and is forgotten as soon as there is room.
func (w *brim) leftHalf(d *deed, said reply) {
	w.Helper()
	says := w.a.Words.In("en").T("mine.left.later")
	if said.status != http.StatusOK || !strings.Contains(said.body, says) || strings.Contains(said.body, "was not kept") || strings.Contains(said.body, "can no longer be read") {
		w.Errorf("who left is told %d: %.2000s", said.status, said.body)
	}
	if a := w.send(d.who, http.MethodGet, "/mine", nil); a.status != http.StatusSeeOther {
		w.Errorf("who left still comes in: %d", a.status)
	}
	if n := w.unerased(); n != 1 {
		w.Errorf("%d can still be read, want 1", n)
	}
	w.rings(w.bells)
	if n := w.unerased(); n != 0 {
		w.Errorf("with room, %d can still be read", n)
	}
}

// unerased counts who has left and can still be read.
func (w *brim) unerased() (n int) {
	w.Helper()
	w.must(w.a.DB.Read(scope.AsSystem(w.Context(), "test"), func(tx *db.Tx) error {
		return tx.SysRow("SELECT COUNT(*) FROM mine_leaving WHERE erased_at = 0").Scan(&n)
	}))
	return n
}
