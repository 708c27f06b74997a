package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// With a name only that name is answered, and this machine to itself: neither
// pages nor assets nor crisis help under another's. Without one nothing changes.
func TestOnlyItsOwnNameIsAnswered(t *testing.T) {
	named, any := newWorld(t, func(c *Config) { c.Host = "peers.example" }), newWorld(t, nil)
	for _, c := range []struct {
		host, from string
		want       int
	}{
		{"peers.example", "203.0.113.9:4000", 200},
		{"Peers.Example:443", "203.0.113.9:4000", 200},
		{"peers.example.", "203.0.113.9:4000", 200},
		{"127.0.0.1:8080", "127.0.0.1:4000", 200},
		{"localhost", "[::1]:4000", 200},
		{"127.0.0.1", "203.0.113.9:4000", 421},
		{"localhost", "203.0.113.9:4000", 421},
		{"evil.example", "203.0.113.9:4000", 421},
		{"evil.example", "127.0.0.1:4000", 421},
		{"peers.example.evil.example", "203.0.113.9:4000", 421},
		{"", "203.0.113.9:4000", 421},
	} {
		for _, path := range []string{"/open", "/crisis", "/healthz"} {
			r := httptest.NewRequest(http.MethodGet, path, http.NoBody)
			r.Host, r.RemoteAddr = c.host, c.from
			got := named.do(r)
			if got.Code != c.want {
				t.Errorf("%s of %q from %s: %d, want %d", path, c.host, c.from, got.Code, c.want)
			}
			if c.want == 421 && !strings.Contains(got.Body.String(), "under this name") {
				t.Errorf("no words: %q", got.Body)
			}
			if got := any.do(r); got.Code != 200 {
				t.Errorf("without a name, %s of %q: %d", path, c.host, got.Code)
			}
		}
	}
}
