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
// phone does and asks of each what this program promises of every page. A soak
// sees each in every dress; outside one, chance gives a third of the pages one.
func TestEveryPageOfEveryDomain(t *testing.T) {
	t.Parallel()
	dresses := []string{
		"lang=en&theme=light", "lang=es&theme=light", "lang=ar&theme=light",
		"lang=en&theme=dark", "lang=es&theme=dark", "lang=ar&theme=dark",
	}
	chance := soak.Rand(t, 1)
	everyPage(t, func(p *browsertest.Page, address, sample string) {
		mine := dresses
		if !soak.Full() {
			n := chance.IntN(3 * len(dresses))
			mine = dresses[min(n, len(dresses)):min(n+1, len(dresses))]
		}
		for _, dress := range mine {
			p.Go(address + "?" + dress)
			p.Shot(sample + "-" + dress)
			p.Good()
		}
	})
}

// TestEveryPageOfEveryDomainByKeyboard walks the same pages with Tab: whatever
// can be pressed is reached, in sight, past the header first. Outside a soak
// chance leaves out nine of ten.
func TestEveryPageOfEveryDomainByKeyboard(t *testing.T) {
	t.Parallel()
	chance := soak.Rand(t, 2)
	everyPage(t, func(p *browsertest.Page, address, _ string) {
		if !soak.Full() && chance.IntN(10) > 0 {
			return
		}
		p.Go(address)
		if stops := p.Keyboard(); len(stops) == 0 || !strings.Contains(stops[0], "Skip to the page") {
			t.Errorf("the first stop is not the way past the header: %q", stops)
		}
	})
}

// everyPage looks at the storybook's pages of all domains, one after the other,
// until one is not as it should be.
func everyPage(t *testing.T, look func(p *browsertest.Page, address, sample string)) {
	t.Helper()
	modules := (&App{}).modules()
	h, err := web.Storybook(web.Config{Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Modules: modules, Crisis: (&App{}).crisis})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	defer s.Close()
	p := browsertest.Open(t, browsertest.Browser(t), s.URL+"/pages", browsertest.Options{})
	for _, m := range modules {
		for _, sample := range m.Samples {
			look(p, s.URL+"/pages/"+sample.Name, sample.Name)
			if t.Failed() {
				t.Fatalf("that was %s", sample.Name)
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
