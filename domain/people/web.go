package people

import (
	"net/http"
	"net/url"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// Web is the pages on which people are found, seen, put right, joined and
// parted.
type Web struct{ R *Registry }

// Routes are the pages of this domain. A search is posted, so that a name never
// stands in an address, which browsers and go-betweens keep.
func (web *Web) Routes() []module.Route {
	const work, join = "people.work", "people.join" // about whom, the registry asks
	return []module.Route{
		{Method: "GET", Pattern: "/people", Access: module.SignedIn, Action: work, Serve: web.searchPage},
		{Method: "POST", Pattern: "/people", Access: module.SignedIn, Action: work, Serve: web.search},
		{Method: "GET", Pattern: "/people/duplicates", Access: module.SignedIn, Action: join, Serve: web.pairsPage},
		{Method: "POST", Pattern: "/people/duplicates", Access: module.SignedIn, Action: join, Serve: web.decide},
		{Method: "GET", Pattern: "/people/{person}", Access: module.SignedIn, Action: work, Serve: web.onePage},
		{Method: "GET", Pattern: "/people/{person}/edit", Access: module.SignedIn, Action: work, Serve: web.editPage},
		{Method: "POST", Pattern: "/people/{person}/edit", Access: module.SignedIn, Action: work, Serve: web.edit},
		{Method: "POST", Pattern: "/people/{person}/part", Access: module.SignedIn, Action: join, Serve: web.part},
	}
}

// searchForm is what was looked for and found; Asked is false before anything
// was.
type searchForm struct {
	Text  string
	Asked bool
	Found
}

func (web *Web) searchPage(w http.ResponseWriter, r *http.Request) error {
	return page.Show(w, r, searchDoc(page.From(r.Context()), searchForm{}))
}

func (web *Web) search(w http.ResponseWriter, r *http.Request) error {
	in, err := page.Form(w, r)
	if err != nil {
		return err
	}
	f := searchForm{Text: in.Get("text"), Asked: true}
	if f.Found, err = web.R.Search(r.Context(), f.Text); err != nil {
		return err
	}
	return page.Show(w, r, searchDoc(page.From(r.Context()), f))
}

func (web *Web) onePage(w http.ResponseWriter, r *http.Request) error {
	one, err := web.R.One(r.Context(), ref.Person(r.PathValue("person")))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, oneDoc(v, one, page.NewAct(v.Now)))
}

// editForm is a person's own form.
type editForm struct {
	Person
	Act      string
	Problems []page.Problem
}

func (web *Web) editPage(w http.ResponseWriter, r *http.Request) error {
	one, err := web.R.One(r.Context(), ref.Person(r.PathValue("person")))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, editDoc(v, editForm{Person: one.Records[0], Act: page.NewAct(v.Now)}))
}

func (web *Web) edit(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	v, id := page.From(r.Context()), ref.Person(r.PathValue("person"))
	f := editForm{Act: act}
	f.Problems = ui.ProblemsIn(v, Persons(), Persons().Parse(in, &f.Person))
	if f.Name == "" && len(f.Problems) == 0 {
		f.Problems = []page.Problem{{Field: "name", Say: v.T("people.needs-name")}}
	}
	if f.ID = id; len(f.Problems) > 0 {
		return web.again(w, r, f)
	}
	if err := web.R.Edit(r.Context(), id, func(p *Person) { Persons().Parse(in, p) }); err != nil {
		return err
	}
	return page.Back(w, r, path(id))
}

// again shows a form with what it lacks, for someone who is here.
func (web *Web) again(w http.ResponseWriter, r *http.Request, f editForm) error {
	if _, err := web.R.One(r.Context(), f.ID); err != nil {
		return err
	}
	d := editDoc(page.From(r.Context()), f)
	d.Status = http.StatusUnprocessableEntity
	return page.Show(w, r, d)
}

func path(id ref.Person) string { return "/people/" + url.PathEscape(string(id)) }

func (web *Web) part(w http.ResponseWriter, r *http.Request) error {
	in, err := page.Form(w, r)
	if err != nil {
		return err
	}
	kept, err := web.R.Undo(r.Context(), in.Get("merge"))
	if err != nil {
		return err
	}
	return page.Back(w, r, path(kept))
}

func (web *Web) pairsPage(w http.ResponseWriter, r *http.Request) error {
	list, more, err := web.R.Pairs(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, pairsDoc(v, list, more, page.NewAct(v.Now)))
}

// decide takes what was decided of one pair: two people, or one, shown by the
// record that was picked.
func (web *Web) decide(w http.ResponseWriter, r *http.Request) error {
	in, err := page.Form(w, r)
	if err != nil {
		return err
	}
	one, two := ref.Person(in.Get("one")), ref.Person(in.Get("two"))
	switch in.Get("answer") {
	case "one":
		err = web.R.Join(r.Context(), one, two)
	case "two":
		err = web.R.Join(r.Context(), two, one)
	case "apart":
		err = web.R.Part(r.Context(), one, two)
	default:
		err = errs.New(errs.NotFound, "people: no such answer", "")
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/people/duplicates")
}
