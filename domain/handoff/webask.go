package handoff

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// askForm is a page for asking as it is shown: empty, or with what was typed
// and what is missing.
type askForm struct {
	Site     Site
	Sites    []Site // to choose from, when a worker types in a call
	Token    string
	Act      string
	Ask      Handoff
	Person   people.Person
	PassOn   string // path of the page for people themselves, for a friend to pass on
	Problems []page.Problem
	Status   int // of a page with problems; 0 is 422
}

// fill reads the questions of the site's door, and only those.
func (f *askForm) fill(v *page.View, form url.Values) {
	d := f.Site.door().whole()
	asks := append(append([]string{}, d.First...), d.More...)
	only := url.Values{}
	for _, column := range asks {
		only[column] = form[column]
	}
	handoffs, persons := Handoffs(), people.Persons()
	problems := handoffs.Parse(only, &f.Ask)
	person := persons.Parse(only, &f.Person)
	f.Problems = append(ui.ProblemsIn(v, handoffs, doorAsks(problems, f.Site)), ui.ProblemsIn(v, persons, doorAsks(person, f.Site))...)
	if say := f.unreachable(); say != "" {
		f.Problems = append(f.Problems, page.Problem{Field: "phone", Say: v.T(say)})
	}
}

// unreachable are the words to say where nobody could find or call the person:
// the family's peer calls, the others come or call.
func (f *askForm) unreachable() string {
	switch {
	case f.Person.Phone != "":
		return ""
	case f.Site.Door == DoorFamily:
		return "handoff.ask.phone-needed"
	case f.Site.Door != DoorPerson && f.Site.Door != doorPhone, f.Ask.Where != "":
		return ""
	}
	return "handoff.ask.phone-or-place"
}

// doorAsks are the problems with questions that the door asks first: what another
// door needs is no problem here.
func doorAsks(problems []field.Problem, site Site) []field.Problem {
	return slices.DeleteFunc(problems, func(p field.Problem) bool {
		return p.Say == "error.needed" && (site.self() || p.Column == "whereabouts" && site.Door == doorPhone || !slices.Contains(site.door().First, p.Column))
	})
}

// site finds the site of the link, and only then lets the page say whose it is:
// what a wrong link shows must not tell one organisation from another.
func (web *Web) site(r *http.Request) (Site, error) {
	site, err := web.S.SiteByLink(r.Context(), r.PathValue("token"))
	if err == nil {
		web.dress(r)
	}
	return site, err
}

func (web *Web) askPage(w http.ResponseWriter, r *http.Request) error {
	site, err := web.site(r)
	if err != nil {
		return err
	}
	return web.showAsk(w, r, askForm{Site: site, Token: r.PathValue("token")})
}

func (web *Web) showAsk(w http.ResponseWriter, r *http.Request, f askForm) error {
	v := page.From(r.Context())
	if f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	if f.Site.Door == DoorFamily {
		link, err := web.S.PassOn(r.Context())
		if err != nil {
			return err
		}
		f.PassOn = link
	}
	d := askDoc(v, f)
	if len(f.Problems) > 0 {
		d.Status = cmp.Or(f.Status, http.StatusUnprocessableEntity)
	}
	return page.Show(w, r, d)
}

// ask takes a form in. Only a page that is shown wears the organisation: most
// forms are answered by the way to the next page.
func (web *Web) ask(w http.ResponseWriter, r *http.Request) error {
	f := askForm{Token: r.PathValue("token")}
	var err error
	if f.Site, err = web.S.SiteByLink(r.Context(), f.Token); err != nil {
		return err
	}
	receipt, err := web.taken(w, r, &f)
	if err == nil && receipt.Before != nil {
		web.dress(r)
		return page.Show(w, r, twiceDoc(page.From(r.Context()), f.Site, receipt))
	}
	if err == nil && len(f.Problems) == 0 && f.Site.Door != DoorTablet {
		if f.Site.self() {
			return page.Back(w, r, "/own/"+receipt.Own)
		}
		return page.Back(w, r, "/asked/"+receipt.Token)
	}
	web.dress(r)
	switch {
	case err != nil:
		return err
	case len(f.Problems) > 0:
		return web.showAsk(w, r, f)
	}
	// Whoever takes the tablet next must not find the page of the one before.
	w.Header().Set("Refresh", "20; url=/ask/"+f.Token)
	return page.Show(w, r, keptDoc(page.From(r.Context()), f, receipt))
}

// taken reads the form into f and asks, unless something in it has to be said
// anew.
func (web *Web) taken(w http.ResponseWriter, r *http.Request, f *askForm) (Receipt, error) {
	form, err := page.Form(w, r)
	if err != nil {
		return Receipt{}, err
	}
	if f.Act, err = page.Act(form); err != nil {
		return Receipt{}, err
	}
	if f.fill(page.From(r.Context()), form); len(f.Problems) > 0 {
		return Receipt{}, nil
	}
	return web.S.Ask(r.Context(), Ask{Handoff: f.Ask, Person: f.Person, Act: f.Act, Site: f.Site.ID})
}

// code opens the status page for a code that the last shift gave. Codes that
// open nothing are counted, and slowed.
func (web *Web) code(w http.ResponseWriter, r *http.Request) error {
	site, err := web.site(r)
	if err != nil {
		return err
	}
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	token, err := web.S.ByCode(r.Context(), site, cut(form.Get("code"), 40))
	v := page.From(r.Context())
	f := askForm{Site: site, Token: r.PathValue("token")}
	switch {
	case errs.Is(err, errs.NotFound):
		f.Problems = []page.Problem{{Field: "code", Say: v.T("handoff.ask.code-none")}}
	case errs.Is(err, errs.TooMany):
		f.Status, f.Problems = http.StatusTooManyRequests, []page.Problem{{Field: "code", Say: v.T("handoff.ask.code-wait")}}
	case err != nil:
		return err
	default:
		return page.Back(w, r, "/asked/"+token)
	}
	return web.showAsk(w, r, f)
}

// phonePage is where a worker types in what someone said on the telephone.
func (web *Web) phonePage(w http.ResponseWriter, r *http.Request) error {
	return web.showPhone(w, r, askForm{Site: Site{Door: doorPhone}})
}

func (web *Web) showPhone(w http.ResponseWriter, r *http.Request, f askForm) error {
	sites, err := web.S.SitesToAskFor(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	if f.Sites = sites; f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	d := phoneDoc(v, f)
	return page.ShowWith(w, r, d, f.Problems)
}

func (web *Web) phone(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	f := askForm{Site: Site{ID: ref.Site(form.Get("site")), Door: doorPhone}}
	if f.Act, err = page.Act(form); err != nil {
		return err
	}
	v := page.From(r.Context())
	f.fill(v, form)
	if f.Site.ID == "" {
		f.Problems = append(f.Problems, page.Problem{Field: "site", Label: v.T("handoff.phone.site"), Say: v.T("error.needed")})
	}
	if len(f.Problems) > 0 {
		return web.showPhone(w, r, f)
	}
	receipt, err := web.S.Ask(r.Context(), Ask{Handoff: f.Ask, Person: f.Person, Act: f.Act, Site: f.Site.ID, Source: doorPhone})
	if err != nil {
		return err
	}
	return page.Back(w, r, "/handoff/"+string(receipt.ID))
}
