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
	for n, dress := range dresses() {
		everyPage(t, n, func(p *browsertest.Page, address, sample string) {
			p.Go(address + "?" + dress)
			p.Shot(sample + "-" + dress)
			p.Good()
		})
	}
}

// TestEveryPageOfEveryDomainByKeyboard walks the same pages with Tab: whatever
// can be pressed is reached, in sight, past the header first.
func TestEveryPageOfEveryDomainByKeyboard(t *testing.T) {
	everyPage(t, 0, func(p *browsertest.Page, address, _ string) {
		p.Go(address)
		if stops := p.Keyboard(); len(stops) == 0 || !strings.Contains(stops[0], "Skip to the page") {
			t.Errorf("the first stop is not the way past the header: %q", stops)
		}
	})
}

// everyPage looks at the storybook's pages of all domains, one after the other,
// until one is not as it should be. turn chooses among the states of one page.
func everyPage(t *testing.T, turn int, look func(p *browsertest.Page, address, sample string)) {
	t.Helper()
	modules := (&App{}).modules()
	h, err := web.Storybook(web.Config{Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Modules: modules, Crisis: crisis})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	defer s.Close()
	p := browsertest.Open(t, browsertest.Browser(t), s.URL+"/pages", browsertest.Options{})
	for _, m := range modules {
		for i, sample := range m.Samples {
			if oneOfMany(sample.Name) && (i+turn)%len(dresses()) != 0 {
				continue
			}
			look(p, s.URL+"/pages/"+sample.Name, sample.Name)
			if t.Failed() {
				t.Fatalf("that was %s, turn %d", sample.Name, turn)
			}
		}
	}
}

func dresses() []string {
	some := []string{"lang=en&theme=light", "lang=es&theme=light", "lang=ar&theme=dark"}
	if soak.Full() {
		return append(some, "lang=en&theme=dark", "lang=es&theme=dark", "lang=ar&theme=light")
	}
	return some
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
