package web

import (
	"log/slog"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"alongside/platform/browsertest"
	"alongside/platform/clock"
	"alongside/platform/soak"
)

// storybook serves the frame's own samples.
func storybook(t *testing.T) *httptest.Server {
	t.Helper()
	h, err := Storybook(Config{Clock: clock.NewFake(storyTime()), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// TestEveryPageIsGood opens every page of the storybook in English and Arabic,
// light and dark, on a phone, and asks everything the program promises of a
// page. SHOTS names a folder for the pictures, at 360 and 1280. Outside a soak each
// page is seen in one of these dresses, and chance says in which.
func TestEveryPageIsGood(t *testing.T) {
	s := storybook(t)
	browser := browsertest.Browser(t)
	all := dresses()
	turn := soak.Rand(t, 1).IntN(len(all))
	for n, dress := range all {
		t.Run(dress, func(t *testing.T) {
			phone := browsertest.Open(t, browser, s.URL+"/pages", browsertest.Options{})
			wide := browsertest.Open(t, browser, s.URL+"/pages", browsertest.Options{Width: 1280, Height: 900})
			phone.Good() // the list itself
			for i, sample := range Samples() {
				if !soak.Full() && (i+turn)%len(all) != n {
					continue
				}
				t.Log(sample.Name)
				address := s.URL + "/pages/" + sample.Name + "?" + dress
				phone.Go(address)
				phone.Good()
				wide.Go(address)
				wide.NoSidewaysScroll()
				if os.Getenv("SHOTS") != "" {
					name := strings.NewReplacer("/", "-", "lang=", "", "&theme=", "-").Replace(sample.Name + "-" + dress)
					phone.Shot(name + "-360")
					wide.Shot(name + "-1280")
				}
			}
		})
	}
}

// TestEveryPageByKeyboard walks every page with Tab.
func TestEveryPageByKeyboard(t *testing.T) {
	s := storybook(t)
	p := browsertest.Open(t, browsertest.Browser(t), s.URL+"/pages", browsertest.Options{})
	for _, sample := range Samples() {
		t.Log(sample.Name)
		p.Go(s.URL + "/pages/" + sample.Name)
		stops := p.Keyboard()
		if len(stops) == 0 || !strings.Contains(stops[0], "Skip to the page") {
			t.Errorf("the first stop is not the way past the header: %q", stops)
		}
	}
}

func dresses() []string {
	return []string{"lang=en&theme=light", "lang=en&theme=dark", "lang=ar&theme=light", "lang=ar&theme=dark", "lang=es&theme=light"}
}
