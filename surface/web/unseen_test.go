package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"alongside/platform/module"
	"alongside/platform/page"
)

// What somebody has of their own is in no figure, whatever the answer was.
func TestWhatIsUnseenIsNotCounted(t *testing.T) {
	ok := func(w http.ResponseWriter, r *http.Request) error { return page.Back(w, r, "/") }
	w := newWorld(t, func(c *Config) {
		c.Modules = append(c.Modules, module.Module{Name: "diary", Routes: []module.Route{
			{Method: "GET", Pattern: "/diary/{page}", Access: module.Anyone, Serve: ok, Unseen: true},
			{Method: "GET", Pattern: "/news", Access: module.Anyone, Serve: ok},
		}})
	})
	figures := func() string {
		r := httptest.NewRequest("GET", "http://127.0.0.1:8080/metrics", nil)
		r.RemoteAddr = "127.0.0.1:5555"
		var out []string
		for _, line := range strings.Split(w.do(r).Body.String(), "\n") {
			if strings.HasPrefix(line, "alongside_requests_total") && !strings.Contains(line, "own") {
				out = append(out, line)
			}
		}
		return strings.Join(out, "\n")
	}
	before := figures()
	for range 3 {
		if got := w.get("/diary/a-page").Code; got != http.StatusSeeOther {
			t.Fatal(got)
		}
	}
	if after := figures(); after != before {
		t.Errorf("the figures went on:\n%s\nafter\n%s", after, before)
	}
	w.get("/news")
	if after := figures(); !strings.Contains(after, "/news") {
		t.Error("this test cannot tell")
	}
}
