package app

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"alongside/app/demo"
	"alongside/domain/access"
	"alongside/platform/clock"
	"alongside/platform/crashtest"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// brim is the made-up city on a small disk, with a browser for each who works
// there or walks with somebody, and one for whoever comes without an account.
type brim struct {
	*testing.T
	a     *App
	clk   *demo.Clock
	clock clock.Clock // what the program looks at; nil: clk
	disk  *crashtest.SmallDisk
	pages atomic.Pointer[http.Handler]
	url   string
	org   context.Context              // of whoever sits at the machine
	mux   *http.ServeMux               // which route a path belongs to
	who   []string                     // in the order in which they came in
	jars  map[string]map[string]string // their cookies
	doors []string                     // pages that a stranger may open
	seen  map[string]int               // visitor and route, how often looked at
	looks map[string][]look            // by route
	forms map[string][]form            // by route
	way   map[string]int               // by route: which way to fill in a form was taken
	why   map[string]string            // by route: what came of the last try
	after bool                         // what is found now came of a form
	more  []look                       // and that is looked at again
	codes []string                     // of status pages, the last first
	n     int                          // made-up addresses so far
}

// look is a page that was there to be looked at.
type look struct{ who, path string }

const (
	stranger = "" // a browser in which nobody is signed in
	session  = "__Host-alongside"
	rawBody  = "\x00" // the one field of what is not a form
)

func newBrim(t *testing.T) *brim {
	disk := crashtest.NewSmallDisk(t, 96)
	if disk == nil {
		return nil
	}
	w := &brim{T: t, clk: demo.NewClock(), disk: disk, mux: http.NewServeMux(), jars: map[string]map[string]string{stranger: {}}, way: map[string]int{}, why: map[string]string{}}
	for _, r := range allRoutes() {
		w.mux.Handle(r.Method+" "+r.Pattern, http.NotFoundHandler())
	}
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { (*w.pages.Load()).ServeHTTP(rw, r) }))
	t.Cleanup(s.Close)
	w.url = s.URL
	w.clk.Set(time.Date(2026, 11, 27, 18, 0, 0, 0, time.UTC))
	w.open()
	t.Cleanup(func() { w.a.Close() })
	w.settle()
	return w
}

// open starts the program, on what lies on the disk.
func (w *brim) open() {
	w.Helper()
	var err error
	w.a, err = Make(w.Context(), Config{
		Data: w.disk.Dir, Clock: w.watched(), Demo: true, Log: slog.New(slog.DiscardHandler),
		Origin: func() string { return "https://alongside.example" },
	})
	w.must(err)
	h, err := w.a.Handler()
	w.must(err)
	w.pages.Store(&h)
}

// watched is the clock that the program looks at.
func (w *brim) watched() clock.Clock {
	if w.clock != nil {
		return w.clock
	}
	return w.clk
}

// reopen starts the program anew: its log is empty, and has no room of its own.
func (w *brim) reopen() {
	w.Helper()
	w.must(w.a.Close())
	w.open()
}

func (w *brim) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// settle makes the city, lets everyone in, and does what no form does.
func (w *brim) settle() {
	w.Helper()
	ready := demoReady{}
	w.must(w.a.settle(w.Context(), w.clk, demo.Orgs()[0], &ready))
	o, err := w.a.Tenants.Find(scope.AsSystem(w.Context(), "test"), ready.Accounts[0].Org)
	w.must(err)
	w.org = operator(w.Context(), o)
	ctx := w.org
	for _, email := range []string{"two@made-up.example", "away@made-up.example"} {
		inv, err := w.a.Access.Invite(ctx, access.Newcomer{Name: email[:3] + " Demo", Email: email, Roles: []string{access.Peer, access.Supervisor}}, id.New(w.clk.Now()))
		w.must(err)
		if email[0] == 'a' {
			w.must(w.a.Access.Pause(ctx, inv.Account.ID))
			continue
		}
		link, err := w.a.Access.DemoLink(ctx, inv.Account.ID)
		w.must(err)
		ready.Accounts = append(ready.Accounts, demoAccount{Name: "Two Demo", Link: access.LinkPath(link.Token)})
	}
	for _, acc := range append(ready.Accounts, ready.Accounts[0]) { // Rosa has two sign-ins
		if acc.Name != "Maple Demo" { // who waits at the door
			w.comeIn(acc.Name, acc.Link)
		}
	}
	w.doors = append(w.doors, ready.AskLinks...)
	for _, d := range ready.Doors {
		w.doors = append(w.doors, d.Link)
	}
	w.doors = append(w.doors, "/sign-in/passkey.js", "/rota/push.js", "/evidence", ready.Accounts[2].Link)
}

// comeIn signs somebody in, in the first of their roles.
func (w *brim) comeIn(name, link string) {
	w.Helper()
	a := w.send(stranger, http.MethodGet, link, nil)
	for _, f := range w.formsOf(a.body) {
		if a = w.send(stranger, http.MethodPost, link, f.ways[0]); a.cookie != "" {
			w.jars[name] = map[string]string{session: a.cookie}
		}
	}
	if w.jars[name] == nil {
		w.Fatalf("%s is not let in: %d", name, a.status)
	}
	if strings.HasPrefix(a.location, "/sign-in/role") {
		f := w.formsOf(w.send(name, http.MethodGet, a.location, nil).body)
		w.send(name, http.MethodPost, "/sign-in/role", f[0].ways[0])
	}
	if !slices.Contains(w.who, name) {
		w.who = append(w.who, name)
	}
}

// reply is what came back; of a stream only that it began.
type reply struct {
	status                 int
	body, location, cookie string
}

func (w *brim) send(who, method, path string, fields url.Values) reply {
	w.Helper()
	body := fields.Encode()
	if fields.Has(rawBody) {
		body = fields.Get(rawBody)
	}
	r, err := http.NewRequestWithContext(w.Context(), method, w.url+path, strings.NewReader(body))
	w.must(err)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for name, value := range w.jars[who] {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	w.must(err)
	defer res.Body.Close()
	out := reply{status: res.StatusCode, location: res.Header.Get("Location")}
	for _, c := range res.Cookies() {
		switch {
		case c.Value == "":
		case who == stranger && c.Name == session:
			out.cookie = c.Value
		default:
			w.jars[who][c.Name] = c.Value
		}
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		return out
	}
	b, err := io.ReadAll(res.Body)
	w.must(err)
	out.body = string(b)
	return out
}

// route is the name of the route that a path belongs to; "" when none.
func (w *brim) route(method, path string) string {
	r, err := http.NewRequestWithContext(w.Context(), method, path, http.NoBody)
	w.must(err)
	if _, pattern := w.mux.Handler(r); strings.HasPrefix(pattern, method+" ") {
		return pattern
	}
	return ""
}
