package web

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"alongside/platform/clock"
	"alongside/platform/module"
)

// TestTenTimesTheLoad sends ten times as many requests at once as are made at
// once, and holds those that were let in. All the others are told to come back
// while those still wait, whoever asks for a peer is let in meanwhile, and in the
// end each one that was let in is answered.
func TestTenTimesTheLoad(t *testing.T) {
	hold := make(chan struct{})
	h := crowded(t, hold)
	ask := func(path string) (int, string) {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		return rec.Code, rec.Header().Get("Retry-After")
	}
	in, out := make(chan bool, 10*atOnce), make(chan bool, 10*atOnce)
	var all sync.WaitGroup
	for range 10 * atOnce {
		all.Go(func() {
			switch code, retry := ask("/held"); {
			case code == http.StatusOK:
				in <- true
			case code == http.StatusServiceUnavailable && retry != "":
				out <- true
			default:
				t.Errorf("%d, Retry-After %q", code, retry)
				out <- true
			}
		})
	}
	for range 9 * atOnce {
		<-out // each is answered though nobody who was let in has been
	}
	if len(in) != 0 {
		t.Errorf("%d of those held were answered", len(in))
	}
	if code, _ := ask("/ask/t"); code != http.StatusOK {
		t.Errorf("whoever asks for a peer: %d", code)
	}
	close(hold)
	all.Wait()
	if len(in) != atOnce || len(out) != 0 {
		t.Errorf("%d of %d let in were answered, %d more told to come back", len(in), atOnce, len(out))
	}
}

// crowded is a program with a page that is answered only when hold is closed.
func crowded(t *testing.T, hold <-chan struct{}) http.Handler {
	t.Helper()
	page := func(held bool) func(http.ResponseWriter, *http.Request) error {
		return func(w http.ResponseWriter, r *http.Request) error {
			if held {
				<-hold
			}
			if _, err := io.ReadAll(r.Body); err != nil {
				return err
			}
			_, err := io.WriteString(w, "page")
			return err
		}
	}
	h, err := New(Config{
		Log: slog.New(slog.DiscardHandler), Clock: clock.System{},
		Modules: []module.Module{{Name: "x", Routes: []module.Route{
			{Method: "GET", Pattern: "/held", Access: module.Anyone, Serve: page(true)},
			{Method: "GET", Pattern: "/ask/{token}", Access: module.ByLink, Serve: page(false)},
			{Method: "POST", Pattern: "/ask/{token}", Access: module.ByLink, Serve: page(false)},
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}
