package bridge

import (
	"context"
	"net/http"

	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
	"alongside/platform/scope"
)

// liveRoutes are the ward's pages, by links, and those of the peers.
func (web *Web) liveRoutes() []module.Route {
	open := func(method, pattern string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.ByLink, Serve: web.byLink(serve)}
	}
	work := func(method, pattern string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "bridge.live", Serve: serve}
	}
	return []module.Route{
		open("GET", "/moment/{token}", web.momentPage),
		open("POST", "/moment/{token}", web.moment),
		open("GET", "/moments/{token}", web.momentsPage),
		open("GET", "/moments/{token}/live", web.momentsLive),
		open("POST", "/moments/{token}/{step}", web.momentStep),
		work("GET", "/live", web.livePage),
		work("GET", "/live/{live}", web.liveOnePage),
		work("POST", "/live/{live}/{step}", web.liveStep),
	}
}

func (web *Web) momentPage(w http.ResponseWriter, r *http.Request) error {
	ward, err := web.S.Wards.ByLink(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return web.showMoment(w, r, momentForm{Ward: ward})
}

func (web *Web) showMoment(w http.ResponseWriter, r *http.Request, f momentForm) error {
	v := web.dress(r)
	if f.Token = r.PathValue("token"); f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	return page.ShowWith(w, r, momentDoc(v, f), f.Problems)
}

func (web *Web) moment(w http.ResponseWriter, r *http.Request) error {
	ward, err := web.S.Wards.ByLink(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	f := momentForm{Ward: ward, Act: act}
	if f.Problems = ui.ProblemsIn(page.From(r.Context()), Lives(), Lives().Parse(in, &f.Live)); len(f.Problems) > 0 {
		return web.showMoment(w, r, f)
	}
	f.Live.ID = ref.Live(act)
	token, err := web.S.AskLive(r.Context(), ward, f.Live)
	if err != nil {
		return err
	}
	return page.Back(w, r, "/moments/"+token)
}

func (web *Web) momentsPage(w http.ResponseWriter, r *http.Request) error {
	st, err := web.S.LiveFor(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	v := web.dress(r)
	return page.Show(w, r, momentsDoc(v, page.NewAct(v.Now), st))
}

// momentsLive lets the ward's page look again after each change, and at each
// step of the ladder.
func (web *Web) momentsLive(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.S.LiveFor(r.Context(), r.PathValue("token")); err != nil {
		return err
	}
	sc, _ := scope.From(r.Context())
	changed, stop := web.Watch(sc.Tenant)
	defer stop()
	return page.Stream(w, r, page.Feed{Changed: changed, Over: web.paused})
}

// paused reports whether the organisation of a stream is paused meanwhile.
func (web *Web) paused(ctx context.Context) bool {
	return tenant.IsPaused(web.S.DB.Read(ctx, func(*db.Tx) error { return nil }))
}

func (web *Web) momentStep(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	token := r.PathValue("token")
	if err := web.S.TurnLiveFor(r.Context(), token, r.PathValue("step")); err != nil {
		return err
	}
	return page.Back(w, r, "/moments/"+token)
}

func (web *Web) livePage(w http.ResponseWriter, r *http.Request) error {
	list, err := web.S.LiveNow(r.Context())
	if err != nil {
		return err
	}
	return page.Show(w, r, liveDoc(page.From(r.Context()), list))
}

func (web *Web) liveOnePage(w http.ResponseWriter, r *http.Request) error {
	st, err := web.S.LiveOne(r.Context(), ref.Live(r.PathValue("live")))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, liveOneDoc(v, page.NewAct(v.Now), st))
}

func (web *Web) liveStep(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	which := ref.Live(r.PathValue("live"))
	if err := web.S.TurnLive(r.Context(), which, r.PathValue("step")); err != nil {
		return err
	}
	return page.Back(w, r, livePath(which))
}
