package handoff

import (
	"net/http"
	"net/url"
	"strconv"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func (web *Web) followRoutes() []module.Route {
	work := func(method, pattern, action string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: action, Serve: serve}
	}
	answer := work("POST", "/followups/{id}/{which}", "handoff.step", web.followUp)
	answer.Offline = true // it stands on the hand-off's page, too
	return []module.Route{
		work("GET", "/followups", "handoff.board", web.followsPage),
		answer,
		work("GET", "/followups/programme", "handoff.programme", web.programmePage),
		work("POST", "/followups/programme", "handoff.programme", web.setProgramme),
	}
}

func (web *Web) followsPage(w http.ResponseWriter, r *http.Request) error {
	return web.showFollows(w, r, followForm{})
}

func (web *Web) showFollows(w http.ResponseWriter, r *http.Request, f followForm) error {
	list, err := web.S.FollowUps(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.List, f.Act = list, page.NewAct(v.Now)
	f.Plans = v.Signed != nil && v.Signed.Role == "coordinator"
	return page.Show(w, r, followsDoc(v, f))
}

// followUp takes the answer to one follow-up; what its form lacks is said on the
// list.
func (web *Web) followUp(w http.ResponseWriter, r *http.Request) error {
	in, step, err := web.actedStep(w, r)
	if err != nil {
		return err
	}
	if !apart(step) {
		return absent("follow-up")
	}
	h, which := ref.Handoff(r.PathValue("id")), r.PathValue("which")
	in.Which = which
	in.At = wasThen(page.From(r.Context()).Now, r.PostForm.Get("written"))
	if err := web.S.Take(r.Context(), h, step, in); err != nil {
		began, hours := splitWhich(which)
		of := dueID(FollowUp{Handoff: h, Began: began, Hours: hours})
		return again(page.From(r.Context()), err, of, func(p []page.Problem) error {
			return web.showFollows(w, r, followForm{Which: which, Step: step, Problems: p})
		})
	}
	return page.Back(w, r, "/followups")
}

// actedStep is acted with the step that was pressed, where one form has several.
func (web *Web) actedStep(w http.ResponseWriter, r *http.Request) (Input, string, error) {
	in, err := web.acted(w, r)
	return in, r.PostForm.Get("step"), err
}

func (web *Web) programmePage(w http.ResponseWriter, r *http.Request) error {
	return web.showProgramme(w, r, programmeForm{Site: r.URL.Query().Get("site")})
}

func (web *Web) showProgramme(w http.ResponseWriter, r *http.Request, f programmeForm) error {
	list, sites, err := web.S.Programme(r.Context(), ref.Site(f.Site))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.Sites, f.Act = sites, page.NewAct(v.Now)
	if f.Rows == nil {
		f.Rows = list
	}
	f.Rows = append(f.Rows, make([]Interval, min(2, mostFollowUps-len(f.Rows)))...)
	return page.Show(w, r, programmeDoc(v, f))
}

func (web *Web) setProgramme(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	list := parseProgramme(form)
	err = web.S.SetProgramme(r.Context(), ref.Site(form.Get("site")), list)
	if errs.Is(err, errs.Invalid) {
		p, _ := ui.ProblemOf(page.From(r.Context()), err)
		p.Field = "hours0"
		return web.showProgramme(w, r, programmeForm{Site: form.Get("site"), Rows: list, Problems: []page.Problem{p}})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/followups/programme?site="+url.QueryEscape(form.Get("site")))
}

// parseProgramme reads the rows that have hours.
func parseProgramme(form url.Values) []Interval {
	list := []Interval{}
	for n := range mostFollowUps {
		row := strconv.Itoa(n)
		i := Interval{Hours: number(form.Get("hours" + row)), Opens: number(form.Get("opens" + row)), Closes: number(form.Get("closes" + row))}
		if i.Hours > 0 {
			list = append(list, i)
		}
	}
	return list
}
