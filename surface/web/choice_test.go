package web

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	w := newWorld(t, nil)
	for header, want := range map[string]string{
		"": `lang="en" dir="ltr"`, "es-MX,es;q=0.9": `lang="es" dir="ltr"`, "ar": `lang="ar" dir="rtl"`, "fr": `lang="en" dir="ltr"`,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Language", header)
		if body := w.do(r).Body.String(); !strings.Contains(body, want) {
			t.Errorf("Accept-Language %q does not give %s", header, want)
		}
	}
	got := w.post("/language", url.Values{"lang": {"ar"}, "back": {"/ask/abc"}})
	cookie := got.Header().Get("Set-Cookie")
	if got.Code != 303 || got.Header().Get("Location") != "/ask/abc" || !strings.Contains(cookie, "lang=ar") {
		t.Fatalf("language: %d %v", got.Code, got.Header())
	}
	if strings.Contains(cookie, "Max-Age") || strings.Contains(cookie, "Expires") || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Errorf("the cookie outlives the browser or can be read: %s", cookie)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Cookie", "lang=ar")
	r.Header.Set("Accept-Language", "es")
	if body := w.do(r).Body.String(); !strings.Contains(body, `dir="rtl"`) {
		t.Error("the cookie does not win over the header")
	}
	if got := w.post("/language", url.Values{"lang": {"xx"}}); got.Code != 422 {
		t.Errorf("a language we do not speak: %d", got.Code)
	}
}

func TestTheme(t *testing.T) {
	w := newWorld(t, nil)
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Cookie", "theme=dark")
	if body := w.do(r).Body.String(); !strings.Contains(body, `data-theme="dark"`) {
		t.Error("the cookie does not make it dark")
	}
	if body := w.get("/").Body.String(); strings.Contains(body, "data-theme") {
		t.Error("without a choice, the device does not decide")
	}
	if got := w.post("/theme", url.Values{"theme": {""}, "back": {"/"}}); !strings.Contains(got.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("as the device does not take the choice back: %v", got.Header())
	}
}

// TestNobodyIsSentElsewhere tries ways out of the site.
func TestNobodyIsSentElsewhere(t *testing.T) {
	w := newWorld(t, nil)
	for _, to := range []string{
		"https://evil.example/", "//evil.example", `/\evil.example`, "/\t/evil.example", "javascript:alert(1)", "", "evil", "/\x00", "http:/evil.example",
	} {
		got := w.post("/language", url.Values{"lang": {"es"}, "back": {to}})
		if l := got.Header().Get("Location"); l != "/" && got.Code == 303 {
			t.Errorf("back %q leads to %q", to, l)
		}
	}
}

func TestFormsOfOtherSites(t *testing.T) {
	w := newWorld(t, nil)
	for _, path := range []string{"/language", "/theme", "/inside/7"} {
		got := w.post(path, url.Values{"lang": {"es"}}, "Sec-Fetch-Site", "cross-site")
		if got.Code != 422 || !strings.Contains(got.Body.String(), "came from somewhere else") || got.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s from another site: %d", path, got.Code)
		}
		got = w.post(path, url.Values{"lang": {"es"}}, "Sec-Fetch-Site", "", "Origin", "https://evil.example")
		if got.Code != 422 {
			t.Errorf("%s from another origin: %d", path, got.Code)
		}
	}
}

// A form that keeps its answers is shown again in the language that was chosen,
// which then stays.
func TestAFormIsTurned(t *testing.T) {
	w := newWorld(t, nil)
	got := w.post("/turn?lang=ar&theme=dark", nil)
	if body := got.Body.String(); !strings.Contains(body, `lang="ar" dir="rtl"`) || !strings.Contains(body, `data-theme="dark"`) {
		t.Errorf("not turned: %d %s", got.Code, body)
	}
	if all := strings.Join(got.Header().Values("Set-Cookie"), " "); !strings.Contains(all, "lang=ar") || !strings.Contains(all, "theme=dark") {
		t.Errorf("it does not stay: %s", all)
	}
	if !strings.Contains(got.Body.String(), `form="kept" formaction="?lang=es"`) {
		t.Error("the switches do not send the form of the page")
	}
	got = w.post("/turn?lang=xx&theme=pink", nil)
	if len(got.Header().Values("Set-Cookie")) > 0 {
		t.Errorf("a language we do not speak stays: %v", got.Header())
	}
}

// Whoever signs out or leaves takes the language along that they chose: the phone may be
// shared. A form of another site does not take it away.
func TestTheLanguageGoesWithWhoChoseIt(t *testing.T) {
	w := newWorld(t, nil)
	dropped := func(got *httptest.ResponseRecorder) bool {
		all := strings.Join(got.Header().Values("Set-Cookie"), " ")
		return strings.Contains(all, "lang=;") && strings.Contains(all, "Max-Age=0")
	}
	if !dropped(w.post("/sign-out", nil)) {
		t.Error("it stays after a sign-out")
	}
	if !dropped(w.get("/leave")) {
		t.Error("it stays after leaving")
	}
	if dropped(w.post("/sign-out", nil, "Sec-Fetch-Site", "cross-site")) || dropped(w.get("/")) {
		t.Error("it goes without anyone signing out")
	}
}
