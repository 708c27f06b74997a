package disclose

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// agreedRoutes are the pages of agreements with those who check or study the
// work, and of what is told under one.
func (web *Web) agreedRoutes() []module.Route {
	const see, under = "disclose.agreements", "disclose.under"
	return []module.Route{
		{Method: "GET", Pattern: "/agreements", Access: module.SignedIn, Action: see, Serve: web.agreementsPage},
		{Method: "POST", Pattern: "/agreements/new", Access: module.SignedIn, Action: "disclose.agree", Serve: web.agree},
		{Method: "POST", Pattern: "/agreements/{id}/approve", Access: module.SignedIn, Action: "disclose.approve", Serve: web.turned((*Service).Approve)},
		{Method: "POST", Pattern: "/agreements/{id}/end", Access: module.SignedIn, Action: see, Serve: web.turned((*Service).EndAgreement)},
		{Method: "GET", Pattern: "/checked/{person}", Access: module.SignedIn, Action: under, Serve: web.checkedPage},
		{Method: "POST", Pattern: "/checked/{person}", Access: module.SignedIn, Action: under, Serve: web.checked},
	}
}

// agreedForm is the page of agreements as it is shown.
type agreedForm struct {
	Agreement
	Act      string
	Days     string
	All      []Agreement
	Me       string // the account that reads
	Problems []page.Problem
}

func (web *Web) agreementsPage(w http.ResponseWriter, r *http.Request) error {
	return web.showAgreements(w, r, agreedForm{})
}

func (web *Web) showAgreements(w http.ResponseWriter, r *http.Request, f agreedForm) error {
	if f.Act == "" {
		f.Act = page.NewAct(page.From(r.Context()).Now)
	}
	err := web.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		f.Me = tx.Scope().Actor
		f.All, err = web.S.AllAgreements(tx)
		return err
	})
	if err != nil {
		return err
	}
	return page.ShowWith(w, r, agreementsDoc(page.From(r.Context()), f), f.Problems)
}

func (web *Web) agree(w http.ResponseWriter, r *http.Request) error {
	form, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	f := agreedForm{Act: act, Days: form.Get("days")}
	f.ID = ref.Agreement(act)
	f.Problems = ui.ProblemsIn(page.From(r.Context()), Agreements(), Agreements().Parse(form, &f.Agreement))
	f.name(page.From(r.Context()))
	if len(f.Problems) > 0 {
		return web.showAgreements(w, r, f)
	}
	days, err := strconv.ParseInt(f.Days, 10, 64)
	if err != nil {
		days = 0 // refused in words
	}
	err = web.DB.Write(r.Context(), func(tx *db.Tx) error {
		_, err := web.S.Agree(tx, f.Agreement, days)
		return err
	})
	if f.Problems, err = page.Mendable(r, err); err != nil {
		return err
	}
	f.name(page.From(r.Context()))
	if len(f.Problems) > 0 {
		return web.showAgreements(w, r, f)
	}
	return page.Back(w, r, "/agreements")
}

// name says which promises are missing, in place of that some are.
func (f agreedForm) name(v *page.View) {
	var missing []string
	for _, p := range f.missing() {
		missing = append(missing, v.Text(p.Label))
	}
	for i, p := range f.Problems {
		if p.Field == "promises" && len(missing) > 0 {
			f.Problems[i].Say = v.T("disclose.agreed.missing", "What", v.Words.List(missing))
		}
	}
}

// turned approves or ends an agreement.
func (web *Web) turned(turn func(*Service, *db.Tx, ref.Agreement) error) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := web.DB.Write(r.Context(), func(tx *db.Tx) error { return turn(web.S, tx, ref.Agreement(r.PathValue("id"))) })
		if err != nil {
			return err
		}
		return page.Back(w, r, "/agreements")
	}
}

// checkedForm is the page on which something is told under an agreement.
type checkedForm struct {
	Under
	Act      string
	Told     []string
	Open     []Agreement
	Problems []page.Problem
}

func (web *Web) checkedPage(w http.ResponseWriter, r *http.Request) error {
	return web.showChecked(w, r, checkedForm{})
}

// showChecked shows the form for whoever stands in the path, and records the
// look.
func (web *Web) showChecked(w http.ResponseWriter, r *http.Request, f checkedForm) error {
	f.Person = ref.Person(r.PathValue("person"))
	f.Act = cmp.Or(f.Act, page.NewAct(page.From(r.Context()).Now))
	err := web.DB.Write(r.Context(), func(tx *db.Tx) error {
		if _, err := web.Here(tx, f.Person); err != nil {
			return err
		}
		all, err := web.S.AllAgreements(tx)
		if err != nil {
			return err
		}
		f.Open = slices.DeleteFunc(all, func(a Agreement) bool { return !a.opens(tx.Now()) })
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "disclose.checked", Subjects: []string{string(f.Person)}})
	})
	if err != nil {
		return err
	}
	return page.ShowWith(w, r, checkedDoc(page.From(r.Context()), f), f.Problems)
}

func (web *Web) checked(w http.ResponseWriter, r *http.Request) error {
	form, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	f := checkedForm{Act: act, Under: Under{ID: ref.Disclosure(act), Agreement: ref.Agreement(form.Get("agreement")), Person: ref.Person(r.PathValue("person")), Way: form.Get("way")}}
	for _, k := range consent.Kinds() {
		if slices.Contains(form["told"], k.Value) {
			f.Told, f.Items = append(f.Told, k.Value), append(f.Items, Item{Kind: k.Value})
		}
	}
	var told Told
	err = web.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if _, err = web.Here(tx, f.Person); err != nil {
			return err
		}
		told, err = web.S.TellUnder(tx, f.Under)
		return err
	})
	if errs.Is(err, errs.Denied) {
		v := page.From(r.Context())
		f.Problems = []page.Problem{{Field: "agreement", Label: v.T("disclose.checked.under"), Say: v.T("disclose.checked.no")}}
		return web.showChecked(w, r, f)
	}
	if err != nil {
		return err
	}
	return page.Show(w, r, checkedToldDoc(page.From(r.Context()), told))
}
