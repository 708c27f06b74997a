package app

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/domain/handoff"
	"alongside/platform/db"
	"alongside/platform/job"
	"alongside/platform/notify"
	"alongside/platform/scope"
)

// bells are the handlers of every bell.
func (w *brim) bells() map[string]job.Handler {
	return w.a.bells()
}

// rings rings what is due, one bell after the other. The handlers are asked for
// each time: the program may have been started anew.
func (w *brim) rings(bells func() map[string]job.Handler) {
	w.Helper()
	for did := true; did; {
		w.roomy()
		r := job.NewRunner(w.a.DB, w.clk, w.a.Log, bells())
		did = false
		for _, lane := range []*job.Runner{r, r.In(job.Outside)} {
			rang, err := lane.Step(w.Context())
			w.must(err)
			did = did || rang
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
		before := w.a.DB.Stats().Groups // a transaction that changes nothing needs no room
		err := h(ctx, j)
		if kept := w.a.DB.Stats().Groups > before; !kept {
			seen[kind] = err
		}
		w.disk.Free()
		return err
	}
}

// reminded lets somebody have an address, want to be reminded, and have something
// in their diary.
func (w *brim) reminded() {
	w.Helper()
	w.a.Gate.Channels[notify.Mail] = &farEnd{}
	w.must(w.a.openChannel(w.org, notify.Mail, notify.NotNeeded, "made up for this city"))
	for _, f := range w.forms["POST /walk/{person}/diary/remind"] {
		base := strings.TrimSuffix(f.path, "/diary/remind")
		if w.edited(strings.TrimPrefix(base, "/walk/")) {
			f.ways[1].Set("how", notify.Mail)
			w.send(f.who, http.MethodPost, f.path, f.ways[1])
			w.sent(f.who, base+"/diary", base+"/diary", 1, nil)
		}
	}
}

// ends lets one account come to its end in a few days.
func (w *brim) ends() {
	w.Helper()
	all := w.forms["POST /accounts/{id}/until"]
	if len(all) == 0 {
		w.Fatal("no account can end by itself")
	}
	f := all[len(all)-1]
	w.send(f.who, http.MethodPost, f.path, f.ways[1])
}

// edited gives a person an e-mail address, by whoever may.
func (w *brim) edited(person string) bool {
	w.Helper()
	path := "/people/" + person + "/edit"
	for _, who := range w.who {
		if w.sent(who, path, path, 3, map[string]string{"email": "blue@made-up.example"}) {
			return true
		}
	}
	return false
}

// sent opens a page and sends the form on it that goes to an address, filled in
// in one of the ways. It reports whether it was taken.
func (w *brim) sent(who, on, to string, way int, with map[string]string) bool {
	w.Helper()
	for _, f := range w.formsOf(w.send(who, http.MethodGet, on, nil).body) {
		if f.path == to || f.path == "" && on == to {
			for name, value := range with {
				f.ways[way].Set(name, value)
			}
			return w.send(who, http.MethodPost, to, f.ways[way]).status == http.StatusSeeOther
		}
	}
	return false
}

// leavesHalf lets a person leave while there is room for that and for nothing
// after it, so that the bell for their key stays.
func (w *brim) leavesHalf() {
	w.Helper()
	c := w.trips()
	for _, f := range w.forms["POST /mine/leave"] {
		w.halved(c, &deed{who: f.who, method: http.MethodPost, path: f.path, fields: f.ways[0]})
	}
}

// unheard lets nobody hear from somebody any more.
func (w *brim) unheard() {
	w.Helper()
	for _, f := range w.forms["POST /handoff/{id}/{step}"] {
		if strings.HasSuffix(f.path, "/"+handoff.StepLose) {
			f.ways[0].Set("tried", "called")
			w.send(f.who, http.MethodPost, f.path, f.ways[0])
		}
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
	w.reminded()
	w.ends()
	w.leavesHalf()
	w.unheard()
	seen, tries := map[string]error{}, map[string]int{}
	handlers := func() map[string]job.Handler {
		all := w.bells()
		for kind, h := range all {
			all[kind] = w.filled(kind, h, seen, tries)
		}
		return all
	}
	for range 12 {
		w.rings(handlers)
		w.clk.Set(w.clk.Now().Add(24 * time.Hour))
	}
	for range 3 { // what rings after months
		w.clk.Set(w.clk.Now().Add(45 * 24 * time.Hour))
		w.rings(handlers)
	}
	for kind := range w.bells() {
		switch err, rang := seen[kind]; {
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
