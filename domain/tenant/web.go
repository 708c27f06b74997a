package tenant

import (
	"net/http"
	"net/url"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
	"alongside/platform/scope"
)

// Web is the page on which an administrator sees, and decides, which law binds the
// organisation and by which clock it goes. It shows nothing about a person.
type Web struct {
	S     *Service
	Names func(*db.Tx, []ref.Account) (map[ref.Account]string, error) // work names
}

// home is where the page is.
const home = "/organisation"

func (web *Web) routes() []module.Route {
	to := func(method, pattern string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "tenant.settings", Serve: serve}
	}
	return []module.Route{
		to("GET", home, web.settingsPage),
		to("POST", home+"/law", web.law),
		to("POST", home+"/minors", web.minors),
		to("POST", home+"/clock", web.clock),
	}
}

// settings is the page as it is shown: what is so, and what was typed into a form that
// was refused.
type settings struct {
	Tenant
	Rulings  []Ruling // newest first
	Minors   Minors   // what was said last
	Names    map[ref.Account]string
	Law      Ruling // as typed
	Signing  Minors // as typed
	Clock    string // as typed
	Problems []page.Problem
}

func (web *Web) settingsPage(w http.ResponseWriter, r *http.Request) error {
	return web.show(w, r, settings{})
}

func (web *Web) show(w http.ResponseWriter, r *http.Request, f settings) error {
	t, err := here(r)
	if err != nil {
		return err
	}
	if f.Tenant, err = web.S.Get(r.Context(), t); err != nil {
		return err
	}
	if f.Rulings, err = web.S.Rulings(r.Context(), t); err != nil {
		return err
	}
	err = web.S.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if f.Minors, err = MinorsOf(tx); err == nil {
			f.Names, err = web.Names(tx, f.deciders())
		}
		return err
	})
	if err != nil {
		return err
	}
	return page.ShowWith(w, r, settingsDoc(page.From(r.Context()), f), f.Problems)
}

// here is the organisation of whoever asks.
func here(r *http.Request) (ref.Tenant, error) {
	sc, ok := scope.From(r.Context())
	if !ok {
		return "", errs.New(errs.NotFound, "tenant: settings", "")
	}
	return ref.Tenant(sc.Tenant), nil
}

func (f settings) deciders() (out []ref.Account) {
	for _, r := range f.Rulings {
		out = append(out, ref.Account(r.By))
	}
	return append(out, ref.Account(f.Minors.By))
}

func (web *Web) law(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	var f settings
	f.Problems = ui.ProblemsIn(page.From(r.Context()), Rulings(), Rulings().Parse(form, &f.Law))
	return web.decide(w, r, f, func(t ref.Tenant) error {
		return web.S.ruleAfter(r.Context(), t, readIn(form), f.Law.Regime, f.Law.Why)
	})
}

// lastRead is the field that says which decision stood on the page as the last one.
const lastRead = "last"

func readIn(form url.Values) *string {
	if !form.Has(lastRead) {
		return nil
	}
	last := form.Get(lastRead)
	return &last
}

func (web *Web) minors(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	var f settings
	f.Problems = ui.ProblemsIn(page.From(r.Context()), MinorsRecord(), MinorsRecord().Parse(form, &f.Signing))
	return web.decide(w, r, f, func(t ref.Tenant) error {
		return web.S.ruleMinorsAfter(r.Context(), t, readIn(form), f.Signing.Signs, f.Signing.Says)
	})
}

func (web *Web) clock(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	f := settings{Clock: form.Get("zone")}
	return web.decide(w, r, f, func(t ref.Tenant) error { return web.S.SetZone(r.Context(), t, f.Clock) })
}

// decide does what a form asks, or shows the form again with what is wrong in it.
func (web *Web) decide(w http.ResponseWriter, r *http.Request, f settings, do func(ref.Tenant) error) error {
	t, err := here(r)
	if err != nil {
		return err
	}
	if len(f.Problems) == 0 {
		if f.Problems, err = page.Mendable(r, do(t)); err != nil {
			return err
		}
	}
	if len(f.Problems) > 0 {
		return web.show(w, r, f)
	}
	return page.Back(w, r, home)
}
