package web

import (
	"net/http"
	"strings"
	"sync"

	"alongside/platform/page"
)

// How many pages are made at once. More would not be answered sooner, only
// later, all of them: each waits for the same two cores and the same door to the
// disk. Whoever asks for a peer, or looks how it stands, has a share of their
// own, so that a busy morning in the office never turns a nurse away. Forty keep two
// slow cores as busy as more would (0039).
const (
	atOnce    = 40
	askAtOnce = 40
)

// admission lets in as many requests as can be answered in good time, and says
// to the rest at once when to come back.
type admission struct{ work, ask chan struct{} }

func newAdmission() *admission {
	return &admission{work: make(chan struct{}, atOnce), ask: make(chan struct{}, askAtOnce)}
}

// liveEnd is how the path of every event stream ends.
const liveEnd = "/live"

// lane is the share that a request is of; nil for a stream, which waits rather
// than works.
func (a *admission) lane(r *http.Request) chan struct{} {
	switch p := r.URL.Path; {
	case r.Method != http.MethodPost && len(p) > len(liveEnd) && strings.HasSuffix(p, liveEnd):
		return nil
	case strings.HasPrefix(p, "/ask/"), strings.HasPrefix(p, "/asked/"), strings.HasPrefix(p, "/own/"):
		return a.ask
	}
	return a.work
}

// admit answers 503 with Retry-After, at once, where the share is full. A place is held
// while a page is made: not while its form is being sent, nor while it is being read.
func (a *admission) admit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lane := a.lane(r)
		if lane == nil {
			next.ServeHTTP(w, r)
			return
		}
		readAhead(r)
		select {
		case lane <- struct{}{}:
			leave := sync.OnceFunc(func() { <-lane })
			defer leave()
			next.ServeHTTP(leaving{w, leave}, r)
		default:
			later(w, r)
		}
	})
}

// later is the answer to the excess. It is a few words and no page: what it
// costs is paid by those who were let in.
func later(w http.ResponseWriter, r *http.Request) {
	v := page.From(r.Context())
	w.Header().Set("Retry-After", retryAfter)
	plain(w, http.StatusServiceUnavailable, v.T("error.try-again-soon")+". "+v.T("error.try-again-soon-hint")+"\n"+v.T("shell.crisis-title")+": "+v.CrisisPath()+"\n")
}

// retryAfter is in seconds: by then those who were let in have their answer.
const retryAfter = "5"
