// Package pagetest lets a domain test its handlers without the web around
// them: a request that carries a view and a bare frame.
//
// It is not a library because it is the test double of this program's own page
// package.
package pagetest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"alongside/platform/i18n"
	"alongside/platform/page"
)

// Setting returns a view in a language over the given words, standing at a
// fixed Friday night, with the bare shell.
func Setting(t testing.TB, lang i18n.Lang, sources ...i18n.Source) page.Setting {
	t.Helper()
	words, err := i18n.Load(sources...)
	if err != nil {
		t.Fatal(err)
	}
	v := &page.View{
		Words: words.In(lang), Lang: lang, Zone: time.UTC, Ref: "test",
		Now: time.Date(2026, 11, 20, 23, 5, 0, 0, time.UTC),
	}
	return page.Setting{View: v, Shell: Bare{}, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
}

// Request returns a request that carries s. A form makes it a POST.
func Request(s page.Setting, path string, form url.Values) *http.Request {
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	s.View.Path = r.URL.Path
	return r.WithContext(page.With(r.Context(), s))
}

// Do runs h and answers its error as the program would.
func Do(h page.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	page.Answer(w, r, h(w, r))
	return w
}

// Bare is a frame of a title, a heading-free body and, for errors, the keys of
// the words.
type Bare struct{}

// Frame draws title and body and nothing else.
func (Bare) Frame(_ *page.View, d page.Doc) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		fmt.Fprintf(w, "<!doctype html><title>%s</title>", templ.EscapeString(d.Title))
		if d.Body == nil {
			return nil
		}
		return d.Body.Render(ctx, w)
	})
}

// Sorry draws the key of what happened.
func (Bare) Sorry(_ *page.View, s page.Sorry) page.Doc {
	return page.Doc{Title: s.Say, Body: templ.Raw("<p>" + templ.EscapeString(s.Say) + "</p>")}
}
