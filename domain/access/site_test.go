package access

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"

	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/pagetest"
	"alongside/platform/page/ui"
)

// site serves the pages of a world with a bare frame.
type site struct {
	*world
	url string
}

func (w *world) site() site {
	w.Helper()
	web := &Web{S: w.Service}
	mux := http.NewServeMux()
	for _, r := range web.Routes() {
		mux.Handle(r.Method+" "+r.Pattern, w.served(r))
	}
	mux.Handle("GET /{$}", w.served(module.Route{Serve: func(rw http.ResponseWriter, r *http.Request) error {
		return page.Show(rw, r, page.Doc{Title: "first page"})
	}}))
	s := httptest.NewServer(w.Middleware(mux))
	w.Cleanup(s.Close)
	home := strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	w.Origin = func() string { return home }
	return site{w, home}
}

// served does for a route what the web around it does.
func (w *world) served(route module.Route) http.Handler {
	set := pagetest.Setting(w.T, i18n.English, i18n.Source{Prefix: "access", FS: Words()}, ui.Words())
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		v := *set.View
		v.Now, v.Path = w.clk.Now(), r.URL.Path
		who, in := Current(r.Context())
		if in {
			v.Signed = &page.Signed{Name: who.Name, Role: who.Role}
		}
		r = r.WithContext(page.With(r.Context(), page.Setting{View: &v, Shell: set.Shell, Log: slog.New(slog.NewTextHandler(w.log, nil))}))
		var err error
		switch {
		case route.Access == module.SignedIn && !in:
			err = page.Back(rw, r, "/sign-in")
		case route.Access == module.SignedIn && w.AllowRoute(r.Context(), route.Action) != nil:
			err = w.AllowRoute(r.Context(), route.Action)
		default:
			err = route.Serve(rw, r)
		}
		page.Answer(rw, r, err)
	})
}

// browser is someone with a browser of their own, without JavaScript.
type browser struct {
	site
	jar    *cookiejar.Jar
	client *http.Client
}

func (s site) browser() *browser {
	s.Helper()
	jar, err := cookiejar.New(nil)
	s.must(err)
	return &browser{s, jar, &http.Client{Jar: jar}}
}

// shows is what a browser shows after a request.
type shows struct {
	path   string
	status int
	body   string
}

func (b *browser) get(path string) shows {
	b.Helper()
	r, err := b.client.Get(b.url + path)
	b.must(err)
	return b.shows(r)
}

func (b *browser) post(path string, kv ...string) shows {
	b.Helper()
	form := url.Values{page.ActField: {page.NewAct(b.clk.Now())}}
	for i := 0; i+1 < len(kv); i += 2 {
		if kv[i] == page.ActField {
			form.Del(kv[i])
		}
		form.Add(kv[i], kv[i+1])
	}
	r, err := b.client.PostForm(b.url+path, form)
	b.must(err)
	return b.shows(r)
}

func (b *browser) shows(r *http.Response) shows {
	b.Helper()
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	b.must(err)
	return shows{r.Request.URL.Path, r.StatusCode, string(body)}
}

// alike is a page without what differs between any two: the act of its form.
func (s shows) alike() string {
	act := regexp.MustCompile(`name="act" value="[^"]*"`)
	return act.ReplaceAllString(s.body, "")
}

func (s shows) says(w *world, words ...string) {
	w.Helper()
	for _, word := range words {
		if !strings.Contains(s.body, word) {
			w.Errorf("%s (%d) does not say %q:\n%s", s.path, s.status, word, s.body)
		}
	}
}

func (b *browser) cookie() string {
	u, err := url.Parse(b.url)
	b.must(err)
	for _, c := range b.jar.Cookies(u) {
		if c.Name == plainCookie {
			return c.Value
		}
	}
	return ""
}

func (b *browser) wear(token string) {
	u, err := url.Parse(b.url)
	b.must(err)
	b.jar.SetCookies(u, []*http.Cookie{{Name: plainCookie, Value: token, Path: "/"}})
}
