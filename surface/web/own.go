package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"alongside/platform/errs"
	"alongside/platform/page"
)

// ownPages are the pages that work without a session or a database.
func (w *Web) ownPages() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /crisis", serve(w.inLang(w.crisis)))
	mux.Handle("GET /crisis/{country}", serve(w.inLang(w.crisis)))
	mux.Handle("GET /offline", serve(w.inLang(w.offline)))
	mux.Handle("GET /offline/{country}", serve(w.inLang(w.offline)))
	mux.Handle("POST /language", serve(w.language))
	mux.Handle("POST /theme", serve(w.theme))
	mux.Handle("/", serve(nowhere))
	return sameSite(mux)
}

// crisis shows who to call. The numbers are data of the country.
func (w *Web) crisis(rw http.ResponseWriter, r *http.Request) error {
	return page.Show(rw, r, crisisDoc(w.in(r)))
}

// in is the view with the numbers of the country that the address names.
func (w *Web) in(r *http.Request) *page.View {
	v := page.From(r.Context())
	if c := r.PathValue("country"); isCountry(c) {
		v.Country, v.Crisis = c, w.Crisis(c)
	}
	return v
}

func isCountry(c string) bool {
	return len(c) == 2 && c[0] >= 'a' && c[0] <= 'z' && c[1] >= 'a' && c[1] <= 'z'
}

func crisisDoc(v *page.View) page.Doc {
	return page.Doc{Title: v.T("shell.crisis-title"), Body: crisisPage(v), Leave: true, Narrow: true, Phone: true}
}

func (w *Web) language(rw http.ResponseWriter, r *http.Request) error {
	return w.keep(rw, r, "lang", func(value string) bool {
		_, ok := spoken(value)
		return ok
	})
}

func (w *Web) theme(rw http.ResponseWriter, r *http.Request) error {
	return w.keep(rw, r, "theme", lit)
}

// keep puts a choice into a cookie and goes back to where it was made, which is
// always one of our own pages. It lasts until the browser closes, because the
// device may be shared.
func (w *Web) keep(rw http.ResponseWriter, r *http.Request, name string, good func(string) bool) error {
	form, err := page.Form(rw, r)
	if err != nil {
		return err
	}
	value := form.Get(name)
	if !good(value) {
		return errs.At("web: keep", name, "error.pick-one")
	}
	w.choose(rw, name, value)
	return page.Back(rw, r, page.OwnOr(form.Get("back"), "/"))
}

// turned is for a form that is sent only to be shown again in another language or
// light: the choice counts from this answer on.
func (w *Web) turned(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if q, v := r.URL.Query(), page.From(r.Context()); r.Method == http.MethodPost && page.Turned(r) {
			if l, ok := spoken(q.Get("lang")); ok {
				v.Lang, v.Words = l, w.Words.In(l)
				w.choose(rw, "lang", string(l))
			}
			if theme := q.Get("theme"); q.Has("theme") && lit(theme) {
				v.Theme = theme
				w.choose(rw, "theme", theme)
			}
		}
		next.ServeHTTP(rw, r)
	})
}

// forgets lets the language go that was chosen on this phone, when somebody signs out:
// the next who holds it may speak another, or not be meant to learn of this one.
func (w *Web) forgets(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Path == w.SignOut {
			w.choose(rw, "lang", "")
		}
		next.ServeHTTP(rw, r)
	})
}

func lit(theme string) bool { return theme == "" || theme == "light" || theme == "dark" }

// choose puts a choice into a cookie.
func (w *Web) choose(rw http.ResponseWriter, name, value string) {
	cookie := &http.Cookie{
		Name: name, Value: value, Path: "/", HttpOnly: true, Secure: w.Secure, SameSite: http.SameSiteLaxMode,
	}
	if value == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(rw, cookie)
}

// leave sends the browser away at once and only then does what takes time. When
// the press was made on one of our own pages the session ends too.
func (w *Web) leave(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("Location", w.LeaveTo)
	rw.Header().Set("Content-Length", "0")
	site := r.Header.Get("Sec-Fetch-Site")
	ours := site == "" || site == "same-origin" || site == "none"
	if ours {
		w.choose(rw, "lang", "")
	}
	rw.WriteHeader(http.StatusSeeOther)
	_ = http.NewResponseController(rw).Flush()
	if w.Left != nil && ours {
		w.Left(&nowhereWriter{}, r.WithContext(context.WithoutCancel(r.Context())))
	}
}

// home is the first page: what this is, or where one can go.
func (w *Web) home(rw http.ResponseWriter, r *http.Request) error {
	v := page.From(r.Context())
	if w.Landing != nil {
		if path := w.Landing(v); path != "" {
			return page.Back(rw, r, path)
		}
	}
	var first templ.Component
	if w.First != nil && v.Signed != nil {
		first = w.First(r.Context())
	}
	return page.Show(rw, r, homeDoc(v, w.SignIn, first))
}

func homeDoc(v *page.View, signIn string, first templ.Component) page.Doc {
	if v.Signed == nil {
		return page.Doc{Title: v.T("shell.home-title"), Body: welcome(v, signIn), Leave: true, Narrow: true}
	}
	kind := page.Worker
	if strings.EqualFold(v.Signed.Role, "participant") {
		kind = page.Participant
	}
	return page.Doc{Title: v.T("shell.name"), Kind: kind, Body: homeFor(v, first), Narrow: true}
}
