package bridge

import (
	"net/http"
	"time"

	"alongside/domain/ref"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// adviceRoutes are the log of team meetings, of all and about one person.
func (web *Web) adviceRoutes() []module.Route {
	in := func(method, pattern, action string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: action, Serve: serve}
	}
	return []module.Route{
		in("GET", "/advice", "bridge.advice", web.logPage),
		in("POST", "/advice/new", "bridge.advise", web.advise),
		in("POST", "/advice/{advice}/became", "bridge.advise", web.became),
		in("GET", "/walk/{person}/advice", "bridge.advise", web.logPage),
		in("POST", "/walk/{person}/advice", "bridge.advise", web.advise),
	}
}

func (web *Web) logPage(w http.ResponseWriter, r *http.Request) error {
	return web.showLog(w, r, logForm{})
}

func (web *Web) showLog(w http.ResponseWriter, r *http.Request, f logForm) error {
	var err error
	if person := r.PathValue("person"); person != "" {
		f.Log, err = web.S.LogOf(r.Context(), ref.Person(person))
	} else {
		f.Log, err = web.S.Log(r.Context())
	}
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	if f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	return page.ShowWith(w, r, logDoc(v, f), f.Problems)
}

func (web *Web) advise(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f := logForm{Act: act, Day: in.Get("day")}
	f.Problems = ui.ProblemsIn(v, Advices(), Advices().Parse(in, &f.Typed))
	f.Typed.ID, f.Typed.Person, f.Typed.GaveAt = ref.Advice(act), ref.Person(r.PathValue("person")), dayOn(v, f.Day)
	if len(f.Problems) == 0 {
		f.Problems, err = page.Mendable(r, web.S.Advise(r.Context(), f.Typed))
	}
	if err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showLog(w, r, f)
	}
	return page.Back(w, r, logPath(f.Typed.Person))
}

// dayOn is noon of a day on the organisation's clock; zero when none was said.
func dayOn(v *page.View, day string) time.Time {
	t, err := time.ParseInLocation("2006-01-02", day, v.Local(v.Now).Location())
	if err != nil {
		return time.Time{}
	}
	return t.Add(12 * time.Hour)
}

func (web *Web) became(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	o := Outcome{ID: act, Advice: ref.Advice(r.PathValue("advice")), Came: in.Get("came"), Words: in.Get("words")}
	problems, err := page.Mendable(r, web.S.Became(r.Context(), o))
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return web.showLog(w, r, logForm{Open: o.Advice, Became: o, Problems: problems})
	}
	return page.Back(w, r, "/advice")
}
