package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"alongside/platform/clock"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
)

// world is a small program: one module with a page of every kind of access.
type world struct {
	log    bytes.Buffer
	signed *page.Signed
	allow  error
	left   int
	server http.Handler
}

func newWorld(t *testing.T, change func(*Config)) *world {
	t.Helper()
	w := &world{}
	c := Config{
		Clock: clock.NewFake(storyTime()), Log: slog.New(slog.NewTextHandler(&w.log, nil)),
		Modules:   []module.Module{{Name: "demo", Routes: demoRoutes(), Words: module.NoFiles{}}},
		Visitor:   func(context.Context) Visitor { return Visitor{Signed: w.signed, Country: "us"} },
		Authorise: func(context.Context, string) error { return w.allow },
		Crisis:    func(string) []page.CrisisLine { return storyLines() },
		Left:      func(http.ResponseWriter, *http.Request) { w.left++ },
		LeaveTo:   "https://weather.example/",
	}
	if change != nil {
		change(&c)
	}
	h, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	w.server = h
	return w
}

func demoRoutes() []module.Route {
	show := func(words string) page.Handler {
		return func(w http.ResponseWriter, r *http.Request) error {
			return page.Show(w, r, page.Doc{Title: "Demo", Body: templ.Raw("<h1>" + words + "</h1>")})
		}
	}
	fails := func(err error) page.Handler {
		return func(http.ResponseWriter, *http.Request) error { return err }
	}
	lacking := func(w http.ResponseWriter, r *http.Request) error {
		return page.ShowWith(w, r, page.Doc{Title: "Demo"}, []page.Problem{{Field: "name", Say: "A name, please"}})
	}
	return []module.Route{
		{Method: "GET", Pattern: "/open", Access: module.Anyone, Serve: show("open")},
		{Method: "GET", Pattern: "/ask/{token}", Access: module.ByLink, Serve: show("ask")},
		{Method: "GET", Pattern: "/inside/{id}", Access: module.SignedIn, Action: "look", Serve: show("inside")},
		{Method: "POST", Pattern: "/inside/{id}", Access: module.SignedIn, Action: "change", Serve: show("changed")},
		{Method: "POST", Pattern: "/turn", Access: module.Anyone, Serve: func(w http.ResponseWriter, r *http.Request) error {
			return page.Show(w, r, page.Doc{Title: "Demo", Keeps: "kept", Body: templ.Raw("<h1>turned</h1>")})
		}},
		{Method: "GET", Pattern: "/form/{id}", Access: module.Anyone, Serve: show("form")},
		{Method: "POST", Pattern: "/form/{id}", Access: module.Anyone, Serve: lacking},
		{Method: "POST", Pattern: "/form/{id}/step", Access: module.Anyone, Serve: lacking},
		{Method: "GET", Pattern: "/hidden", Access: module.Anyone, Serve: show("hidden")},
		{Method: "POST", Pattern: "/hidden", Access: module.Anyone, Serve: fails(errs.New(errs.NotFound, "demo", ""))},
		{Method: "GET", Pattern: "/gone", Access: module.Anyone, Serve: fails(errs.New(errs.NotFound, "demo", ""))},
		{Method: "GET", Pattern: "/secret", Access: module.Anyone, Serve: fails(errs.New(errs.Denied, "demo: policy said no", "demo.words-of-its-own"))},
		{Method: "GET", Pattern: "/broken", Access: module.Anyone, Serve: fails(errors.New("password=hunter2"))},
		{Method: "GET", Pattern: "/full", Access: module.Anyone, Serve: fails(errs.New(errs.Unavailable, "demo", ""))},
		{Method: "GET", Pattern: "/late", Access: module.Anyone, Serve: fails(errs.New(errs.Conflict, "demo", "error.step-not-now"))},
		{Method: "GET", Pattern: "/fast", Access: module.Anyone, Serve: fails(errs.New(errs.TooMany, "demo", ""))},
		{Method: "GET", Pattern: "/panics", Access: module.Anyone, Serve: func(http.ResponseWriter, *http.Request) error {
			panic("the name of a person")
		}},
	}
}

func (w *world) do(r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	w.server.ServeHTTP(rec, r)
	return rec
}

func (w *world) get(path string) *httptest.ResponseRecorder {
	return w.do(httptest.NewRequest("GET", "http://localhost"+path, nil))
}

func (w *world) post(path string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "http://localhost"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return w.do(r)
}

func TestAccess(t *testing.T) {
	w := newWorld(t, nil)
	for path, want := range map[string]int{"/open": 200, "/ask/abc": 200, "/inside/7": 303, "/nowhere": 404, "/": 200} {
		if got := w.get(path).Code; got != want {
			t.Errorf("nobody at %s: %d, want %d", path, got, want)
		}
	}
	if to := w.get("/inside/7?tab=2").Header().Get("Location"); to != "/sign-in?to=%2Finside%2F7%3Ftab%3D2" {
		t.Errorf("sign-in does not know the way back: %q", to)
	}
	if to := w.post("/inside/7", nil).Header().Get("Location"); to != "/sign-in?to=%2F" {
		t.Errorf("after a form, sign-in leads to %q", to)
	}
	w.signed = &page.Signed{Name: "Rosa", Role: "peer"}
	if got := w.get("/inside/7"); got.Code != 200 || !strings.Contains(got.Body.String(), "inside") {
		t.Errorf("Rosa at /inside/7: %d", got.Code)
	}
	w.allow = errs.New(errs.Denied, "policy", "")
	if got := w.get("/inside/7").Code; got != 404 {
		t.Errorf("Rosa, not allowed: %d, want 404", got)
	}
}

// TestAbsenceAndRefusalLookAlike compares whole answers, byte for byte.
func TestAbsenceAndRefusalLookAlike(t *testing.T) {
	w := newWorld(t, nil)
	gone, secret, nowhere := w.get("/gone"), w.get("/secret"), w.get("/no/such/page")
	for name, other := range map[string]*httptest.ResponseRecorder{"refused": secret, "never there": nowhere} {
		if other.Code != gone.Code || other.Body.String() != gone.Body.String() {
			t.Errorf("%s is answered with %d and other words than gone (%d)", name, other.Code, gone.Code)
		}
		if a, b := dump(other.Header()), dump(gone.Header()); a != b {
			t.Errorf("%s has other headers:\n%s\n%s", name, a, b)
		}
	}
	if gone.Code != 404 || !strings.Contains(gone.Body.String(), "This page is not here") {
		t.Errorf("gone: %d", gone.Code)
	}
	if !strings.Contains(w.log.String(), "kind=denied") || !strings.Contains(w.log.String(), "kind=not-found") {
		t.Error("the log does not tell refusal from absence")
	}
}

func dump(h http.Header) string {
	var b strings.Builder
	_ = h.Write(&b)
	return b.String()
}

func TestEveryKindHasItsAnswer(t *testing.T) {
	w := newWorld(t, nil)
	for path, want := range map[string]struct {
		code  int
		words string
		retry string
	}{
		"/broken": {500, "Something broke on our side", ""},
		"/panics": {500, "Something broke on our side", ""},
		"/full":   {503, "We cannot do this right now", "10"},
		"/late":   {409, "That step is not open now", ""},
		"/fast":   {429, "That was a lot at once", "60"},
	} {
		got := w.get(path)
		if got.Code != want.code || !strings.Contains(got.Body.String(), want.words) || got.Header().Get("Retry-After") != want.retry {
			t.Errorf("%s: %d, Retry-After %q", path, got.Code, got.Header().Get("Retry-After"))
		}
		if strings.Contains(got.Body.String(), "⟦") {
			t.Errorf("%s shows a key without words", path)
		}
	}
	if body := w.get("/broken").Body.String(); strings.Contains(body, "hunter2") {
		t.Error("an internal error shows what it was")
	}
	if strings.Contains(w.log.String(), "the name of a person") {
		t.Error("a panic's value is in the log")
	}
}

// TestTheReferenceIsInTheLog finds the reference a person would read out.
func TestTheReferenceIsInTheLog(t *testing.T) {
	w := newWorld(t, nil)
	body := w.get("/broken").Body.String()
	_, rest, ok := strings.Cut(body, "<bdi>")
	for ok {
		ref, after, _ := strings.Cut(rest, "</bdi>")
		if len(ref) == 8 && strings.Contains(w.log.String(), "ref="+ref) {
			return
		}
		_, rest, ok = strings.Cut(after, "<bdi>")
	}
	t.Errorf("no reference of the page is in the log:\n%s", w.log.String())
}

func TestRoutesThatAreRefused(t *testing.T) {
	fine := func(http.ResponseWriter, *http.Request) error { return nil }
	for name, routes := range map[string][]module.Route{
		"no access":  {{Method: "GET", Pattern: "/x", Serve: fine}},
		"no action":  {{Method: "GET", Pattern: "/x", Access: module.SignedIn, Serve: fine}},
		"no handler": {{Method: "GET", Pattern: "/x", Access: module.Anyone}},
		"odd method": {{Method: "DELETE", Pattern: "/x", Access: module.Anyone, Serve: fine}},
		"twice":      {{Method: "GET", Pattern: "/x", Access: module.Anyone, Serve: fine}, {Method: "GET", Pattern: "/x", Access: module.Anyone, Serve: fine}},
		"two ways":   {{Method: "GET", Pattern: "/x/{a}/y", Access: module.Anyone, Serve: fine}, {Method: "GET", Pattern: "/x/z/{b}", Access: module.Anyone, Serve: fine}},
	} {
		if _, err := New(Config{Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Modules: []module.Module{{Name: "demo", Routes: routes, Words: module.NoFiles{}}}}); err == nil {
			t.Errorf("%s: not refused", name)
		} else if !strings.Contains(err.Error(), "/x") {
			t.Errorf("%s: the error names no route: %v", name, err)
		}
	}
}

func TestHeaders(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Secure = true })
	for _, path := range []string{"/", "/open", "/gone", "/crisis", "/inside/7", "/full"} {
		h := w.get(path).Header()
		if h.Get("Content-Security-Policy") != policy || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, h)
		}
		for name, want := range map[string]string{
			"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"Strict-Transport-Security": "max-age=63072000",
		} {
			if h.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, h.Get(name))
			}
		}
	}
	for _, word := range []string{"unsafe", "data:", "http:", "https:", "*"} {
		if strings.Contains(policy, word) {
			t.Errorf("the policy allows %s", word)
		}
	}
}

func TestAssets(t *testing.T) {
	w := newWorld(t, nil)
	a, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", a.path("app.css"), nil)
	r.Header.Set("Accept-Encoding", "br, gzip")
	got := w.do(r)
	if got.Code != 200 || got.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(got.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("app.css: %d %v", got.Code, got.Header())
	}
	if got.Body.Len() > 14<<10 {
		t.Errorf("the sheet weighs %d bytes packed", got.Body.Len())
	}
	plain := w.get(a.path("app.css")).Body.String()
	for name := range a.hashed {
		if strings.Contains(plain, `url("`+name+`")`) {
			t.Errorf("the sheet names %s without its hash", name)
		}
	}
	if strings.Count(plain, `url("/assets/`) != 6 {
		t.Errorf("the sheet names %d faces, want 6", strings.Count(plain, `url("/assets/`))
	}
	if w.get("/assets/app.css").Code != 404 {
		t.Error("a name without a hash is served")
	}
}

func TestCrisisHelpNeedsNothing(t *testing.T) {
	w := newWorld(t, func(c *Config) {
		c.Session = func(http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				http.Error(w, "the database is away", http.StatusServiceUnavailable)
			})
		}
	})
	if w.get("/open").Code != 503 {
		t.Fatal("the session is not in the way of other pages: this test shows nothing")
	}
	for _, path := range []string{"/crisis", "/crisis/us", "/crisis/XX..", "/leave", "/healthz"} {
		if got := w.get(path).Code; got >= 400 {
			t.Errorf("%s needs the session: %d", path, got)
		}
	}
	if body := w.get("/crisis").Body.String(); !strings.Contains(body, `href="tel:911"`) || !strings.Contains(body, `href="sms:988"`) {
		t.Error("crisis help has no number to press")
	}
}

func TestLeave(t *testing.T) {
	w := newWorld(t, nil)
	got := w.get("/leave")
	if got.Code != 303 || got.Header().Get("Location") != "https://weather.example/" || w.left != 1 {
		t.Errorf("leave: %d to %q, left %d", got.Code, got.Header().Get("Location"), w.left)
	}
	r := httptest.NewRequest("GET", "/leave", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if w.do(r); w.left != 1 {
		t.Error("another site can end a session")
	}
	w.signed = &page.Signed{Name: "Blue", Role: "participant"}
	body := w.get("/").Body.String()
	if !strings.Contains(body, `<title>Your page</title>`) || !strings.Contains(body, `href="/leave" rel="noreferrer nofollow"`) {
		t.Error("a participant's page is not neutral or has no way to leave")
	}
	if !strings.Contains(body, "does not clear what the browser remembers") {
		t.Error("it does not say what leaving does not do")
	}
}

// TestLeaveWaitsForNothing leaves while ending the session hangs.
func TestLeaveWaitsForNothing(t *testing.T) {
	hangs, ended := make(chan struct{}), make(chan struct{})
	w := newWorld(t, func(c *Config) {
		c.Left = func(rw http.ResponseWriter, r *http.Request) {
			<-hangs
			rw.Header().Set("Set-Cookie", "late")
			rw.WriteHeader(500)
			if r.Context().Err() == nil {
				close(ended)
			}
		}
	})
	s := httptest.NewServer(w.server)
	defer s.Close()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	got, err := client.Get(s.URL + "/leave")
	if err != nil || got.StatusCode != 303 {
		t.Fatalf("%v %v", got, err)
	}
	got.Body.Close()
	client.CloseIdleConnections()
	close(hangs)
	<-ended
}

func TestMetricsOnlyHere(t *testing.T) {
	w := newWorld(t, nil)
	w.get("/ask/secret-token")
	ask := func(host, remote, via string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "http://"+host+"/metrics", nil)
		r.RemoteAddr = remote
		if via != "" {
			r.Header.Set("X-Forwarded-For", via)
		}
		return w.do(r)
	}
	here := ask("127.0.0.1:8080", "127.0.0.1:5555", "")
	if here.Code != 200 || !strings.Contains(here.Body.String(), `pattern="GET /ask/{token}"`) {
		t.Errorf("metrics here: %d", here.Code)
	}
	if strings.Contains(here.Body.String(), "secret-token") {
		t.Error("metrics hold a link")
	}
	for _, far := range []*httptest.ResponseRecorder{
		ask("127.0.0.1:8080", "10.0.0.9:5555", ""), ask("help.example", "127.0.0.1:5555", ""), ask("127.0.0.1", "127.0.0.1:5", "10.0.0.9"),
	} {
		if far.Code != 404 {
			t.Errorf("metrics from afar: %d", far.Code)
		}
	}
}

func TestReady(t *testing.T) {
	away := errors.New("away")
	w := newWorld(t, func(c *Config) { c.Ready = func(context.Context) error { return away } })
	if got := w.get("/readyz"); got.Code != 503 || strings.Contains(got.Body.String(), "away") {
		t.Errorf("not ready: %d %s", got.Code, got.Body)
	}
	if w.get("/healthz").Code != 200 {
		t.Error("not ready is not healthy")
	}
}

func TestBigBodiesAreRefused(t *testing.T) {
	w := newWorld(t, nil)
	r := httptest.NewRequest("POST", "http://localhost/language", io.LimitReader(strings.NewReader(strings.Repeat("a", maxBody+2)), maxBody+2))
	r.ContentLength = maxBody + 2
	if got := w.do(r); got.Code != 413 || !strings.Contains(got.Body.String(), "too much to send at once") {
		t.Errorf("a body over the limit: %d", got.Code)
	}
	if got := w.post("/language", url.Values{"lang": {"es"}, "back": {"/" + strings.Repeat("a", page.MaxForm)}}); got.Code != 413 {
		t.Errorf("a form over the limit: %d", got.Code)
	}
}
