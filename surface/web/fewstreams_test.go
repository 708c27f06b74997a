package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"alongside/platform/clock"
	"alongside/platform/module"
)

// TestALinkHoldsFewStreamsOpen: who opens the stream of one page over and over, or of many
// pages from one machine, is told to come back, and nobody else is. What closes makes
// room again. Accounts are not counted.
func TestALinkHoldsFewStreamsOpen(t *testing.T) {
	hold, in := make(chan struct{}), make(chan bool, 2*ofAll)
	h := streaming(t, func(w http.ResponseWriter, _ *http.Request) error {
		in <- true
		<-hold
		return nil
	})
	var all sync.WaitGroup
	open := func(path, from string) bool {
		refused := make(chan bool, 1)
		all.Go(func() {
			req, rec := httptest.NewRequest(http.MethodGet, path, nil), httptest.NewRecorder()
			req.RemoteAddr = from + ":1"
			if h.ServeHTTP(rec, req); rec.Code != http.StatusOK {
				refused <- true
			}
		})
		select {
		case <-in:
			return true
		case <-refused:
			return false
		}
	}
	for i := range ofOneLink {
		if !open("/asked/one/live", fmt.Sprint("10.0.0.", i)) {
			t.Fatalf("stream %d of one page is refused", i+1)
		}
	}
	if open("/asked/one/live", "10.0.1.1") {
		t.Error("one more of the same page is let in")
	}
	for i := range ofOneHost {
		if !open(fmt.Sprintf("/asked/a%d/live", i), "10.1.0.1") {
			t.Fatalf("stream %d from one machine is refused", i+1)
		}
	}
	if open("/asked/b/live", "10.1.0.1") || !open("/asked/b/live", "10.1.0.2") || !open("/board/live", "10.1.0.1") {
		t.Error("one more from that machine is let in, or another or an account is not")
	}
	close(hold)
	all.Wait()
	hold = make(chan struct{})
	if !open("/asked/one/live", "10.1.0.1") {
		t.Error("there is room again and nobody is let in")
	}
	close(hold)
	all.Wait()
}

// streaming is a program with a stream by link, and one that is not.
func streaming(t *testing.T, serve func(http.ResponseWriter, *http.Request) error) http.Handler {
	t.Helper()
	h, err := New(Config{
		Log: slog.New(slog.DiscardHandler), Clock: clock.System{},
		Modules: []module.Module{{Name: "x", Routes: []module.Route{
			{Method: "GET", Pattern: "/asked/{token}/live", Access: module.ByLink, Serve: serve},
			{Method: "GET", Pattern: "/board/live", Access: module.Anyone, Serve: serve},
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}
