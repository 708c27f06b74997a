package web

import (
	"log/slog"
	"net/http/httptest"
	"testing"

	"alongside/platform/browsertest"
	"alongside/platform/clock"
)

// TestWithoutJavaScript changes language and theme and finds crisis help with
// JavaScript off.
func TestWithoutJavaScript(t *testing.T) {
	h, err := New(Config{Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	p := browsertest.Open(t, browsertest.Browser(t), s.URL+"/", browsertest.Options{NoJS: true})
	p.Click(`button[value="ar"]`)
	if dir := browsertest.Eval[string](p, `document.documentElement.dir`); dir != "rtl" {
		t.Errorf("after Arabic the page runs %s", dir)
	}
	p.Click(`button[value="dark"]`)
	if theme := browsertest.Eval[string](p, `document.documentElement.dataset.theme`); theme != "dark" {
		t.Errorf("after dark the theme is %q", theme)
	}
	if status := p.Click(`a[href="/crisis"]`); status != 200 || p.Path() != "/crisis" {
		t.Errorf("crisis help: %d at %s", status, p.Path())
	}
	p.Good()
}

// TestOnPaper looks for what only a screen can do.
func TestOnPaper(t *testing.T) {
	s := storybook(t)
	p := browsertest.Open(t, browsertest.Browser(t), s.URL+"/pages/parts/board?theme=dark", browsertest.Options{Width: 800, Print: true})
	p.Shot("print-board")
	for _, sel := range []string{".menu", ".foot", ".top-end", ".me", ".skip"} {
		if shown := browsertest.Eval[int](p, `document.querySelector("`+sel+`").getClientRects().length`); shown != 0 {
			t.Errorf("%s is printed", sel)
		}
	}
	if ink := browsertest.Eval[string](p, `getComputedStyle(document.body).color + getComputedStyle(document.body).backgroundColor`); ink != "rgb(0, 0, 0)rgb(255, 255, 255)" {
		t.Errorf("a dark page is printed as %s", ink)
	}
}
