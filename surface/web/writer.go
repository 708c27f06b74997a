package web

import (
	"context"
	"net/http"
)

// writer remembers whether an answer has begun, and with which status.
type writer struct {
	http.ResponseWriter
	status int
}

// WriteHeader begins the answer.
func (w *writer) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write begins the answer with 200 when nothing else was said.
func (w *writer) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Written tells page.Answer whether it is too late for an error page.
func (w *writer) Written() bool { return w.status != 0 }

// Unwrap lets http.ResponseController reach the connection.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *writer) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}

// pattern carries the matched route back out to the counter, because each
// middleware hands on a copy of the request.
type pattern struct {
	set    string
	unseen bool // of someone's own: not counted
}

type patternKey struct{}

func withPattern(ctx context.Context, p *pattern) context.Context {
	return context.WithValue(ctx, patternKey{}, p)
}

func (p *pattern) name() string {
	if p.set == "" {
		return "own"
	}
	return p.set
}

// noted remembers the pattern of the route that answers.
func noted(r *http.Request) {
	if p, ok := r.Context().Value(patternKey{}).(*pattern); ok && r.Pattern != "" {
		p.set = r.Pattern
	}
}

// uncounted says that the request is nobody's to count.
func uncounted(r *http.Request) {
	if p, ok := r.Context().Value(patternKey{}).(*pattern); ok {
		p.unseen = true
	}
}

// nowhereWriter takes an answer that nobody waits for any more.
type nowhereWriter struct{ header http.Header }

// Header takes headers and keeps them to itself.
func (w *nowhereWriter) Header() http.Header {
	if w.header == nil {
		w.header = http.Header{}
	}
	return w.header
}

// Write takes everything.
func (w *nowhereWriter) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader takes any status.
func (w *nowhereWriter) WriteHeader(int) {}
