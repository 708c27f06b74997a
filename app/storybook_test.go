package app

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"alongside/platform/browsertest"
	"alongside/platform/clock"
	"alongside/platform/soak"
	"alongside/surface/web"
)

// TestEveryPageOfEveryDomain opens the storybook's pages of all domains as a
// phone does, light, dark and from right to left, and asks of each what this
// program promises of every page.
func TestEveryPageOfEveryDomain(t *testing.T) {
	modules := (&App{}).modules()
	h, err := web.Storybook(web.Config{Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Modules: modules, Crisis: crisis})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	defer s.Close()
	browser := browsertest.Browser(t)
	for n, dress := range dresses() {
		p := browsertest.Open(t, browser, s.URL+"/pages", browsertest.Options{})
		for _, m := range modules {
			for i, sample := range m.Samples {
				if oneOfMany(sample.Name) && (i+n)%len(dresses()) != 0 {
					continue
				}
				p.Go(s.URL + "/pages/" + sample.Name + "?" + dress)
				p.Shot(sample.Name + "-" + dress)
				p.Good()
				if t.Failed() {
					t.Fatalf("that was %s, %s", sample.Name, dress)
				}
			}
		}
	}
}

func dresses() []string {
	return []string{"lang=en&theme=light", "lang=es&theme=light", "lang=ar&theme=dark"}
}

// oneOfMany reports whether a sample is one state of a page that stands there in
// every state. Outside a soak each of those is seen in one dress, in turn; all
// other pages in all three.
func oneOfMany(sample string) bool {
	if soak.Full() {
		return false
	}
	return strings.HasPrefix(sample, "handoff/path-") || strings.HasPrefix(sample, "handoff/own-")
}

// TestModulesSayEveryPart fails when a domain forgets a part, or a table says
// less than it should.
func TestModulesSayEveryPart(t *testing.T) {
	for _, m := range (&App{}).modules() {
		for _, part := range m.Forgotten() {
			t.Errorf("%s is not said; write None", part)
		}
		for _, r := range m.Records {
			for _, bad := range r.Check() {
				t.Error(bad)
			}
		}
		for _, f := range m.Flows {
			for _, bad := range f.Check() {
				t.Error(bad)
			}
		}
	}
}
