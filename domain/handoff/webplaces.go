package handoff

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// newPlace stands in a path for a site or a service that is being made.
const newPlace = "new"

// placeForm is the page of one site or one service.
type placeForm[R any] struct {
	ID       string
	Row      R
	Link     string // address of its page for those who use it; "" while it is new
	Act      string
	Problems []page.Problem
}

func (web *Web) placesPage(w http.ResponseWriter, r *http.Request) error {
	p, err := web.S.Places(r.Context())
	if err != nil {
		return err
	}
	return page.Show(w, r, placesDoc(page.From(r.Context()), p))
}

// First is what an ask still needs, for the first page of those who make places: it
// stands there until an ask reaches a peer. nil is nothing.
func First(ctx context.Context, s *Service) (templ.Component, error) {
	p, err := s.Places(ctx)
	if err != nil || len(p.Lacks) == 0 {
		return nil, err
	}
	return beforeAsks(page.From(ctx), p.Lacks), nil
}

func (web *Web) sitePage(w http.ResponseWriter, r *http.Request) error {
	return web.showSite(w, r, nil, nil)
}

// showSite draws a site's page: as it is kept, or with row as it was typed and
// what is missing.
func (web *Web) showSite(w http.ResponseWriter, r *http.Request, typed *Site, problems []page.Problem) error {
	f, v := placeForm[Site]{ID: r.PathValue("id"), Problems: problems}, page.From(r.Context())
	if f.Act = page.NewAct(v.Now); f.ID != newPlace {
		p, err := web.S.Places(r.Context())
		if err != nil {
			return err
		}
		if f.Row, err = one(p.Sites, func(s Site) bool { return string(s.ID) == f.ID }); err != nil {
			return err
		}
		f.Link = web.Origin() + "/ask/" + p.Asks[f.Row.ID]
	}
	if typed != nil {
		f.Row = *typed
	}
	return page.Show(w, r, siteDoc(v, f))
}

func (web *Web) saveSite(w http.ResponseWriter, r *http.Request) error {
	var typed Site
	form, problems, err := typedIn(w, r, Sites(), &typed)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return web.showSite(w, r, &typed, problems)
	}
	which, back := r.PathValue("id"), "/places"
	if which != newPlace {
		err = web.S.EditSite(r.Context(), ref.Site(which), func(s *Site) { Sites().Parse(form, s) })
	} else {
		typed.ID = ref.Site(form.Get(page.ActField))
		back = "/places/site/" + string(typed.ID) // where its link is
		_, _, err = web.S.AddSite(r.Context(), typed)
	}
	if err != nil {
		return again(page.From(r.Context()), err, "", func(p []page.Problem) error { return web.showSite(w, r, &typed, p) })
	}
	return page.Back(w, r, back)
}

func (web *Web) newLink(w http.ResponseWriter, r *http.Request) error {
	if err := web.S.NewLink(r.Context(), ref.Site(r.PathValue("id"))); err != nil {
		return err
	}
	return page.Back(w, r, "/places/site/"+r.PathValue("id"))
}

func (web *Web) destinationPage(w http.ResponseWriter, r *http.Request) error {
	return web.showDestination(w, r, nil, nil)
}

func (web *Web) showDestination(w http.ResponseWriter, r *http.Request, typed *Destination, problems []page.Problem) error {
	f, v := placeForm[Destination]{ID: r.PathValue("id"), Problems: problems}, page.From(r.Context())
	if f.Act = page.NewAct(v.Now); f.ID != newPlace {
		p, err := web.S.Places(r.Context())
		if err != nil {
			return err
		}
		if f.Row, err = one(p.Destinations, func(d Destination) bool { return string(d.ID) == f.ID }); err != nil {
			return err
		}
		f.Link = web.Origin() + "/service/" + p.Desks[f.Row.ID]
	}
	if typed != nil {
		f.Row = *typed
	}
	return page.Show(w, r, destinationDoc(v, f))
}

func (web *Web) saveDestination(w http.ResponseWriter, r *http.Request) error {
	var typed Destination
	form, problems, err := typedIn(w, r, Destinations(), &typed)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return web.showDestination(w, r, &typed, problems)
	}
	if which := r.PathValue("id"); which != newPlace {
		err = web.S.EditDestination(r.Context(), ref.Destination(which), func(d *Destination) { Destinations().Parse(form, d) })
	} else {
		typed.ID = ref.Destination(form.Get(page.ActField))
		_, err = web.S.AddDestination(r.Context(), typed)
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/places")
}

func (web *Web) newDesk(w http.ResponseWriter, r *http.Request) error {
	if err := web.S.NewDesk(r.Context(), ref.Destination(r.PathValue("id"))); err != nil {
		return err
	}
	return page.Back(w, r, "/places/service/"+r.PathValue("id"))
}

// typedIn reads a posted form into row by its record.
func typedIn[R any](w http.ResponseWriter, r *http.Request, rec *field.Record[R], row *R) (url.Values, []page.Problem, error) {
	form, err := page.Form(w, r)
	if err != nil {
		return nil, nil, err
	}
	if _, err := page.Act(form); err != nil {
		return nil, nil, err
	}
	return form, ui.ProblemsIn(page.From(r.Context()), rec, rec.Parse(form, row)), nil
}

func one[R any](rows []R, is func(R) bool) (R, error) {
	for _, r := range rows {
		if is(r) {
			return r, nil
		}
	}
	var none R
	return none, errs.New(errs.NotFound, "place", "")
}
