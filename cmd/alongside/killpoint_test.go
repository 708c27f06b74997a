package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"alongside/app"
	"alongside/platform/crashtest"
	"alongside/platform/db"
	"alongside/platform/soak"
)

// point is a place in the program's work at which it is killed: just before or
// just after something that the kernel does for it, for the nth time since the
// request was sent.
type point struct {
	what   string // crashtest.Sync of the log, crashtest.Rename of a text, or crashtest.Say of an answer
	nth    int
	before bool
}

func (p point) String() string {
	return fmt.Sprintf("%s %s %d", map[bool]string{true: "before", false: "after"}[p.before], p.what, p.nth)
}

// points are those around an ask: each commit (of the ask, the claim, the rung,
// the claim of its messages, the note that a text is about to go and the one that
// it went), the text itself, and the answer.
func points(commits int) (all []point) {
	for _, before := range []bool{true, false} {
		for n := range commits {
			all = append(all, point{crashtest.Sync, n + 1, before})
		}
		all = append(all, point{crashtest.Rename, 1, before}, point{crashtest.Say, 1, before})
	}
	return all
}

// trap kills a watched program at a point, once it is set.
type trap struct {
	point
	set, sprung atomic.Bool
	seen        int
}

func (tr *trap) on(e crashtest.Event, before bool) bool {
	if !tr.set.Load() || before != tr.before || e.What != tr.what {
		return false
	}
	if e.What == crashtest.Sync && filepath.Base(e.Path) != db.LogFile {
		return false
	}
	if e.What == crashtest.Say && !strings.HasPrefix(string(e.Data), "HTTP/1.1 303") {
		return false
	}
	tr.seen++
	if tr.seen < tr.nth {
		return false
	}
	tr.sprung.Store(true)
	return true
}

// trapped starts the program with a trap. It reports false where programs cannot
// be watched.
func (h *house) trapped(t *testing.T, at point, texts string) (*crashtest.Watched, *trap, bool) {
	t.Helper()
	tr := &trap{point: at}
	p, err := crashtest.Watch(crashtest.Watching{Folders: []string{h.data, texts}, On: tr.on}, h.bin, "serve", "--data", h.data, "--addr", strings.TrimPrefix(h.addr, "http://"))
	if errors.Is(err, crashtest.ErrCannotWatch) && !soak.Full() {
		return nil, nil, false
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	h.answers(t, p)
	return p, tr, true
}

// diesAt asks, lets the program die at the point, and counts that. A point that
// does not come within some seconds is none, and the program is killed then. It
// reports false where programs cannot be watched.
func (h *house) diesAt(t *testing.T, at point, texts string, n int, died map[string]int) bool {
	t.Helper()
	p, tr, ok := h.trapped(t, at, texts)
	if !ok {
		return false
	}
	act, err := h.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tr.set.Store(true)
	if _, err := h.send(t.Context(), act, n); err != nil && !tr.sprung.Load() {
		t.Fatal(at, err)
	}
	p.KillWithin(3 * time.Second)
	if tr.sprung.Load() {
		died[at.String()]++
	}
	return true
}

// TestAYesIsKeptWhereverTheProgramDies: a supervisor says yes while the program
// dies before or after each write of it, or around its answer. A yes that was
// answered is kept, and its ladder asks nobody any more; of one that was not,
// either all is kept or nothing.
func TestAYesIsKeptWhereverTheProgramDies(t *testing.T) {
	h := newHouse(t)
	link := h.run(t, "user", "add", "--data", h.data, "--org", "Made-up Org", "--role", "supervisor", "--email", "sol@made-up.example")
	rounds := soak.Count(80)
	p := h.up(t)
	for n := range rounds {
		if _, err := h.once(t.Context(), p, n); err != nil {
			t.Fatal(err)
		}
	}
	sol := h.comeIn(t, link[strings.LastIndex(link, "/sign-in"):])
	h.waitTold(t)
	ids := regexp.MustCompile(`href="/handoff/([a-z0-9]+)"`)
	_, board, _, err := sol.body(t.Context(), http.MethodGet, h.addr+"/board", nil)
	if err != nil {
		t.Fatal(err)
	}
	open := unique(ids.FindAllStringSubmatch(board, -1))
	p.Kill()
	if len(open) < min(rounds, 8) {
		t.Fatal("the board shows", len(open))
	}
	at := points(2)
	var answered []string
	for n, id := range open[:min(rounds, len(open))] {
		w, tr, ok := h.trapped(t, at[n%len(at)], t.TempDir())
		if !ok {
			t.Log("not shown on this machine")
			return
		}
		page := h.addr + "/handoff/" + id
		_, text, _, err := sol.body(t.Context(), http.MethodGet, page, nil)
		if err != nil {
			t.Fatal(err)
		}
		tr.set.Store(true)
		status, said, _, err := sol.body(t.Context(), http.MethodPost, page+"/acknowledge", hidden(text))
		if err == nil && status == http.StatusSeeOther {
			answered = append(answered, id)
		} else if !tr.sprung.Load() {
			t.Fatal(at[n%len(at)], status, err, said)
		}
		w.KillWithin(time.Second)
	}
	h.manned(t, func(_ context.Context, a *app.App) { checkYeses(t, a, answered, len(open)) })
	if err := h.verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

func checkYeses(t *testing.T, a *app.App, answered []string, open int) {
	t.Helper()
	for _, id := range answered {
		if n := count(t, a, "SELECT COUNT(*) FROM rota_run WHERE tenant = $1 AND state = 'taken' AND handoff = $2", id); n != 1 {
			t.Errorf("a yes to %s was answered and is not there", id)
		}
	}
	taken := count(t, a, "SELECT COUNT(*) FROM rota_run WHERE tenant = $1 AND state = 'taken'")
	said := count(t, a, "SELECT COUNT(*) FROM handoff_handoff WHERE tenant = $1 AND state = 'acknowledged'")
	asked := count(t, a, "SELECT COUNT(*) FROM rota_asked a JOIN rota_run r ON r.tenant = a.tenant AND r.handoff = a.handoff WHERE a.tenant = $1 AND r.state = 'taken'")
	if taken != said || asked > 0 || len(answered) == 0 || taken == open && open > 8 {
		t.Errorf("%d yeses answered: %d hand-offs say so, %d ladders stopped, %d are still asked, of %d", len(answered), said, taken, asked, open)
	}
	t.Logf("%d yeses answered, %d kept, of %d", len(answered), taken, open)
}

func unique(found [][]string) (out []string) {
	seen := map[string]bool{}
	for _, f := range found {
		if !seen[f[1]] {
			seen[f[1]] = true
			out = append(out, f[1])
		}
	}
	return out
}

// comeIn opens a sign-in link, presses its button, and returns the house as it
// is for whoever has signed in.
func (h *house) comeIn(t *testing.T, link string) *house {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	web := *h.web
	web.Jar = jar
	in := &house{bin: h.bin, data: h.data, addr: h.addr, web: &web}
	link = h.addr + strings.TrimSpace(link)
	_, text, _, err := in.body(t.Context(), http.MethodGet, link, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m := regexp.MustCompile(`<form[^>]* action="(/sign-in[^"]*)"`).FindStringSubmatch(text); m != nil {
		link = h.addr + html.UnescapeString(m[1])
	}
	if status, text, _, err := in.body(t.Context(), http.MethodPost, link, hidden(text)); err != nil || status != http.StatusSeeOther {
		t.Fatal(status, text, err)
	}
	return in
}

// hidden is what the forms of a page send without being asked, each name once.
func hidden(page string) url.Values {
	form := url.Values{}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	return form
}
