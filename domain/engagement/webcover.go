package engagement

import (
	"net/http"

	"alongside/domain/ref"
	"alongside/platform/page"
)

func (web *Web) coveragePage(w http.ResponseWriter, r *http.Request) error {
	return web.showCoverage(w, r, coverForm{})
}

func (web *Web) showCoverage(w http.ResponseWriter, r *http.Request, f coverForm) error {
	c, err := web.S.Coverage(r.Context(), int(numberOr(r.URL.Query().Get("from"), 0)))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.Coverage, f.Act = c, page.NewAct(v.Now)
	if f.Typed.Key == "" {
		f.Typed = c.Limits
	}
	return page.ShowWith(w, r, coverageDoc(v, f), f.Problems)
}

func (web *Web) match(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	person := ref.Person(in.Get("person"))
	err = web.S.Match(r.Context(), person, ref.Account(in.Get("peer")), ref.Walk(in.Get("instead")))
	return web.covered(w, r, coverForm{Open: person}, err)
}

func (web *Web) setLimits(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	l := Limits{Key: limitsKey}
	if p := LimitRecords().Parse(in, &l); len(p) > 0 {
		err = refuse(p[0].Column, p[0].Say)
	} else {
		err = web.S.SetLimits(r.Context(), l)
	}
	return web.covered(w, r, coverForm{Typed: l}, err)
}

// covered answers a form of the page: back to it, or what the form lacks.
func (web *Web) covered(w http.ResponseWriter, r *http.Request, f coverForm, err error) error {
	f.Problems, err = page.Mendable(r, err)
	if err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showCoverage(w, r, f)
	}
	return page.Back(w, r, "/coverage")
}
