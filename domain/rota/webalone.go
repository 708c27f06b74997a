package rota

import (
	"context"
	"net/http"
	"strconv"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
)

func (web *Web) aloneRoutes() []module.Route {
	route := func(method, pattern, action string, h page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: action, Serve: h}
	}
	return []module.Route{
		{Method: "GET", Pattern: "/rota/push.js", Access: module.Anyone, Serve: web.pushScript},
		route("GET", "/rota/alone", "rota.answer", web.alonePage),
		route("POST", "/rota/alone", "rota.answer", web.goOut),
		route("POST", "/rota/alone/fine", "rota.answer", web.alone(web.S.Fine)),
		route("POST", "/rota/alone/shift", "rota.answer", web.alone(web.S.Help)),
		route("POST", "/rota/alone/{peer}/reached", "rota.care", web.reached),
		route("GET", "/rota/hard", "rota.own", web.hardPage),
		route("POST", "/rota/hard", "rota.own", web.hard),
		route("GET", "/rota/talk/{peer}", "rota.care", web.talk),
		route("POST", "/rota/talk/{peer}/talked", "rota.care", web.talked),
		route("POST", "/rota/self", "rota.own", web.self),
		route("GET", "/rota/ladder", "rota.ladder", web.ladderPage),
		route("POST", "/rota/ladder", "rota.ladder", web.setLadder),
	}
}

func (web *Web) alonePage(w http.ResponseWriter, r *http.Request) error {
	return web.showAlone(w, r, nil)
}

func (web *Web) showAlone(w http.ResponseWriter, r *http.Request, problems []page.Problem) error {
	a, err := web.S.AloneNow(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.ShowWith(w, r, aloneDoc(v, aloneForm{Alone: a, Act: page.NewAct(v.Now), Problems: problems}), problems)
}

func (web *Web) goOut(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	minutes, _ := strconv.ParseInt(in.Get("minutes"), 10, 64)
	err = web.S.GoOut(r.Context(), minutes, in.Get("place"))
	if errs.Is(err, errs.Invalid) {
		return web.showAlone(w, r, []page.Problem{page.ProblemFrom(page.From(r.Context()), err)})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/rota/alone")
}

// alone answers the two buttons of who is out, both with the same page.
func (web *Web) alone(do func(context.Context) error) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if _, _, err := page.Posted(w, r); err != nil {
			return err
		}
		if err := do(r.Context()); err != nil {
			return err
		}
		return page.Back(w, r, "/rota/alone")
	}
}

func (web *Web) reached(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	if err := web.S.ReachedThem(r.Context(), ref.Account(r.PathValue("peer"))); err != nil {
		return err
	}
	return page.Back(w, r, "/overview")
}

func (web *Web) hardPage(w http.ResponseWriter, r *http.Request) error {
	return web.showHard(w, r, hardForm{Done: r.URL.Query().Has("done")})
}

func (web *Web) showHard(w http.ResponseWriter, r *http.Request, f hardForm) error {
	var err error
	if f.Listeners, f.Other, err = web.S.Listeners(r.Context()); err != nil {
		return err
	}
	v := page.From(r.Context())
	f.Act, f.Problems = page.NewAct(v.Now), f.lacks(v)
	return page.ShowWith(w, r, hardDoc(v, f), f.Problems)
}

func (web *Web) hard(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	days, _ := strconv.Atoi(in.Get("days"))
	err = web.S.Hard(r.Context(), act, ref.Account(in.Get("listener")), days)
	if errs.Is(err, errs.Invalid) {
		return web.showHard(w, r, hardForm{Problems: []page.Problem{page.ProblemFrom(page.From(r.Context()), err)}})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, hardPath+"?done=1")
}

func (web *Web) talk(w http.ResponseWriter, r *http.Request) error {
	peer := ref.Account(r.PathValue("peer"))
	name, err := web.S.Talk(r.Context(), peer)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, talkDoc(v, page.NewAct(v.Now), Listener{peer, name}))
}

func (web *Web) talked(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	return web.mine(w, r, web.S.Talked(r.Context(), ref.Account(r.PathValue("peer"))))
}

func (web *Web) self(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	return web.mine(w, r, web.S.SayOfSelf(r.Context(), in.Get("gender"), in["lived"]))
}
