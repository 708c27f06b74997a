// Package web is the program in a browser: the frame around every page, crisis
// help, the first page, languages, light and dark, the storybook, and the
// middleware that decides who comes to which page at all. It mounts the pages
// that modules offer and knows nothing of what they do.
//
// The way of a request: recover → headers → language and theme → session →
// who is it → same site only → the page, or the one answer to an error.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/a-h/templ"

	"alongside/platform/clock"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
)

// Config is what the web needs from the program around it. Only Clock and Log
// must be given.
type Config struct {
	Clock   clock.Clock
	Log     *slog.Logger
	Modules []module.Module
	Words   *i18n.Catalogue // nil loads the words of the web, the parts and the modules

	// Session puts the scope of whoever is signed in into the context. nil: no
	// one ever is.
	Session func(http.Handler) http.Handler
	// Trouble is why it cannot be said who comes, nil where it can. A page for those who
	// are signed in then answers it: they are not asked to sign in once more, and a phone
	// keeps what it has. nil never has any.
	Trouble func(ctx context.Context) error
	// Visitor says what the frame may know of who is there. It runs after
	// Session, once a request.
	Visitor func(ctx context.Context) Visitor
	// Speaks is the language that who is there asked for; "" where nobody did. It
	// runs before Visitor, and counts where none was chosen on this phone.
	Speaks func(ctx context.Context) string
	// Authorise decides whether who is signed in may come to a route with this
	// action. nil allows nobody.
	Authorise func(ctx context.Context, action string) error
	// Crisis returns the lines to call in a country; "" asks for those shown
	// when the country is not known. The web must work when all else is down,
	// so this must not ask a database.
	Crisis func(country string) []page.CrisisLine
	// Ready says whether the program can serve; nil always can.
	Ready func(ctx context.Context) error
	// Left runs after someone was sent away in an instant: it ends the session.
	// What it writes goes nowhere. nil does nothing.
	Left func(w http.ResponseWriter, r *http.Request)

	// Landing is where someone who is signed in goes on from the first page at
	// once; "" shows it. nil always does.
	Landing func(v *page.View) string

	// First is what stands on the first page of whoever is signed in, before the
	// ways on; nil, or what it returns is nil, is nothing.
	First func(ctx context.Context) Part

	SignIn    string   // path of the sign-in page; "" is /sign-in
	SignOut   string   // path that a sign-out is posted to; "" is /sign-out
	LeaveTo   string   // where leaving leads; "" is a well-known page that says nothing
	Host      string   // the only name that is answered, beside this machine to itself; "" is any
	Secure    bool     // served over TLS: cookies and headers say so
	Proxies   *Proxies // what stands in front; nil is nothing, and no header is believed
	Storybook bool     // also serve /pages
}

// Part is something that stands on a page.
type Part = templ.Component

// Visitor is what the frame may know of who is there.
type Visitor struct {
	Signed  *page.Signed // nil when nobody is signed in
	Org     string
	Country string // two lower-case letters
	Zone    *time.Location
	Menu    []page.Link
}

// leaveTo is where leaving leads when the organisation names nothing else.
const leaveTo = "https://www.google.com/"

// Web is the program's HTTP side.
type Web struct {
	Config
	assets  *assets
	shell   *shell
	metrics *metrics
	samples []page.Sample
	streams streams
	buffers sync.Pool // what pages are drawn in
}

// New mounts everything. It refuses a route without access, without an action
// where one is needed, or said twice.
func New(c Config) (http.Handler, error) {
	w, err := build(c)
	if err != nil {
		return nil, err
	}
	return w.handler()
}

// Storybook serves the samples of all modules and nothing else.
func Storybook(c Config) (http.Handler, error) {
	c.Storybook = true
	w, err := build(c)
	if err != nil {
		return nil, err
	}
	w.Modules = nil
	return w.handler()
}

func build(c Config) (*Web, error) {
	if c.Log == nil || c.Clock == nil {
		return nil, errors.New("web: the clock and the log must be given")
	}
	w := &Web{Config: c, streams: streams{open: map[string]int{}}}
	w.defaults()
	if w.Words == nil {
		words, err := i18n.Load(Sources(c.Modules)...)
		if err != nil {
			return nil, err
		}
		w.Words = words
	}
	var err error
	if w.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	w.shell = &shell{assets: w.assets, signIn: w.SignIn, signOut: w.SignOut, phone: offline(c.Modules)}
	w.metrics = newMetrics()
	w.samples = Samples()
	for _, m := range c.Modules {
		w.samples = append(w.samples, m.Samples...)
	}
	return w, nil
}

func (w *Web) defaults() {
	w.SignIn = page.OwnOr(w.SignIn, "/sign-in")
	w.SignOut = page.OwnOr(w.SignOut, "/sign-out")
	if w.LeaveTo == "" {
		w.LeaveTo = leaveTo
	}
	if w.Crisis == nil {
		w.Crisis = func(string) []page.CrisisLine { return nil }
	}
}

// handler joins the inner pages, which know who is there, with the outer ones,
// which work without a session or a database.
func (w *Web) handler() (http.Handler, error) {
	inner := http.NewServeMux()
	if err := w.mount(inner); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	outer := http.NewServeMux()
	outer.Handle("GET /assets/", w.assets)
	outer.HandleFunc("GET /healthz", w.healthz)
	outer.HandleFunc("GET /readyz", w.readyz)
	outer.HandleFunc("GET /metrics", w.metricsPage)
	outer.HandleFunc("GET /leave", w.leave)
	outer.Handle("GET /sw.js", w.worker())
	outer.HandleFunc("GET /manifest.webmanifest", w.manifest)
	for _, p := range []string{"/crisis", "/crisis/", "/offline", "/offline/", "/language", "/theme"} {
		outer.Handle(p, w.framed(w.ownPages()))
	}
	outer.Handle("/", w.framed(newAdmission().admit(w.session(w.known(sameSite(w.forgets(w.turned(inner))))))))
	return w.metrics.count(headers(w.Secure, w.behind(w.hosted(outer)))), nil
}
