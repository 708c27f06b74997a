package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
)

// What the program puts on phones, for when there is no network: the service
// worker, and for workers' pages a name and an icon to be installed by.

// offline reports whether there is anything that a phone may keep.
func offline(modules []module.Module) bool {
	return slices.ContainsFunc(modules, func(m module.Module) bool {
		return slices.ContainsFunc(m.Routes, func(r module.Route) bool { return r.Offline })
	})
}

// worker serves the service worker in one piece: what it must know, what it
// shares with the pages, what it does without a network, and notifications. It
// lies at the root, because a worker may look after no more than what lies
// beside and below it.
func (w *Web) worker() http.Handler {
	return serve(func(rw http.ResponseWriter, _ *http.Request) error {
		code, err := w.workerCode()
		if err != nil {
			return errs.Wrap("web: service worker", err)
		}
		rw.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		_, err = rw.Write(code)
		return err
	})
}

func (w *Web) workerCode() ([]byte, error) {
	rests, never := resting(w.Modules)
	shell := w.shellFiles()
	var code bytes.Buffer
	for _, name := range []string{"pocket", "offline", "sw"} {
		body, err := files.ReadFile("assets/js/" + name + ".js")
		if err != nil {
			return nil, err
		}
		code.Write(body)
	}
	sum := sha256.Sum256(append(code.Bytes(), strings.Join(shell, " ")...))
	var out bytes.Buffer
	out.WriteString("\"use strict\";\n")
	for _, c := range []struct {
		name  string
		value any
	}{{"SHELL", shell}, {"VERSION", hex.EncodeToString(sum[:6])}, {"RESTS", rests}, {"NEVER", never}, {"POLICY", policy}} {
		value, err := json.Marshal(c.value)
		if err != nil {
			return nil, err
		}
		out.WriteString("const " + c.name + " = " + string(value) + ";\n")
	}
	out.Write(code.Bytes())
	return out.Bytes(), nil
}

// shellFiles are the files and pages that are at hand without a network, for
// everyone. None of them knows anybody.
func (w *Web) shellFiles() []string {
	var out []string
	for name := range w.assets.byName {
		out = append(out, name)
	}
	slices.Sort(out)
	for _, l := range i18n.Langs() {
		out = append(out, "/crisis?lang="+string(l), "/offline?lang="+string(l), "/offline?lang="+string(l)+"&out=yes")
	}
	return out
}

// resting lists the forms that may be sent later, and those that look like one
// of them and may not.
func resting(modules []module.Module) (rests, never []string) {
	rests, never = []string{}, []string{}
	for _, m := range modules {
		for _, r := range m.Routes {
			switch {
			case r.Method != http.MethodPost:
			case r.Offline:
				rests = append(rests, r.Pattern)
			default:
				never = append(never, r.Pattern)
			}
		}
	}
	never = slices.DeleteFunc(never, func(p string) bool {
		return !slices.ContainsFunc(rests, func(q string) bool { return alike(p, q) })
	})
	return rests, never
}

// alike reports whether a path could fit both patterns.
func alike(p, q string) bool {
	a, b := strings.Split(p, "/"), strings.Split(q, "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && !strings.HasPrefix(a[i], "{") && !strings.HasPrefix(b[i], "{") {
			return false
		}
	}
	return true
}

// manifest gives an installed program its name and icon, which say nothing of
// what it is for.
func (w *Web) manifest(rw http.ResponseWriter, _ *http.Request) {
	name := w.Words.In(i18n.English).T("shell.name")
	rw.Header().Set("Content-Type", "application/manifest+json")
	_ = json.NewEncoder(rw).Encode(map[string]any{
		"name": name, "short_name": name, "start_url": "/", "scope": "/", "display": "standalone",
		"background_color": "#FBF7F0", "theme_color": "#FBF7F0",
		"icons": []map[string]string{{"src": w.assets.path("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}},
	})
}

// inLang draws a page in the language its address asks for: a phone keeps each
// of them.
func (w *Web) inLang(next page.Handler) page.Handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		v := page.From(r.Context())
		if l, ok := spoken(r.URL.Query().Get("lang")); ok {
			v.Lang, v.Words = l, w.Words.In(l)
		}
		return next(rw, r)
	}
}

// offline is the page for no network, or for who signed out without one.
func (w *Web) offline(rw http.ResponseWriter, r *http.Request) error {
	v := w.in(r)
	if r.URL.Query().Has("out") {
		return page.Show(rw, r, outDoc(v))
	}
	return page.Show(rw, r, offlineDoc(v))
}

func offlineDoc(v *page.View) page.Doc {
	return page.Doc{Title: v.T("shell.offline-title"), Body: offlinePage(v, v.T("shell.offline-title"), v.T("shell.offline-lead")), Leave: true, Narrow: true}
}

func outDoc(v *page.View) page.Doc {
	return page.Doc{Title: v.T("shell.out-title"), Body: offlinePage(v, v.T("shell.out-title"), v.T("shell.out-lead")), Leave: true, Narrow: true}
}
