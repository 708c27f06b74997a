package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"alongside/app"
	"alongside/platform/id"
)

// crowdOf is ten times as many as the program lets ask at once (0039).
const crowdOf = 640

// crowd is what those who asked at once were told.
type crowd struct {
	mu     sync.Mutex
	asked  []string
	turned int
}

// TestTenTimesTheLoadOnTheRealProgram lets ten times as many ask at once as are
// let in, until some were turned away. Each is answered: by a status page, or by
// 503 with when to come back and where crisis help is. Who was answered by a page
// has asked, and their ladder climbs; crisis help stays up meanwhile. How long all
// that takes is for the bench.
func TestTenTimesTheLoadOnTheRealProgram(t *testing.T) {
	h := newHouse(t)
	h.run(t, "user", "add", "--data", h.data, "--org", "Made-up Org", "--role", "supervisor", "--email", "sol@made-up.example")
	doors := h.doors(t, 12) // a crowd is no flood at any of them
	p := h.up(t)
	h.web.Timeout = time.Minute
	h.web.Transport = &http.Transport{MaxIdleConnsPerHost: crowdOf}
	c := &crowd{}
	for round := range 10 {
		c.ask(t, h, doors, round)
		if c.turned > 0 {
			break
		}
	}
	if c.turned == 0 || len(c.asked) == 0 {
		t.Fatalf("%d were let in and %d turned away", len(c.asked), c.turned)
	}
	h.asked = c.asked
	h.tried = len(c.asked)
	if got, err := h.found(t.Context(), p); err != nil || len(got) != len(c.asked) {
		t.Errorf("%d of %d that were acknowledged are there: %v", len(got), len(c.asked), err)
	}
	h.waitTold(t)
	p.Kill()
	h.manned(t, func(_ context.Context, a *app.App) { onTime(t, a, len(c.asked)) })
	if err := h.verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
	t.Logf("%d were let in, %d turned away", len(c.asked), c.turned)
}

// ask lets a whole crowd ask at once.
func (c *crowd) ask(t *testing.T, h *house, doors []*house, round int) {
	var all sync.WaitGroup
	for n := range crowdOf {
		all.Go(func() {
			if err := c.one(t.Context(), doors[n%len(doors)], n); err != nil {
				t.Error(round, err)
			}
		})
	}
	if status, _, _, err := h.body(t.Context(), http.MethodGet, h.addr+"/crisis", nil); err != nil || status != http.StatusOK {
		t.Error("crisis help answers", status, err)
	}
	all.Wait()
}

func (c *crowd) one(ctx context.Context, door *house, n int) error {
	form := url.Values{"act": {id.New(time.Now())}, "answer": {"yes"}, "whereabouts": {secrets()[1]}, "know": {fmt.Sprint(n)}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, door.ask, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := door.web.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case res.StatusCode == http.StatusSeeOther:
		c.asked = append(c.asked, res.Header.Get("Location"))
	case res.StatusCode == http.StatusServiceUnavailable && res.Header.Get("Retry-After") != "" && bytes.Contains(text, []byte("/crisis")):
		c.turned++
	default:
		return fmt.Errorf("answered by %d %v %.200s", res.StatusCode, res.Header, text)
	}
	return nil
}

// onTime compares the ladders with what was acknowledged, and says how late the
// latest first step and message were, by the program's own clock.
func onTime(t *testing.T, a *app.App, acknowledged int) {
	t.Helper()
	climbed := count(t, a, "SELECT COUNT(*) FROM rota_run WHERE tenant = $1 AND state = 'asking' AND step > 0")
	told := count(t, a, "SELECT COUNT(DISTINCT message) FROM notify_delivery WHERE tenant = $1 AND channel = 'app' AND state = 'sent'")
	if climbed < acknowledged || told < acknowledged {
		t.Errorf("%d acknowledged, %d ladders climbed, %d told somebody", acknowledged, climbed, told)
	}
	step := count(t, a, "SELECT COALESCE(MAX(moved_at - began_at), 0) FROM rota_run WHERE tenant = $1 AND step = 1")
	message := count(t, a, "SELECT COALESCE(MAX(sent_at - queued_at), 0) FROM notify_delivery WHERE tenant = $1 AND state = 'sent'")
	t.Logf("the latest first step came after %d ms, the latest message after %d ms more", step/1000, message/1000)
}
