package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
)

// mount puts the pages of all modules, the first page and the storybook on mux.
// What is nowhere gets the answer for what is not here.
func (w *Web) mount(mux *http.ServeMux) error {
	for _, m := range w.Modules {
		for _, r := range m.Routes {
			if err := w.route(mux, m.Name, r); err != nil {
				return err
			}
		}
	}
	if err := add(mux, "GET /{$}", serve(w.home)); err != nil {
		return err
	}
	if w.Storybook {
		if err := add(mux, "GET /pages/{name...}", serve(w.storyPage)); err != nil {
			return err
		}
		if err := add(mux, "GET /pages", serve(w.storyIndex)); err != nil {
			return err
		}
	}
	return add(mux, "/", serve(nowhere))
}

func (w *Web) route(mux *http.ServeMux, of string, r module.Route) error {
	name := of + ": " + r.Method + " " + r.Pattern
	switch {
	case r.Serve == nil:
		return fmt.Errorf("route %s serves nothing", name)
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return fmt.Errorf("route %s is neither GET nor POST", name)
	case r.Access != module.Anyone && r.Access != module.ByLink && r.Access != module.SignedIn:
		return fmt.Errorf("route %s does not say who may come", name)
	case r.Access == module.SignedIn && r.Action == "":
		return fmt.Errorf("route %s names no action to decide by", name)
	}
	h := r.Serve
	if r.Access == module.SignedIn {
		h = w.signedIn(r)
	}
	if fresh(r) {
		h = w.streams.few(h)
	}
	if r.Method == http.MethodPost && w.shows(r.Pattern) {
		h = answers(h)
	}
	if r.Unseen {
		return add(mux, r.Method+" "+r.Pattern, unseen(h))
	}
	return add(mux, r.Method+" "+r.Pattern, serve(h))
}

// shows reports whether there is a page at pattern.
func (w *Web) shows(pattern string) bool {
	return slices.ContainsFunc(w.Modules, func(m module.Module) bool {
		return slices.ContainsFunc(m.Routes, func(r module.Route) bool {
			return r.Method == http.MethodGet && r.Pattern == pattern
		})
	})
}

// answers is h for a form that stands on a page of the same path.
func answers(h page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		page.From(r.Context()).Form = page.OwnOr(r.URL.Path, "")
		return h(w, r)
	}
}

// unseen is serve for a page that is not counted.
func unseen(h page.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		uncounted(r)
		serve(h).ServeHTTP(w, r)
	})
}

// add turns the panic of a pattern that is wrong or already taken into words.
func add(mux *http.ServeMux, pattern string, h http.Handler) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("route %s: %v", pattern, p)
		}
	}()
	mux.Handle(pattern, h)
	return nil
}

// serve makes a page handler one of net/http's; errors are answered in one
// place.
func serve(h page.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		noted(r)
		page.Answer(w, r, h(w, r))
	})
}

// signedIn sends who is not signed in to the sign-in page, with the way back,
// and asks policy about who is.
func (w *Web) signedIn(route module.Route) page.Handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		if page.From(r.Context()).Signed == nil {
			if err := w.trouble(r.Context()); err != nil {
				return err
			}
			return page.Back(rw, r, w.SignIn+"?to="+url.QueryEscape(wayBack(r)))
		}
		if w.Authorise == nil {
			return errs.New(errs.Denied, "web: nobody decides "+route.Action, "")
		}
		if err := w.Authorise(r.Context(), route.Action); err != nil {
			return errs.Wrap("web: "+route.Action, err)
		}
		return route.Serve(rw, r)
	}
}

func (w *Web) trouble(ctx context.Context) error {
	if w.Trouble == nil {
		return nil
	}
	return errs.Wrap("web: who comes", w.Trouble(ctx))
}

// wayBack is where someone goes on after signing in. What was posted is not
// kept, so the first page is where they begin again.
func wayBack(r *http.Request) string {
	if r.Method != http.MethodGet {
		return "/"
	}
	return page.OwnOr(r.URL.RequestURI(), "/")
}

func nowhere(http.ResponseWriter, *http.Request) error {
	return errs.New(errs.NotFound, "web: no such page", "")
}
