package web

import (
	"net"
	"net/http"
	"strings"
	"sync"

	"alongside/platform/module"
	"alongside/platform/page"
)

// How many event streams are open at once by links. Each looks anew at every change, by
// the one door to the disk: five hundred of them, which one laptop with one link can
// open, made a ward wait seconds for its ask (0136). Accounts are not counted here.
const (
	ofOneLink = 16   // a ward with a page open at each desk
	ofOneHost = 128  // a hospital, which is one address
	ofAll     = 1024 // together
)

// streams counts those that are open, by link, by address and in all.
type streams struct {
	mu   sync.Mutex
	open map[string]int
}

// fresh reports whether a route is an event stream by a link.
func fresh(r module.Route) bool {
	return r.Access == module.ByLink && strings.HasSuffix(r.Pattern, liveEnd)
}

// few lets in so many. Who is not let in has a page, which says that it is no longer
// fresh; nothing is written down of it, or a log could be filled by that.
func (s *streams) few(h page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		leave, ok := s.enter(r)
		if !ok {
			later(w, r)
			return nil
		}
		defer leave()
		return h(w, r)
	}
}

func (s *streams) enter(r *http.Request) (leave func(), ok bool) {
	most := map[string]int{"link " + r.URL.Path: ofOneLink, "host " + host(r): ofOneHost, "all": ofAll}
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, n := range most {
		if s.open[key] >= n {
			return nil, false
		}
	}
	for key := range most {
		s.open[key]++
	}
	return func() { s.leave(most) }, true
}

func (s *streams) leave(most map[string]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range most {
		if s.open[key]--; s.open[key] == 0 {
			delete(s.open, key)
		}
	}
}

// host is the address that a request comes from, without its port.
func host(r *http.Request) string {
	if name, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		return name
	}
	return r.RemoteAddr
}
