package app

import (
	"context"
	"net/http"
	"testing"
	"time"

	"alongside/platform/db"
	"alongside/platform/job"
	"alongside/platform/scope"
)

// bells are the handlers of every bell.
func (w *brim) bells() map[string]job.Handler {
	return w.a.bells()
}

// rings rings what is due, one bell after the other.
func (w *brim) rings(r *job.Runner) {
	w.Helper()
	for _, r := range []*job.Runner{r, r.In(job.Outside)} {
		for did := true; did; {
			var err error
			did, err = r.Step(w.Context())
			w.must(err)
		}
	}
}

// filled lets the disk run full just before a handler begins, the first time
// that a bell of its kind rings, and gives the room back when it has ended.
func (w *brim) filled(kind string, h job.Handler, seen map[string]error, tries map[string]int) job.Handler {
	return func(ctx context.Context, j job.Job) error {
		if _, before := seen[kind]; before || tries[kind] == 3 {
			return h(ctx, j)
		}
		tries[kind]++
		w.disk.Fill(0)
		w.exhaust()
		before := w.a.DB.Stats().Commits
		err := h(ctx, j)
		if kept := w.a.DB.Stats().Commits > before; !kept {
			seen[kind] = err
		}
		w.disk.Free()
		return err
	}
}

// silent are bells that do not ring in the city, and why.
func silent() map[string]string {
	return map[string]string{
		"mine.erase":        "hangs only when leaving was cut short: TestAnInterruptedErasureIsMadeGood in domain/mine",
		"notify.send":       "its one small write found room in the log each time that it was tried",
		"engagement.remind": "nobody in the city wants to be reminded",
	}
}

// TestEveryBellOnAFullDisk rings a bell of each kind while the disk is full. None
// says that it is done when it is not; each rings again, and is done, once there
// is room.
func TestEveryBellOnAFullDisk(t *testing.T) {
	w := newBrim(t)
	if w == nil {
		return
	}
	w.walk()
	w.live()
	for _, f := range w.forms["POST /mine/leave"] {
		w.send(f.who, http.MethodPost, f.path, f.ways[0])
	}
	w.reopen()
	seen, tries, handlers := map[string]error{}, map[string]int{}, w.bells()
	for kind, h := range handlers {
		handlers[kind] = w.filled(kind, h, seen, tries)
	}
	r := job.NewRunner(w.a.DB, w.clk, w.a.Log, handlers)
	for range 12 {
		w.rings(r)
		w.clk.Set(w.clk.Now().Add(24 * time.Hour))
	}
	for kind := range w.bells() {
		switch err, rang := seen[kind]; {
		case silent()[kind] != "":
		case !rang:
			t.Errorf("no bell of %s rang on a full disk (%d tried)", kind, tries[kind])
		case err == nil:
			t.Errorf("%s said that it was done, and wrote nothing", kind)
		}
	}
	if left := w.overdue(); len(left) > 0 {
		t.Errorf("with room again these wait still: %v", left)
	}
}

// overdue are the kinds of bells that should have rung a day ago.
func (w *brim) overdue() (kinds []string) {
	w.Helper()
	ctx := scope.AsSystem(w.Context(), "test")
	w.must(w.a.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.SysQuery("SELECT DISTINCT kind FROM job_job WHERE due_at < $1", w.clk.Now().Add(-24*time.Hour))
		for err == nil && rows.Next() {
			var kind string
			err = rows.Scan(&kind)
			kinds = append(kinds, kind)
		}
		return err
	}))
	return kinds
}
