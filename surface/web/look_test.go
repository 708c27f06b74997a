package web

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"alongside/platform/browsertest"
	"alongside/platform/clock"
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
// page. SHOTS names a folder for the pictures, at 360 and 1280.
func TestEveryPageIsGood(t *testing.T) {
	s := storybook(t)
	browser := browsertest.Browser(t)
	for _, sample := range Samples() {
		if only := os.Getenv("ONLY"); only != "" && !strings.Contains(sample.Name, only) {
			continue
		}
		for _, lang := range []string{"en", "ar"} {
			for _, theme := range []string{"light", "dark"} {
				t.Run(sample.Name+"/"+lang+"/"+theme, func(t *testing.T) {
					address := s.URL + "/pages/" + sample.Name + "?lang=" + lang + "&theme=" + theme
					good(t, browser, address, strings.ReplaceAll(sample.Name, "/", "-")+"-"+lang+"-"+theme)
				})
			}
		}
	}
}

func good(t *testing.T, browser context.Context, address, name string) {
	if os.Getenv("SHOTS") != "" {
		wide := browsertest.Open(t, browser, address, browsertest.Options{Width: 1280, Height: 900})
		wide.Shot(name + "-1280")
		wide.NoSidewaysScroll()
	}
	p := browsertest.Open(t, browser, address, browsertest.Options{})
	if os.Getenv("SHOTS") != "" {
		p.Shot(name + "-360")
	}
	p.Good()
}

// TestEveryPageByKeyboard walks every page with Tab.
func TestEveryPageByKeyboard(t *testing.T) {
	s := storybook(t)
	browser := browsertest.Browser(t)
	for _, sample := range Samples() {
		t.Run(sample.Name, func(t *testing.T) {
			p := browsertest.Open(t, browser, s.URL+"/pages/"+sample.Name, browsertest.Options{})
			stops := p.Keyboard()
			if len(stops) == 0 || !strings.Contains(stops[0], "Skip to the page") {
				t.Errorf("the first stop is not the way past the header: %q", stops)
			}
		})
	}
}
