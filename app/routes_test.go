package app

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/platform/module"
	"alongside/platform/page"
)

// TestEveryRouteHasARow fails for a route that nobody wrote a promise for.
func TestEveryRouteHasARow(t *testing.T) {
	table := routeTable()
	for _, r := range allRoutes() {
		name := r.Method + " " + r.Pattern
		promise, ok := table[name]
		switch {
		case !ok:
			t.Errorf("%s has no row", name)
		case (r.Access == module.SignedIn) != (promise.who != nil):
			t.Errorf("%s: its row and the route do not agree on signing in", name)
		case strings.Contains(r.Pattern, "{id}") != (promise.id != ""):
			t.Errorf("%s: its row does not say which id it takes", name)
		}
		delete(table, name)
	}
	for name := range table {
		t.Errorf("%s has a row and is no route", name)
	}
}

func allRoutes() (out []module.Route) {
	for _, m := range Modules() {
		out = append(out, m.Routes...)
	}
	return out
}

// TestEveryRouteForEveryone asks for every route in every role and state: not one
// yes beyond the table, and every refusal is the answer for what is not here.
func TestEveryRouteForEveryone(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.settleMates()
	asked, yes := 0, 0
	for _, route := range allRoutes() {
		promise := routeTable()[route.Method+" "+route.Pattern]
		if promise.who == nil {
			w.open(route)
			continue
		}
		for _, role := range everyone {
			for _, state := range states() {
				if !promise.differs(route, state) {
					continue
				}
				asked++
				if w.closed(route, promise, role, state) {
					yes++
				}
			}
		}
	}
	if yes < 40 || yes > asked/2 {
		t.Errorf("%d yes of %d: this test cannot tell a yes from a no", yes, asked)
	}
}

// closed asks for a route that needs a sign-in, and reports whether it said yes.
func (w *town) closed(route module.Route, promise row, role, state string) bool {
	w.Helper()
	org := "here"
	if state == elsewhere {
		org = "there"
	}
	g := w.guest(org, role, state)
	name := route.Method + " " + route.Pattern + " as " + role + ", " + state
	path := w.path(route.Pattern, promise.id, whose(state), g)
	form := filled(role)
	got := w.ask(g, route.Method, path, form)
	w.sound(name, org, got)
	who := promise.who
	if whose(state) != "here" {
		who = promise.forMates()
	}
	here := state == own || whose(state) != "here"
	switch {
	case here && promise.not:
		w.absent(name, g, route, path, got)
	case here && slices.Contains(who, role):
		if got.status == http.StatusNotFound && (promise.id != "handoff" || whose(state) != "here") || got.status >= 500 || toSignIn(got) {
			w.Errorf("%s: %d, should be let in", name, got.status)
		}
		return true
	case here || state == elsewhere && !slices.Contains(promise.who, role):
		w.absent(name, g, route, path, got)
	case state == elsewhere:
		w.sameAsMadeUp(name, route, promise, role, got, path)
	default:
		w.away(name, route, path, got)
	}
	return false
}

// whose is what someone in a state asks for.
func whose(state string) string {
	if state == mates || state == afar {
		return state
	}
	return "here"
}

// differs reports whether a state asks a route for something else than the others:
// a colleague has people, consents and hand-offs of their own, and no more.
func (r row) differs(route module.Route, state string) bool {
	if whose(state) == "here" {
		return true
	}
	return strings.Contains(route.Pattern, "{person}") || r.id == "handoff" && strings.HasPrefix(route.Pattern, "/handoff/")
}

// path fills a pattern with what belongs to an organisation.
func (w *town) path(pattern, what, org string, g guest) string {
	value := w.ids[org][what]
	if what == "session" {
		value = string(g.session)
	}
	return strings.NewReplacer("{id}", value, "{person}", w.ids[org]["person"], "{step}", "acknowledge", "{seq}", "1", "{token}", w.ids[org]["token"]).Replace(pattern)
}

// filled is a form as a page would send it: whole enough to be acted on.
func filled(role string) url.Values {
	return url.Values{"act": {page.NewAct(noon())}, "role": {role}, "roles": {access.Peer}}
}

func toSignIn(a answer) bool {
	return a.status == http.StatusSeeOther && strings.HasPrefix(a.header.Get("Location"), "/sign-in?to=")
}

// sound is what holds of every answer: its headers, and that nothing of another
// organisation stands in it.
func (w *town) sound(name, org string, a answer) {
	w.Helper()
	for _, h := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
		if a.header.Get(h) == "" {
			w.Errorf("%s: no %s", name, h)
		}
	}
	if strings.Contains(a.header.Get("Content-Security-Policy"), "unsafe") {
		w.Errorf("%s: %s", name, a.header.Get("Content-Security-Policy"))
	}
	if a.header.Get("Cache-Control") != "no-store" && !strings.Contains(name, ".js") {
		w.Errorf("%s: may be kept: %q", name, a.header.Get("Cache-Control"))
	}
	for other, marker := range w.markers {
		if other != org && strings.Contains(a.body, marker) {
			w.Errorf("%s: says %s", name, marker)
		}
	}
}

// absent: a refusal is the answer for a page that does not exist, to the letter.
func (w *town) absent(name string, g guest, route module.Route, path string, got answer) {
	w.Helper()
	const nowhere = "/no/such/page"
	none := w.ask(g, route.Method, nowhere, filled(""))
	if none.status != http.StatusNotFound {
		w.Errorf("%s: what is not here is %d", name, none.status)
	}
	w.same(name, got.like(path), none.like(nowhere))
}

// sameAsMadeUp: what belongs to another organisation is answered like an id that
// nobody has.
func (w *town) sameAsMadeUp(name string, route module.Route, promise row, role string, got answer, path string) {
	w.Helper()
	madeUp := path
	for _, id := range w.ids["here"] {
		madeUp = strings.ReplaceAll(madeUp, id, "06ekxdz75a07ae0gphtzmmmkv4")
	}
	if madeUp == path {
		return // nothing in the path is anybody's
	}
	none := w.ask(w.guest("there", role, own), route.Method, madeUp, filled(role))
	w.same(name, got.like(path), none.like(madeUp))
	if got.status < 400 && route.Method == http.MethodGet {
		w.Errorf("%s: %d for what is another's", name, got.status)
	}
}

// away: whoever is not signed in, for whatever reason, is sent to the sign-in
// page, whether or not there is such a page.
func (w *town) away(name string, route module.Route, path string, got answer) {
	w.Helper()
	none := w.ask(guest{}, route.Method, path, filled(""))
	if !toSignIn(got) {
		w.Errorf("%s: %d", name, got.status)
	}
	w.same(name, got.like(path), none.like(path))
}

func (w *town) same(name string, got, want answer) {
	w.Helper()
	switch {
	case got.status != want.status:
		w.Errorf("%s: %d, want %d", name, got.status, want.status)
	case !reflect.DeepEqual(got.header, want.header):
		w.Errorf("%s: headers %v, want %v", name, got.header, want.header)
	case got.body != want.body:
		at := 0
		for at < min(len(got.body), len(want.body)) && got.body[at] == want.body[at] {
			at++
		}
		w.Errorf("%s: the bodies differ at %d: %.200s", name, at, got.body[max(0, at-60):])
	}
}

// open asks for a route that needs no sign-in: with what is real it answers, and
// a link that is altered in one letter, or another organisation's secret under
// this one's name, is the answer for what is not here.
func (w *town) open(route module.Route) {
	w.Helper()
	name := route.Method + " " + route.Pattern
	path := w.path(route.Pattern, routeTable()[name].id, "here", guest{})
	got := w.ask(guest{}, route.Method, path, filled(""))
	w.sound(name, "here", got)
	if got.status >= 500 {
		w.Errorf("%s: %d", name, got.status)
	}
	if route.Access != module.ByLink || strings.HasPrefix(route.Pattern, "/sign-in") {
		return
	}
	token := w.ids["here"]["token"]
	half := len(w.orgs["here"].ID)
	for _, bad := range []string{token[:len(token)-1] + flip(token[len(token)-1]), token[:half] + w.ids["there"]["token"][half:], "x"} {
		altered := strings.ReplaceAll(path, token, bad)
		a := w.ask(guest{}, route.Method, altered, filled(""))
		none := w.ask(guest{}, route.Method, "/no/such/page", filled(""))
		w.same(name+" with another link", a.like(altered), none.like("/no/such/page"))
	}
}

func flip(b byte) string {
	if b == '0' {
		return "1"
	}
	return "0"
}

// A role taken away, a sign-in ended, an account paused: the next request obeys.
func TestTheNextRequestObeys(t *testing.T) {
	w := newTown(t)
	for what, end := range map[string]func(g guest) error{
		"role": func(g guest) error {
			_, err := w.a.Access.SetRoles(w.operator("here"), g.account, []string{access.Evaluator})
			return err
		},
		"account": func(g guest) error { return w.a.Access.Pause(w.operator("here"), g.account) },
	} {
		g := w.guest("here", access.Peer, own)
		if a := w.ask(g, http.MethodGet, "/board", url.Values{}); a.status != http.StatusOK {
			t.Fatalf("%s: before: %d", what, a.status)
		}
		w.must(end(g))
		if a := w.ask(g, http.MethodGet, "/board", url.Values{}); a.status == http.StatusOK || strings.Contains(a.body, "Zanzibarquay") {
			t.Errorf("%s: after it was taken away: %d", what, a.status)
		}
	}
}
