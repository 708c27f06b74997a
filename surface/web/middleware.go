package web

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/id"
	"alongside/platform/page"
)

// maxBody is the most any request may carry; a form is held to less.
const maxBody = 1 << 20

// framed gives the request its view, in the language and theme asked for, and
// answers what falls over.
func (w *Web) framed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		v := w.view(r)
		r = r.WithContext(page.With(r.Context(), page.Setting{View: v, Shell: w.shell, Log: w.Log, Buffers: &w.buffers}))
		if r.ContentLength > maxBody {
			page.Answer(rw, r, &errs.Error{Kind: errs.Invalid, Op: "web: body", Err: &http.MaxBytesError{Limit: maxBody}})
			return
		}
		r.Body = http.MaxBytesReader(rw, r.Body, maxBody)
		defer caught(rw, r)
		next.ServeHTTP(rw, r)
	})
}

// caught answers a panic as an internal error. Its value may hold anything, so
// only its type and the stack are logged.
func caught(w http.ResponseWriter, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler { //nolint:errorlint // net/http panics with this very value
		panic(p)
	}
	page.Answer(w, r, errs.New(errs.Internal, fmt.Sprintf("web: panic of %T\n%s", p, debug.Stack()), ""))
}

func (w *Web) view(r *http.Request) *page.View {
	lang := langOf(r)
	return &page.View{
		Words: w.Words.In(lang), Lang: lang, Theme: themeOf(r),
		Now: w.Clock.Now(), Path: r.URL.Path, Ref: id.Secret(5),
		Crisis: w.Crisis(""),
	}
}

func (w *Web) session(next http.Handler) http.Handler {
	if w.Session == nil {
		return next
	}
	return w.Session(next)
}

// known fills the view with who is there.
func (w *Web) known(next http.Handler) http.Handler {
	if w.Visitor == nil {
		return next
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		v := page.From(r.Context())
		w.speak(r, v)
		who := w.Visitor(r.Context())
		v.Signed, v.Org, v.Zone, v.Menu = who.Signed, who.Org, who.Zone, who.Menu
		if who.Country != "" {
			v.Country, v.Crisis = who.Country, w.Crisis(who.Country)
		}
		next.ServeHTTP(rw, r)
	})
}

// speak turns the view to the language of who is there, unless another was chosen on
// this phone.
func (w *Web) speak(r *http.Request, v *page.View) {
	if _, chosen := chosenLang(r); chosen || w.Speaks == nil {
		return
	}
	if l, ok := spoken(w.Speaks(r.Context())); ok {
		v.Lang, v.Words = l, w.Words.In(l)
	}
}

// sameSite refuses a form that another site made the browser send.
func sameSite(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(serve(func(http.ResponseWriter, *http.Request) error {
		return errs.New(errs.Invalid, "web: a form from another site", "error.elsewhere")
	}))
	return guard.Handler(next)
}

// langOf is the language of the cookie, else what the browser asks for. Who is signed
// in may have another one: known.
func langOf(r *http.Request) i18n.Lang {
	if l, ok := chosenLang(r); ok {
		return l
	}
	return i18n.Match(r.Header.Get("Accept-Language"))
}

// chosenLang is the language that was chosen on this phone, until the browser closes.
func chosenLang(r *http.Request) (i18n.Lang, bool) {
	c, err := r.Cookie("lang")
	if err != nil {
		return "", false
	}
	return spoken(c.Value)
}

func spoken(value string) (i18n.Lang, bool) {
	for _, l := range i18n.Langs() {
		if string(l) == value {
			return l, true
		}
	}
	return i18n.English, false
}

// themeOf is the theme of the cookie; "" is what the device prefers.
func themeOf(r *http.Request) string {
	if c, err := r.Cookie("theme"); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return ""
}
