package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/a-h/templ"

	"alongside/platform/browsertest"
	"alongside/platform/clock"
	"alongside/platform/module"
	"alongside/platform/page"
)

// liveWorld is a page whose parts a test changes from outside.
type liveWorld struct {
	events chan page.Event
	over   atomic.Bool
	waits  atomic.Int64 // how many people the page says are waiting
	drawn  atomic.Int64 // how often the page was asked for
}

func (l *liveWorld) page(w http.ResponseWriter, r *http.Request) error {
	l.drawn.Add(1)
	body := fmt.Sprintf(`<h1>Tonight</h1><p id="count">%d waiting</p>`+
		`<details id="more"><summary>More</summary><p id="inside">%d more</p></details>`+
		`<form method="post" action="/live"><label for="f-note">Note</label><div class="field"><input id="f-note" name="note"></div></form>`, l.waits.Load(), l.waits.Load())
	return page.Show(w, r, page.Doc{Title: "Tonight", Kind: page.Worker, Body: templ.Raw(body), Live: "/live/events"})
}

func (l *liveWorld) stream(w http.ResponseWriter, r *http.Request) error {
	return page.Stream(w, r, page.Feed{Events: l.events, Beat: 20 * time.Millisecond, Over: func(context.Context) bool { return l.over.Load() }})
}

func TestLivePage(t *testing.T) {
	l := &liveWorld{events: make(chan page.Event)}
	l.waits.Store(1)
	h, err := New(Config{Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Modules: []module.Module{{Name: "demo", Words: module.NoFiles{}, Routes: []module.Route{
		{Method: "GET", Pattern: "/live", Access: module.Anyone, Serve: l.page},
		{Method: "GET", Pattern: "/live/events", Access: module.Anyone, Serve: l.stream},
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	t.Cleanup(s.CloseClientConnections)
	p := browsertest.Open(t, browsertest.Browser(t), s.URL+"/live", browsertest.Options{})
	p.WaitFor(`document.querySelector("[data-live-says]").textContent.includes("up to date")`)
	p.Type("#f-note", "half a")
	browsertest.Eval[bool](p, `(document.getElementById("more").open = true)`)

	// A part takes its place.
	l.events <- page.Event{Name: page.EventPart, Data: `<p id="count">2 waiting</p>`}
	p.WaitFor(`document.getElementById("count").textContent === "2 waiting"`)

	// A look draws the page again and leaves what was typed and what was open.
	before := l.drawn.Load()
	l.waits.Store(3)
	l.events <- page.Event{Name: page.EventLook, Data: "look"}
	p.WaitFor(`document.getElementById("count").textContent === "3 waiting" && document.getElementById("inside").textContent === "3 more"`)
	if l.drawn.Load() != before+1 {
		t.Errorf("the page was asked for %d times", l.drawn.Load()-before)
	}
	if got := browsertest.Eval[string](p, `document.getElementById("f-note").value`); got != "half a" {
		t.Errorf("what was typed is now %q", got)
	}
	if !browsertest.Eval[bool](p, `document.getElementById("more").open`) {
		t.Error("what was open is closed")
	}
	p.Good()

	// The end of the session asks for the page again.
	before = l.drawn.Load()
	p.Follow(browsertest.Then(func() { l.over.Store(true) }))
	if l.drawn.Load() == before {
		t.Error("the page was not asked for again")
	}
}

// TestLeaveInTheBrowser presses leave and looks at what the history holds.
func TestLeaveInTheBrowser(t *testing.T) {
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "<title>Weather</title><h1>Weather</h1><p id=from>%s</p>", r.Referer())
	}))
	t.Cleanup(away.Close)
	for name, how := range map[string]func(p *browsertest.Page){
		"press":  func(p *browsertest.Page) { p.Click("a[data-leave]") },
		"escape": func(p *browsertest.Page) { p.Follow(browsertest.Keys("\u001b\u001b\u001b")) },
	} {
		t.Run(name, func(t *testing.T) { leavesBy(t, away.URL, how) })
	}
}

func leavesBy(t *testing.T, away string, how func(p *browsertest.Page)) {
	h, err := New(Config{Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), LeaveTo: away})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	p := browsertest.Open(t, browsertest.Browser(t), s.URL+"/", browsertest.Options{})
	p.Click(`a[href="/crisis"].button`)
	how(p)
	if got := p.Text("h1"); got != "Weather" {
		t.Fatalf("leaving leads to %q", got)
	}
	if from := browsertest.Eval[string](p, `document.getElementById("from").textContent`); from != "" {
		t.Errorf("the other page learns where one came from: %q", from)
	}
	for _, address := range p.History() {
		if address == s.URL+"/crisis" {
			t.Error("the page that was left is in the history")
		}
	}
}
