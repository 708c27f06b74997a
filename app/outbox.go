package app

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"alongside/domain/access"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/outbox"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
)

// makeOutbox makes what takes in the outboxes of phones.
func (a *App) makeOutbox() {
	a.forms = sync.OnceValue(a.later)
	a.Outbox = outbox.New(outbox.Deps{
		DB: a.DB, Clock: a.Clock, People: people.New(), Allow: a.Access.Allow, Names: a.Access.Names, Near: a.around,
		Writes: a.writes, Open: a.Access.Open, About: a.formAbout, Play: a.play,
	})
}

// writes reports whether an account still holds a role that works with people.
func (a *App) writes(tx *db.Tx, who ref.Account) (bool, error) {
	for _, role := range []string{access.Peer, access.Supervisor, access.Coordinator} {
		holders, err := a.Access.Holders(tx, role)
		if err != nil || slices.Contains(holders, who) {
			return err == nil, err
		}
	}
	return false, nil
}

// formAbout is whom a form is about, by the page it was written for.
func (a *App) formAbout(tx *db.Tx, path string) (ref.Person, error) {
	part := strings.Split(path, "/")
	if len(part) == 4 && part[1] == "followups" {
		return a.Handoffs.About(tx, ref.Handoff(part[2]))
	}
	if len(part) >= 4 && part[1] == "walk" || len(part) == 3 && part[1] == "emergency" {
		return ref.Person(part[2]), nil
	}
	if len(part) != 4 || part[1] != "handoff" {
		return a.adviceAbout(tx, part)
	}
	return a.Handoffs.About(tx, ref.Handoff(part[2]))
}

// play hands a form to its page, as if it had been sent there now by whoever is
// signed in, and says what became of it.
func (a *App) play(ctx context.Context, path string, form url.Values) (state, why string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", "", errs.New(errs.Invalid, "app: a form for no page", "")
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var out played
	a.forms().ServeHTTP(&out, r)
	switch {
	case path == engagement.LaterPath && errs.Is(out.err, errs.NotFound):
		return outbox.Taken, "", nil // the line has gone: there is nothing left to put off
	case out.err != nil:
		return "", page.ProblemFrom(page.From(ctx), out.err).Say, out.err
	case out.status == http.StatusSeeOther:
		return outbox.Taken, "", nil
	case out.status == http.StatusConflict:
		return outbox.Apart, "", nil
	}
	return outbox.Needs, strings.Join(out.lacks, " "), nil
}

// later are the forms of the program; those that may not be sent later are not
// there. What answers is a played.
func (a *App) later() http.Handler {
	mux := http.NewServeMux()
	for _, m := range a.Modules {
		for _, route := range m.Routes {
			if route.Method == http.MethodPost {
				mux.HandleFunc("POST "+route.Pattern, func(w http.ResponseWriter, r *http.Request) { fail(w, a.playAt(route, w, r)) })
			}
		}
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, errs.New(errs.NotFound, "app: no such page", ""))
	})
	return mux
}

func fail(w http.ResponseWriter, err error) {
	if p, ok := w.(*played); ok {
		p.err = err
	}
}

func (a *App) playAt(route module.Route, w http.ResponseWriter, r *http.Request) error {
	if !route.Offline || route.Access != module.SignedIn {
		return errs.New(errs.Invalid, "app: not to be sent later", "")
	}
	if err := a.Access.AllowRoute(r.Context(), route.Action); err != nil {
		return err
	}
	return route.Serve(w, r)
}

// played is an answer of which only the status is wanted.
type played struct {
	header http.Header
	status int
	err    error
	lacks  []string // what a form lacked, in words
}

// Tell notes what a form lacked.
func (p *played) Tell(lacks []page.Problem) {
	for _, l := range lacks {
		p.lacks = append(p.lacks, strings.TrimSpace(l.Label+" "+l.Say))
	}
}

// Header takes headers and keeps them to itself.
func (p *played) Header() http.Header {
	if p.header == nil {
		p.header = http.Header{}
	}
	return p.header
}

// Write takes everything.
func (p *played) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader notes the status.
func (p *played) WriteHeader(status int) { p.status = status }

// outboxSays puts what was written into lines.
func outboxSays(v *page.View, path string, form url.Values) []string {
	if ofBridge(path) || ofDoor(path) {
		return bridgeSays(form)
	}
	if strings.HasPrefix(path, "/walk/") {
		return engagement.ReadBack(v, path, form)
	}
	if path == engagement.LaterPath {
		return engagement.LaterBack(v, form)
	}
	return handoff.ReadBack(v, path, form)
}

// outboxLines is what came late and needs its writer, as a line of their day.
type outboxLines struct{ app *App }

// Lines lists it.
func (s outboxLines) Lines(tx *db.Tx) ([]engagement.Item, error) {
	n, err := s.app.Outbox.Count(tx)
	if err != nil || n == 0 {
		return nil, err
	}
	return []engagement.Item{{Key: "outbox", Rank: engagement.Promise, At: tx.Now(), Why: "outbox", Count: n, Path: "/kept"}}, nil
}
