package handoff

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
	"alongside/platform/scope"
)

func (web *Web) overviewRoutes() []module.Route {
	work := func(method, pattern, action string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: action, Serve: serve}
	}
	return []module.Route{
		work("GET", "/overview", "handoff.overview", web.overviewPage),
		work("GET", "/overview/live", "handoff.overview", web.overviewLive),
		work("GET", "/overview/courses", "handoff.overview", web.coursesPage),
		work("POST", "/overview/told/{handoff}/{peer}", "handoff.tell", web.told),
		work("GET", "/overview/peers", "handoff.workload", web.loadsPage),
		work("GET", "/overview/peers/{account}", "handoff.workload", web.carriedPage),
		work("POST", "/overview/peers/{account}", "handoff.workload", web.reassign),
		work("GET", "/figures", "handoff.figures", web.figuresPage),
	}
}

func (web *Web) overview(ctx context.Context) (overviewForm, error) {
	o, err := web.S.Overview(ctx)
	f := overviewForm{Overview: o, Act: page.NewAct(o.At), Loads: roleOf(ctx) == "supervisor"}
	if err == nil && web.Caring != nil {
		f.Cares, err = web.Caring.Cares(ctx)
	}
	return f, err
}

func roleOf(ctx context.Context) string {
	sc, _ := scope.From(ctx)
	return sc.Role
}

func (web *Web) overviewPage(w http.ResponseWriter, r *http.Request) error {
	f, err := web.overview(r.Context())
	if err != nil {
		return err
	}
	return page.Show(w, r, overviewDoc(page.From(r.Context()), f))
}

func (web *Web) overviewLive(w http.ResponseWriter, r *http.Request) error {
	v := page.From(r.Context())
	return web.stream(w, r, func(ctx context.Context) (page.Event, error) {
		f, err := web.overview(ctx)
		if err != nil {
			return page.Event{Name: page.EventOver}, nil //nolint:nilerr // whatever it is, the stream ends and the browser asks anew
		}
		v.Now = f.At
		return page.Part(ctx, overviewPart(v, f))
	})
}

func (web *Web) coursesPage(w http.ResponseWriter, r *http.Request) error {
	list, err := web.S.Courses(r.Context())
	if err != nil {
		return err
	}
	return page.Show(w, r, coursesDoc(page.From(r.Context()), list))
}

func (web *Web) told(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.acted(w, r); err != nil {
		return err
	}
	if err := web.S.Told(r.Context(), ref.Handoff(r.PathValue("handoff")), ref.Account(r.PathValue("peer"))); err != nil {
		return err
	}
	return page.Back(w, r, "/overview")
}

func (web *Web) loadsPage(w http.ResponseWriter, r *http.Request) error {
	list, err := web.S.Loads(r.Context())
	if err != nil {
		return err
	}
	handed, _ := strconv.Atoi(r.URL.Query().Get("handed")) // how many were handed over by the form that leads here
	return page.Show(w, r, loadsDoc(page.From(r.Context()), loadsForm{List: list, Handed: handed}))
}

func (web *Web) carriedPage(w http.ResponseWriter, r *http.Request) error {
	return web.showCarried(w, r, carriedForm{})
}

func (web *Web) showCarried(w http.ResponseWriter, r *http.Request, f carriedForm) error {
	c, err := web.S.CarriedBy(r.Context(), ref.Account(r.PathValue("account")))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.Carried, f.Act = c, page.NewAct(v.Now)
	return page.Show(w, r, carriedDoc(v, f))
}

func (web *Web) reassign(w http.ResponseWriter, r *http.Request) error {
	in, err := web.acted(w, r)
	if err != nil {
		return err
	}
	chosen := chosenOf(r.PostForm)
	err = web.S.Reassign(r.Context(), chosen, in)
	if errs.Is(err, errs.Invalid) {
		p, _ := ui.ProblemOf(page.From(r.Context()), err)
		return web.showCarried(w, r, carriedForm{Chosen: r.PostForm["handoffs"], To: in.NewPeer, Problems: []page.Problem{p}})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/overview/peers?handed="+strconv.Itoa(len(chosen)))
}

// allOfThem is the choice of everyone whom the page shows.
const allOfThem = "all"

// chosenOf are the hand-offs that were chosen; all of them are those that the page
// showed, not who came since.
func chosenOf(form url.Values) []ref.Handoff {
	chosen := form["handoffs"]
	if slices.Contains(chosen, allOfThem) {
		chosen = form["shown"]
	}
	list := make([]ref.Handoff, len(chosen))
	for i, h := range chosen {
		list[i] = ref.Handoff(h)
	}
	return list
}

// figuresPage shows a period. Who does not answer for the work sees whole
// quarters only, and nothing that is about one to ten people.
func (web *Web) figuresPage(w http.ResponseWriter, r *http.Request) error {
	sc, _ := scope.From(r.Context())
	zone := web.Zone(r.Context(), sc.Tenant)
	v := page.From(r.Context())
	f := figuresForm{Veiled: !leads(sc.Role), Periods: quarters(v.Now.In(zone))}
	if !f.Veiled {
		f.Periods = append([]Period{recent(v.Now)}, f.Periods...)
	}
	chosen := f.Periods[0]
	for _, p := range f.Periods {
		if p.Of == r.URL.Query().Get("of") {
			chosen = p
		}
	}
	var err error
	f.Of = chosen.Of
	f.Figures, err = web.S.Figures(r.Context(), chosen.From, chosen.To, zone)
	if err != nil {
		return err
	}
	return page.Show(w, r, figuresDoc(v, f))
}
