package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"alongside/platform/clock"
	"alongside/platform/module"
)

// TestTenTimesTheLoad sends ten times as many requests at once as are made at
// once. The excess is told to come back within 100 ms, those let in are answered
// within 250 ms, and whoever asks for a peer is let in all the while.
func TestTenTimesTheLoad(t *testing.T) {
	const takes = 60 * time.Millisecond
	slow := func(w http.ResponseWriter, _ *http.Request) error {
		time.Sleep(takes) // what a page waits for the disk
		w.WriteHeader(http.StatusOK)
		return nil
	}
	h, err := New(Config{
		Log: slog.New(slog.DiscardHandler), Clock: clock.System{},
		Modules: []module.Module{{Name: "x", Routes: []module.Route{
			{Method: "GET", Pattern: "/slow", Access: module.Anyone, Serve: slow},
			{Method: "GET", Pattern: "/ask/{token}", Access: module.ByLink, Serve: slow},
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path string) (int, time.Duration, string) {
		rec, begun := httptest.NewRecorder(), time.Now()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		return rec.Code, time.Since(begun), rec.Header().Get("Retry-After")
	}
	var mu sync.Mutex
	var in, out []time.Duration
	var all sync.WaitGroup
	for range 10 * atOnce {
		all.Go(func() {
			code, took, retry := ask("/slow")
			mu.Lock()
			defer mu.Unlock()
			switch {
			case code == http.StatusOK:
				in = append(in, took)
			case code == http.StatusServiceUnavailable && retry != "":
				out = append(out, took)
			default:
				t.Errorf("%d, Retry-After %q", code, retry)
			}
		})
	}
	nurse, took, _ := ask("/ask/t")
	all.Wait()
	if nurse != http.StatusOK || took > 250*time.Millisecond {
		t.Errorf("whoever asks for a peer: %d after %s", nurse, took)
	}
	if len(in) < atOnce || len(out) == 0 {
		t.Fatalf("%d let in, %d told to come back", len(in), len(out))
	}
	if most := at(out, 0.99); most > 100*time.Millisecond {
		t.Errorf("told to come back after %s", most)
	}
	if most := at(in, 0.99); most > 250*time.Millisecond {
		t.Errorf("let in and answered after %s", most)
	}
	t.Logf("%d let in (p99 %s), %d told to come back (p99 %s)", len(in), at(in, 0.99), len(out), at(out, 0.99))
}

func at(list []time.Duration, q float64) time.Duration {
	slices.Sort(list)
	return list[min(int(q*float64(len(list))), len(list)-1)]
}
