package disclose

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// deskRoutes are the pages of those who answer for what leaves without a
// consent.
func (web *Web) deskRoutes() []module.Route {
	const glass, review, demand, asked = "disclose.emergency", "disclose.review", "disclose.demand", "disclose.if-asked"
	return []module.Route{
		{Method: "GET", Pattern: "/if-asked", Access: module.SignedIn, Action: asked, Serve: web.ifAsked},
		{Method: "GET", Pattern: "/emergency/{person}", Access: module.SignedIn, Action: glass, Serve: web.glassPage},
		{Method: "POST", Pattern: "/emergency/{person}", Access: module.SignedIn, Action: glass, Serve: web.breakGlass},
		{Method: "GET", Pattern: "/emergencies", Access: module.SignedIn, Action: review, Serve: web.reviewsPage},
		{Method: "POST", Pattern: "/emergencies/{id}/review", Access: module.SignedIn, Action: review, Serve: web.review},
		{Method: "GET", Pattern: "/demands", Access: module.SignedIn, Action: demand, Serve: web.demandsPage},
		{Method: "POST", Pattern: "/demands", Access: module.SignedIn, Action: demand, Serve: web.hold},
		{Method: "POST", Pattern: "/demands/{id}/decide", Access: module.SignedIn, Action: demand, Serve: web.decide},
		{Method: "POST", Pattern: "/demands/{id}/obey", Access: module.SignedIn, Action: demand, Serve: web.obey},
	}
}

// ifAsked is what whoever stands at a door says to police, a court or anyone. It is the
// same for everyone about everyone, so it looks at nobody.
func (web *Web) ifAsked(w http.ResponseWriter, r *http.Request) error {
	if err := web.DB.Read(r.Context(), func(*db.Tx) error { return nil }); err != nil {
		return err // the organisation is paused: it has no pages now
	}
	return page.Show(w, r, ifAskedDoc(page.From(r.Context())))
}

// glass is the form of an emergency as it is shown.
type glass struct {
	Disclosure
	Name     string // that the person uses; "" for none yet
	Act      string
	Problems []page.Problem
}

func (web *Web) glassPage(w http.ResponseWriter, r *http.Request) error {
	return web.showGlass(w, r, glass{})
}

// showGlass shows the form for whoever stands in the path, and records the look.
func (web *Web) showGlass(w http.ResponseWriter, r *http.Request, g glass) error {
	g.Person = ref.Person(r.PathValue("person"))
	if g.Act == "" {
		g.Act = page.NewAct(page.From(r.Context()).Now)
	}
	err := web.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if g.Name, err = web.Here(tx, g.Person); err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "disclose.glass", Subjects: []string{string(g.Person)}})
	})
	if err != nil {
		return err
	}
	d := glassDoc(page.From(r.Context()), g)
	return page.ShowWith(w, r, d, g.Problems)
}

func (web *Web) breakGlass(w http.ResponseWriter, r *http.Request) error {
	form, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	g := glass{Act: act}
	g.Problems = ui.ProblemsOf(page.From(r.Context()), Disclosures().Parse(form, &g.Disclosure))
	e := Emergency{
		ID: ref.Disclosure(act), Person: ref.Person(r.PathValue("person")), ToWhom: g.ToWhom, Facility: g.Facility, Nature: g.Nature, Unable: g.Unable, Way: "spoken",
	}
	for _, k := range consent.Kinds() {
		if slices.Contains(form["told"], k.Value) {
			g.What, e.Items = append(g.What, k.Value), append(e.Items, Item{Kind: k.Value})
		}
	}
	if len(g.Problems) > 0 {
		return web.showGlass(w, r, g)
	}
	err = web.DB.Write(r.Context(), func(tx *db.Tx) error {
		if _, err := web.Here(tx, e.Person); err != nil {
			return err
		}
		_, err := web.S.BreakGlass(tx, e)
		return err
	})
	if errs.Is(err, errs.Invalid) {
		g.Problems = []page.Problem{page.ProblemFrom(page.From(r.Context()), err)}
		return web.showGlass(w, r, g)
	}
	if err != nil {
		return err
	}
	return page.Show(w, r, toldDoc(page.From(r.Context())))
}

// reviews is the page of emergencies that no second person has looked at, or that the
// person does not know of.
type reviews struct {
	All    []Disclosure
	Untold []Disclosure           // looked at
	Names  map[ref.Account]string // of those who told
}

// known is the answer by which somebody says that the person was told in words.
const known = "known"

func (web *Web) reviewsPage(w http.ResponseWriter, r *http.Request) error {
	var l reviews
	err := web.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if l.All, err = web.S.Unreviewed(tx); err != nil {
			return err
		}
		if l.Untold, err = web.S.Untold(tx); err != nil {
			return err
		}
		var who []ref.Account
		for _, d := range slices.Concat(l.All, l.Untold) {
			who = append(who, ref.Account(d.By))
		}
		l.Names, err = web.Names(tx, who)
		return err
	})
	if err != nil {
		return err
	}
	return page.Show(w, r, reviewsDoc(page.From(r.Context()), l))
}

func (web *Web) review(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	which := ref.Disclosure(r.PathValue("id"))
	err = web.DB.Write(r.Context(), func(tx *db.Tx) error {
		if form.Get("review") == known {
			return web.S.Known(tx, which)
		}
		return web.S.Review(tx, which, form.Get("review"), cut(form.Get("review_note")))
	})
	if err != nil {
		return err
	}
	return page.Back(w, r, "/emergencies")
}

// only is a form with some of its fields.
func only(form url.Values, names ...string) url.Values {
	out := url.Values{}
	for _, n := range names {
		out[n] = form[n]
	}
	return out
}

// cut keeps a line within what is kept of one.
func cut(s string) string {
	r := []rune(strings.TrimSpace(s))
	return string(r[:min(len(r), 200)])
}
