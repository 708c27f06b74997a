package workforce

import (
	"errors"
	"net/http"
	"strconv"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// home is where pages of one's own begin.
const home = "/my-pages"

// Web are the pages.
type Web struct{ S *Service }

// Routes are the pages. None is kept on a phone, none is sent later, and none is
// counted.
func (web *Web) Routes() []module.Route {
	in := func(method, pattern string, h page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "workforce.pages", Serve: opened(h), Unseen: true}
	}
	return []module.Route{
		in("GET", home, web.listPage),
		in("POST", home, web.write),
		in("GET", home+"/all", web.allPage),
		in("POST", home+"/take", web.take),
		in("POST", home+"/erase-all", web.eraseAll),
		in("GET", home+"/{entry}", web.onePage),
		in("POST", home+"/{entry}/change", web.change),
		in("POST", home+"/{entry}/erase", web.erase),
		in("POST", home+"/{entry}/say", web.say),
		in("POST", home+"/{entry}/invite", web.invite),
		in("POST", home+"/{entry}/leave", web.leave),
	}
}

// opened answers a sign-in that opens no page with how to come in instead. It is
// the same for every page, whether or not there is one.
func opened(h page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := h(w, r)
		var shut *ShutError
		switch {
		case !errors.As(err, &shut):
			return err
		case r.Method != http.MethodGet:
			return page.Back(w, r, home)
		}
		return page.Show(w, r, shutDoc(page.From(r.Context()), shut.From))
	}
}

func (web *Web) listPage(w http.ResponseWriter, r *http.Request) error {
	return web.showList(w, r, listForm{Before: r.URL.Query().Get("before")})
}

func (web *Web) showList(w http.ResponseWriter, r *http.Request, f listForm) error {
	var err error
	if f.Pages, err = web.S.Pages(r.Context(), f.Before); err != nil {
		return err
	}
	v := page.From(r.Context())
	if f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	return page.ShowWith(w, r, listDoc(v, f), f.Problems)
}

// write keeps what was typed, or shows it again with what it lacks.
func (web *Web) write(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f := listForm{Act: act, Typed: Entry{ID: act}}
	f.Problems = ui.ProblemsIn(v, Entries(), Entries().Parse(in, &f.Typed))
	f.Typed.Words = in.Get("words") // also those that are too many
	if page.Turned(r) {
		f.Problems = nil
		return web.showList(w, r, f)
	}
	if len(f.Problems) == 0 {
		f.Problems, err = mendable(r, web.S.Write(r.Context(), f.Typed), &f.Act)
	}
	switch {
	case err != nil:
		return err
	case len(f.Problems) > 0:
		return web.showList(w, r, f)
	case f.Typed.Kind == Reflection:
		return page.Back(w, r, pathOf(act)) // to invite those it is for
	}
	return page.Back(w, r, home)
}

// mendable turns what its writer can mend into words. A form that came before
// with other words is shown once more under an id of its own.
func mendable(r *http.Request, err error, act *string) ([]page.Problem, error) {
	v := page.From(r.Context())
	if errs.Is(err, errs.Conflict) {
		*act = page.NewAct(v.Now)
		return []page.Problem{page.ProblemFrom(v, err)}, nil
	}
	return page.Mendable(r, err)
}

func (web *Web) onePage(w http.ResponseWriter, r *http.Request) error {
	return web.showOne(w, r, oneForm{})
}

func (web *Web) showOne(w http.ResponseWriter, r *http.Request, f oneForm) error {
	var err error
	if f.One, err = web.S.One(r.Context(), r.PathValue("entry")); err != nil {
		return err
	}
	v := page.From(r.Context())
	if f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	return page.ShowWith(w, r, oneDoc(v, f), f.Problems)
}

func (web *Web) change(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(in.Get("version"), 10, 64)
	if err != nil {
		version = -1 // no words have it
	}
	f := oneForm{Act: act, Open: in.Get("entry"), Typed: in.Get("words")}
	if f.Open == "" {
		f.Open = r.PathValue("entry")
	}
	f.Problems, err = page.Mendable(r, web.S.Change(r.Context(), f.Open, version, f.Typed))
	if err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showOne(w, r, f)
	}
	return page.Back(w, r, pathOf(r.PathValue("entry")))
}

func (web *Web) erase(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	id, to := r.PathValue("entry"), home
	if one := in.Get("entry"); one != "" {
		id, to = one, pathOf(id) // one's own words in a co-reflection
	}
	if err := web.S.Erase(r.Context(), id); err != nil {
		return err
	}
	return page.Back(w, r, to)
}

func (web *Web) say(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	f := oneForm{Act: act, Saying: in.Get("words")}
	err = web.S.Say(r.Context(), r.PathValue("entry"), Entry{ID: act, Words: f.Saying})
	if f.Problems, err = mendable(r, err, &f.Act); err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showOne(w, r, f)
	}
	return page.Back(w, r, pathOf(r.PathValue("entry")))
}

func (web *Web) invite(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	var who []ref.Account
	for _, a := range in["who"] {
		who = append(who, ref.Account(a))
	}
	f := oneForm{Act: act, Who: in["who"], Inviting: true}
	f.Problems, err = page.Mendable(r, web.S.Invite(r.Context(), r.PathValue("entry"), who))
	if err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showOne(w, r, f)
	}
	return page.Back(w, r, pathOf(r.PathValue("entry")))
}

func (web *Web) leave(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	if err := web.S.Leave(r.Context(), r.PathValue("entry")); err != nil {
		return err
	}
	return page.Back(w, r, home)
}

func (web *Web) allPage(w http.ResponseWriter, r *http.Request) error {
	if err := web.S.Standing(r.Context()); err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, allDoc(v, page.NewAct(v.Now)))
}

func (web *Web) eraseAll(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	still, err := web.S.EraseAll(r.Context())
	switch {
	case err != nil:
		return err
	case !still:
		return page.Back(w, r, "/account") // there is no such page for them any more
	}
	return page.Back(w, r, home)
}

// take sends all that whoever asks wrote as a file that is kept, not shown.
func (web *Web) take(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	list, err := web.S.Take(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="pages.html"`)
	h.Set("Cache-Control", "no-store")
	_, err = w.Write(taken(v, list))
	return err
}
