package engagement

import (
	"net/http"
	"net/url"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// unmetForm is the list with its form: who was ticked, and what was wrong.
type unmetForm struct {
	Unmet
	Ticked   []string
	Peer     string
	Act      string
	Problems []page.Problem
}

func (web *Web) unmetPage(w http.ResponseWriter, r *http.Request) error {
	return web.showUnmet(w, r, unmetForm{})
}

func (web *Web) showUnmet(w http.ResponseWriter, r *http.Request, f unmetForm) error {
	u, err := web.S.Unmet(r.Context(), ref.Person(r.FormValue("after")))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.Unmet, f.Act = u, page.NewAct(v.Now)
	return page.ShowWith(w, r, unmetDoc(v, f), f.Problems)
}

// matchAll lets one peer walk with each who was ticked.
func (web *Web) matchAll(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	f := unmetForm{Ticked: in["person"], Peer: in.Get("peer")}
	some := make([]ref.Person, len(f.Ticked))
	for i, p := range f.Ticked {
		some[i] = ref.Person(p)
	}
	f.Problems, err = page.Mendable(r, web.S.MatchAll(r.Context(), some, ref.Account(f.Peer)))
	if err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showUnmet(w, r, f)
	}
	return page.Back(w, r, "/coverage/new")
}

func unmetDoc(v *page.View, f unmetForm) page.Doc {
	return page.Doc{Title: v.T("engagement.unmet.title"), Kind: page.Worker, Body: unmetBody(v, f), Narrow: true}
}

// options are the people of the page, with what tells two of one name apart and
// what is to be known before somebody gets in touch.
func (f unmetForm) options(v *page.View) []ui.OptionProps {
	out := make([]ui.OptionProps, len(f.People))
	for i, p := range f.People {
		hint := people.ToldApart(v, p)
		if p.NoCalls {
			hint = join(v.Text(p.SafeContact()), hint)
		}
		out[i] = ui.OptionProps{Value: string(p.ID), Label: nameOf(v, p.Person), Hint: hint}
	}
	return out
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// next leads to the page after this one.
func (f unmetForm) next() string {
	return "/coverage/new?after=" + url.QueryEscape(string(f.People[len(f.People)-1].ID))
}

func unmetSays(v *page.View, n int) string {
	if n >= mostUnmet {
		return v.T("engagement.unmet.many", "N", mostUnmet)
	}
	return v.N("engagement.unmet.count", n)
}
