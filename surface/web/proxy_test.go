package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"alongside/platform/module"
	"alongside/platform/page"
)

// Who asks is the address that our own proxies saw, whatever a browser claims; what
// comes past them is misdirected, and this machine may ask itself.
func TestWhoAsksBehindAProxy(t *testing.T) {
	var saw string
	note := func(w http.ResponseWriter, r *http.Request) error {
		saw = r.RemoteAddr
		return page.Show(w, r, page.Doc{Title: "Demo"})
	}
	w := newWorld(t, func(c *Config) {
		c.Host = "peers.example"
		c.Proxies = mustProxies(t, "10.0.0.7, 10.0.1.0/28")
		c.Modules = []module.Module{{Name: "demo", Routes: []module.Route{{Method: "GET", Pattern: "/who", Access: module.Anyone, Serve: note}}, Words: module.NoFiles{}}}
	})
	for _, c := range []struct {
		name, host, from string
		via              []string
		code             int
		saw              string
	}{
		{"one proxy", "peers.example", "10.0.0.7:9", []string{"203.0.113.9"}, 200, "203.0.113.9:0"},
		{"a browser claims another", "peers.example", "10.0.0.7:9", []string{"198.51.100.1, 203.0.113.9"}, 200, "203.0.113.9:0"},
		{"in a line of its own", "peers.example", "10.0.0.7:9", []string{"198.51.100.1", "203.0.113.9"}, 200, "203.0.113.9:0"},
		{"two proxies", "peers.example", "10.0.0.7:9", []string{"198.51.100.1, 203.0.113.9, 10.0.1.3"}, 200, "203.0.113.9:0"},
		{"the newer internet", "peers.example", "10.0.0.7:9", []string{"2001:db8::1"}, 200, "[2001:db8::1]:0"},
		{"no word of who asks", "peers.example", "10.0.0.7:9", nil, 200, "10.0.0.7:9"},
		{"no address", "peers.example", "10.0.0.7:9", []string{"198.51.100.1, somebody"}, 200, "10.0.0.7:9"},
		{"past the proxy", "peers.example", "203.0.113.9:9", []string{"198.51.100.1"}, 421, ""},
		{"a neighbour of the proxy", "peers.example", "10.0.0.8:9", []string{"198.51.100.1"}, 421, ""},
		{"another name", "evil.example", "10.0.0.7:9", []string{"203.0.113.9"}, 421, ""},
		{"this machine by its proxy", "127.0.0.1", "10.0.0.7:9", []string{"203.0.113.9"}, 421, ""},
		{"this machine itself", "127.0.0.1", "127.0.0.1:9", nil, 200, "127.0.0.1:9"},
	} {
		saw = ""
		r := httptest.NewRequest(http.MethodGet, "/who", http.NoBody)
		r.Host, r.RemoteAddr, r.Header["X-Forwarded-For"] = c.host, c.from, c.via
		if got := w.do(r); got.Code != c.code || saw != c.saw {
			t.Errorf("%s: %d from %q, want %d from %q", c.name, got.Code, saw, c.code, c.saw)
		}
	}
}

// Figures of the machine are not passed on, also when the proxy stands on it.
func TestAProxyOnThisMachineSeesNoFigures(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Host, c.Proxies = "peers.example", mustProxies(t, "127.0.0.1") })
	r := httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody)
	r.Host, r.RemoteAddr = "peers.example", "127.0.0.1:5555"
	r.Header.Set("X-Forwarded-For", "203.0.113.9")
	if got := w.do(r); got.Code != http.StatusNotFound {
		t.Errorf("%d", got.Code)
	}
	r = httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody)
	r.Host, r.RemoteAddr = "127.0.0.1:8080", "127.0.0.1:5555"
	if got := w.do(r); got.Code != http.StatusOK {
		t.Errorf("this machine itself: %d", got.Code)
	}
}

func TestProxiesAreAddresses(t *testing.T) {
	for _, list := range []string{"", " , ", "help.example", "10.0.0.0/99", "0.0.0.0/0", "::/0", "10.0.0.1,x"} {
		if _, err := NewProxies(list); err == nil {
			t.Errorf("%q is taken", list)
		}
	}
}

func mustProxies(t *testing.T, list string) *Proxies {
	t.Helper()
	p, err := NewProxies(list)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
