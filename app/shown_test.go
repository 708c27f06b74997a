package app

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// leave are forms after which the visitor is out, or the page is one-time: they
// are not sent here.
func leave() []string {
	return []string{"POST /sign-out", "POST /mine/leave", "POST /account/sign-ins/{id}/end", "POST /account/sign-ins/end-others", "POST /sign-in/role", "POST /accounts/{id}/pause", "POST /accounts/{id}/roles", "POST /accounts/{id}/link"}
}

// TestNoFormIsShownToWhomItRefuses opens the pages of everyone in the made-up city
// and sends each kind of form that stands on them, and follows each kind of link:
// whoever is shown one is not answered that there is no such thing, which is how a
// role is refused.
func TestNoFormIsShownToWhomItRefuses(t *testing.T) {
	w := newBrim(t)
	if w == nil {
		return
	}
	w.walk()
	w.live()
	w.walk()
	s := shown{brim: w, tried: map[string]bool{}}
	for _, route := range slices.Sorted(maps.Keys(w.looks)) {
		for _, l := range w.looks[route] {
			s.page(l)
		}
	}
	if s.forms < 100 || s.links < 200 {
		t.Errorf("only %d forms and %d links were tried", s.forms, s.links)
	}
}

// shown is what was tried so far: a kind of form or link, by who saw it.
type shown struct {
	*brim
	tried        map[string]bool
	forms, links int
}

// page tries what stands on one page. It is opened anew before each form, for the
// one before may have changed it.
func (s *shown) page(l look) {
	s.Helper()
	for {
		a := s.send(l.who, http.MethodGet, l.path, nil)
		if a.status != http.StatusOK {
			return
		}
		doc := s.parsed(a.body)
		s.follow(l, doc)
		f, route := s.next(l, doc)
		if route == "" {
			return
		}
		s.forms++
		if got := s.send(l.who, http.MethodPost, f.path, f.ways[0]); got.status == http.StatusNotFound || got.status == http.StatusForbidden {
			s.Errorf("%s shows %q a form that is refused: %s (%d)", l.path, l.who, route, got.status)
		}
	}
}

// next is a form of a kind that was not tried yet; route is empty when there is none.
func (s *shown) next(l look, doc *html.Node) (f form, route string) {
	s.Helper()
	for _, f := range s.formsIn(doc) {
		if f.path == "" {
			f.path = l.path
		}
		route := s.route(http.MethodPost, f.path)
		if key := l.who + " " + route; route != "" && !s.tried[key] && !slices.Contains(leave(), route) {
			s.tried[key] = true
			return f, route
		}
	}
	return form{}, ""
}

// follow opens the links of a page that are of a kind not tried yet, but for those
// that are somebody else's to open.
func (s *shown) follow(l look, doc *html.Node) {
	s.Helper()
	for n := range doc.Descendants() {
		to, _, _ := strings.Cut(attr(n, "href"), "#")
		if n.Data != "a" || !strings.HasPrefix(to, "/") || handedOut.MatchString(to) {
			continue
		}
		route := s.route(http.MethodGet, to)
		if key := l.who + " " + route; route != "" && !s.tried[key] {
			s.tried[key] = true
			s.links++
			if got := s.send(l.who, http.MethodGet, to, nil); got.status == http.StatusNotFound || got.status == http.StatusForbidden {
				s.Errorf("%s leads %q to a page that is refused: %s (%d)", l.path, l.who, route, got.status)
			}
		}
	}
}
