package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// slow says when somebody waits for it, and keeps them waiting.
type slow struct {
	http.ResponseWriter
	waits chan<- bool
	go_   <-chan struct{}
	once  *sync.Once
}

func (s slow) wait() { s.once.Do(func() { s.waits <- true }); <-s.go_ }

// Read is a form that is sent a letter now and then.
func (s slow) Read([]byte) (int, error) { s.wait(); return 0, io.EOF }

// Write is a page that is read a letter now and then.
func (s slow) Write(b []byte) (int, error) { s.wait(); return len(b), nil }

// TestWhoIsSlowHoldsNoPlace: as many as there are places send their form slowly, and as
// many read their page slowly. It takes one laptop. Whoever asks for a peer is let in
// all the same.
func TestWhoIsSlowHoldsNoPlace(t *testing.T) {
	h := crowded(t, nil)
	for _, c := range []struct {
		what string
		req  func(s slow) *http.Request
	}{
		{"send", func(s slow) *http.Request { return httptest.NewRequest(http.MethodPost, "/ask/t", s) }},
		{"read", func(slow) *http.Request { return httptest.NewRequest(http.MethodGet, "/ask/t", nil) }},
	} {
		waits, end := make(chan bool, askAtOnce), make(chan struct{})
		var all sync.WaitGroup
		for range askAtOnce {
			all.Go(func() {
				s := slow{httptest.NewRecorder(), waits, end, new(sync.Once)}
				h.ServeHTTP(s, c.req(s))
			})
		}
		for range askAtOnce {
			<-waits
		}
		rec := httptest.NewRecorder()
		if h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/ask/t", nil)); rec.Code != http.StatusOK {
			t.Errorf("while others %s slowly: %d", c.what, rec.Code)
		}
		close(end)
		all.Wait()
	}
}
