package app

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/platform/clock"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// Whoever comes in by a card reads the pages in their own language, whatever the phone
// asks for: the one they speak, else that of their card. One that was chosen on this
// phone counts more. Once they are out the phone has its own again.
func TestByACardThePagesAreInOnesOwnLanguage(t *testing.T) {
	w := newTown(t)
	for name, c := range map[string]struct{ speaks, card, phone, want string }{
		"Spanish":                   {"es", "en", "en", "es"},
		"Arabic":                    {"ar", "en", "en", "ar"},
		"English":                   {"en", "es", "es", "en"},
		"none of ours, but a card":  {"fr", "es", "ar", "es"},
		"one of ours as the second": {"fr ar", "es", "en", "ar"},
	} {
		p := w.someone("Kittiwake")
		w.speaks(p, c.speaks)
		w.a.Clock.(*clock.Fake).Add(time.Minute)
		alias := "Blue Heron of " + name
		given, err := w.a.Access.GiveCard(w.operator("here"), p, access.CardAsk{Alias: alias, Language: c.card}, page.NewAct(w.a.Clock.Now()))
		w.must(err)
		in, err := w.byCard(alias, strings.Join(given.Words, " "))
		w.must(err)
		for _, other := range append([]string{""}, langs()...) {
			want := c.want
			if other != "" {
				want = other
			}
			if got := w.readIn(in.Token, c.phone, other); got != want {
				t.Errorf("%s, with %q chosen on a phone in %s: %s", name, other, c.phone, got)
			}
		}
		w.must(w.a.Access.SignOut(scope.With(w.Context(), in.Scope())))
		if got := w.readIn(in.Token, c.phone, ""); got != c.phone {
			t.Errorf("%s, signed out: %s", name, got)
		}
	}
}

func langs() (out []string) {
	for _, l := range i18n.Langs() {
		out = append(out, string(l))
	}
	return out
}

// readIn is the language of a page to a phone that asks for one, on which another may
// have been chosen.
func (w *town) readIn(cookie, phone, chosen string) string {
	w.Helper()
	r, err := http.NewRequestWithContext(w.Context(), http.MethodGet, w.url+"/mine", nil)
	w.must(err)
	r.Header.Set("Accept-Language", phone)
	r.AddCookie(&http.Cookie{Name: "__Host-alongside", Value: cookie})
	if chosen != "" {
		r.AddCookie(&http.Cookie{Name: "lang", Value: chosen})
	}
	res, err := http.DefaultClient.Do(r)
	w.must(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	w.must(err)
	_, after, _ := strings.Cut(string(body), `<html lang="`)
	lang, _, _ := strings.Cut(after, `"`)
	return lang
}
