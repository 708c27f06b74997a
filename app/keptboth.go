package app

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
)

// keepsBoth is a domain whose forms, sent a second time with other words under
// one act, are both kept: the first where it belongs, the second sealed on "What
// came late", for whoever wrote it.
func (a *App) keepsBoth(m module.Module) module.Module {
	m.Routes = slices.Clone(m.Routes)
	for i, r := range m.Routes {
		if r.Method == http.MethodPost && r.Access == module.SignedIn {
			m.Routes[i].Serve = a.keepOther(r.Serve)
		}
	}
	return m
}

// keepOther keeps a form that its page found to be another than the one before.
// Whoever has no such page gets the answer as it was.
func (a *App) keepOther(serve page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := serve(w, r)
		if !errs.Is(err, errs.Conflict) || page.SorryFor(err).Say != "error.old-form" {
			return err
		}
		kept := a.Outbox.Keep(r.Context(), r.URL.Path, r.PostForm)
		if errs.Is(kept, errs.Denied) || errs.Is(kept, errs.Invalid) {
			return err
		}
		if kept != nil {
			return kept
		}
		return errs.New(errs.Conflict, "app: both are kept", "outbox.both-kept")
	}
}

// adviceAbout is whom the advice of a path is about; NotFound when it is about
// nobody.
func (a *App) adviceAbout(tx *db.Tx, path []string) (ref.Person, error) {
	if len(path) == 4 && path[1] == "advice" {
		return a.Bridge.AdviceAbout(tx, ref.Advice(path[2]))
	}
	return "", errs.New(errs.NotFound, "app: a form about nobody", "")
}

// ofBridge reports whether a path is one of those pages.
func ofBridge(path string) bool {
	last := path[strings.LastIndex(path, "/")+1:]
	return strings.HasPrefix(path, "/advice") || strings.HasPrefix(path, "/cards") || slices.Contains([]string{"notes", "advice", "cards"}, last)
}

// ofDoor reports whether a path is one on which something leaves, or is held,
// without the person's yes.
func ofDoor(path string) bool {
	return strings.HasPrefix(path, "/emergency/") || path == "/demands" || strings.HasPrefix(path, "/agreements/")
}

// bridgeSays are the words of such a form, and none of its ids.
func bridgeSays(form url.Values) []string {
	var out []string
	for name, values := range form {
		words := strings.TrimSpace(strings.Join(values, ", "))
		if !slices.Contains([]string{page.ActField, "written", "recipient", "read", "tell", "person", "decider"}, name) && words != "" {
			out = append(out, words)
		}
	}
	slices.Sort(out)
	return out
}
