package app

import (
	"log/slog"
	"net/http/httptest"
	"testing"

	"alongside/platform/browsertest"
	"alongside/platform/clock"
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
	for _, dress := range []string{"lang=en&theme=light", "lang=es&theme=light", "lang=ar&theme=dark"} {
		p := browsertest.Open(t, browser, s.URL+"/pages", browsertest.Options{})
		for _, m := range modules {
			for _, sample := range m.Samples {
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
