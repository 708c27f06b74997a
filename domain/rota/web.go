package rota

import (
	"context"
	"net/http"
	"net/url"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/link"
	"alongside/platform/module"
	"alongside/platform/notify"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// Web is the rota's pages. Over says whether the session of a stream has ended.
type Web struct {
	S    *Service
	Over func(ctx context.Context) bool
}

// Home is the rota's first page for a role.
func Home(role string) string {
	if role == "coordinator" {
		return "/rota"
	}
	return "/rota/mine"
}

// Routes are the pages, with who may come to them.
func (web *Web) Routes() []module.Route {
	own := func(method, pattern string, h page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "rota.own", Serve: h}
	}
	edit := func(method, pattern string, h page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "rota.edit", Serve: h}
	}
	return append(append(web.aloneRoutes(), web.channelRoutes()...), []module.Route{
		{Method: "GET", Pattern: "/rota", Access: module.SignedIn, Action: "rota.week", Serve: web.weekPage},
		edit("POST", "/rota/add", web.add),
		edit("GET", "/rota/turn/{shift}/{day}", web.turnPage),
		edit("POST", "/rota/turn/{shift}/{day}/{what}", web.change),
		own("GET", "/rota/mine", web.minePage),
		own("GET", "/rota/mine/live", web.mineLive),
		own("POST", "/rota/off", web.takeOff),
		own("POST", "/rota/off/{away}/back", web.backOn),
		own("POST", "/rota/languages", web.languages),
		own("POST", "/rota/feed", web.newFeed),
		own("POST", "/rota/reach/{channel}", web.reach),
		own("POST", "/rota/reach/{device}/remove", web.unreach),
		own("POST", "/rota/reach/{device}/try", web.tryOut),
		own("GET", "/o/{token}", web.follow),
		{Method: "POST", Pattern: "/rota/asked/{handoff}/{answer}", Access: module.SignedIn, Action: "rota.answer", Serve: web.answer},
		{Method: "GET", Pattern: "/rota/calendar/{token}", Access: module.ByLink, Serve: web.feed},
	}...)
}

func (web *Web) weekPage(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return web.showWeek(w, r, weekForm{Done: q.Get("done"), Week: Week{Site: ref.Site(q.Get("site")), Monday: Day(q.Get("day"))}})
}

// showWeek shows the week of f's site and day, with what f's form lacks.
func (web *Web) showWeek(w http.ResponseWriter, r *http.Request, f weekForm) error {
	week, err := web.S.Week(r.Context(), f.Site, f.Monday)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.Week = week
	if f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	return page.ShowWith(w, r, weekDoc(v, f), f.Problems)
}

func (web *Web) add(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	n := parseShift(in, act)
	err = web.S.Enter(r.Context(), n, in.Has("whole"))
	if errs.Is(err, errs.Invalid) {
		v := page.From(r.Context())
		return web.showWeek(w, r, weekForm{Week: Week{Site: n.Site, Monday: n.From}, Act: act, In: in, Problems: []page.Problem{page.ProblemFrom(v, err)}})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, weekPath(n.Site, n.From)+"&done=added")
}

// parseShift reads the form; what is no time of day becomes -1, which the
// service refuses in words.
func parseShift(in url.Values, act string) Shift {
	n := Shift{
		ID: ref.Shift(act), Site: ref.Site(in.Get("site")), Peer: ref.Account(in.Get("peer")),
		From: Day(in.Get("from_day")), Until: Day(in.Get("until_day")), Repeats: in.Get("repeats"), Begins: -1, Ends: -1,
	}
	if m, ok := ParseClock(in.Get("begins")); ok {
		n.Begins = m
	}
	if m, ok := ParseClock(in.Get("ends")); ok {
		n.Ends = m
	}
	return n
}

func (web *Web) turnPage(w http.ResponseWriter, r *http.Request) error {
	return web.showTurn(w, r, nil, nil)
}

func (web *Web) showTurn(w http.ResponseWriter, r *http.Request, in url.Values, problems []page.Problem) error {
	t, err := web.S.Turn(r.Context(), ref.Shift(r.PathValue("shift")), Day(r.PathValue("day")))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.ShowWith(w, r, turnDoc(v, turnForm{OneTurn: t, Act: page.NewAct(v.Now), In: in, Problems: problems}), problems)
}

func (web *Web) change(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	shift, day := ref.Shift(r.PathValue("shift")), Day(r.PathValue("day"))
	err = web.alter(r.Context(), r.PathValue("what"), shift, day, in)
	if errs.Is(err, errs.Invalid) {
		return web.showTurn(w, r, in, []page.Problem{page.ProblemFrom(page.From(r.Context()), err)})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, weekPath(ref.Site(in.Get("site")), day)+"&done=changed")
}

func (web *Web) alter(ctx context.Context, what string, shift ref.Shift, day Day, in url.Values) error {
	switch what {
	case "cover":
		return web.S.Cover(ctx, shift, day, ref.Account(in.Get("peer")))
	case "cancel":
		return web.S.Cancel(ctx, shift, day)
	case "end":
		return web.S.End(ctx, shift, day)
	case "swap":
		with, ok := splitTurn(in.Get("with"))
		if !ok {
			return refuse("with", "rota.error.swap")
		}
		return web.S.Swap(ctx, Held{shift, day, ref.Account(in.Get("had"))}, with)
	}
	return errs.New(errs.NotFound, "rota: "+what, "")
}

// feed serves the calendar of a link, without an account. A wrong link looks
// like a page that does not exist.
func (web *Web) feed(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	sc, ok := link.Scope(token, scope.Operations)
	if !ok {
		return errs.New(errs.NotFound, "rota: calendar", "")
	}
	ctx := scope.With(r.Context(), sc)
	cal, err := web.S.Feed(ctx, token, page.From(ctx).T("rota.calendar.word"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(cal)
	return err
}

func (web *Web) follow(w http.ResponseWriter, r *http.Request) error {
	path, err := web.S.Follow(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return page.Back(w, r, path)
}

func (web *Web) mineLive(w http.ResponseWriter, r *http.Request) error {
	sc, _ := scope.From(r.Context())
	changed, stop := web.S.Hub.Watch(notify.Topic(sc.Tenant, sc.Actor))
	defer stop()
	return page.Stream(w, r, page.Feed{Changed: changed, Over: web.Over})
}
