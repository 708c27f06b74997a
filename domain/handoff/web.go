package handoff

import (
	"context"
	"net/http"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// Web is the hand-off's pages. Over says whether the session of a stream has
// ended; Zone and Org speak of the organisation a link belongs to.
type Web struct {
	S     *Service
	Over  func(ctx context.Context) bool
	Dress func(ctx context.Context, tenant string) // fills the page's view for a visitor whose link opens something
}

// Routes are the pages, with who may come to them.
func (web *Web) Routes() []module.Route {
	return []module.Route{
		{Method: "GET", Pattern: "/ask/{token}", Access: module.ByLink, Serve: web.byLink(web.askPage)},
		{Method: "POST", Pattern: "/ask/{token}", Access: module.ByLink, Serve: web.byLink(web.ask)},
		{Method: "POST", Pattern: "/ask/{token}/code", Access: module.ByLink, Serve: web.byLink(web.code)},
		{Method: "GET", Pattern: "/asked/{token}", Access: module.ByLink, Serve: web.byLink(web.statusPage)},
		{Method: "GET", Pattern: "/asked/{token}/live", Access: module.ByLink, Serve: web.byLink(web.statusLive)},
		{Method: "POST", Pattern: "/asked/{token}/{step}", Access: module.ByLink, Serve: web.byLink(web.change)},
		{Method: "GET", Pattern: "/arrive/{token}", Access: module.ByLink, Serve: web.byLink(web.arrivePage)},
		{Method: "POST", Pattern: "/arrive/{token}/{step}", Access: module.ByLink, Serve: web.byLink(web.receive)},
		{Method: "GET", Pattern: "/board", Access: module.SignedIn, Action: "handoff.board", Serve: web.boardPage},
		{Method: "GET", Pattern: "/board/live", Access: module.SignedIn, Action: "handoff.board", Serve: web.boardLive},
		{Method: "GET", Pattern: "/board/files", Access: module.SignedIn, Action: "handoff.board", Serve: web.unaskedPage},
		{Method: "GET", Pattern: "/handoff/{id}", Access: module.SignedIn, Action: "handoff.view", Serve: web.viewPage},
		{Method: "POST", Pattern: "/handoff/{id}/{step}", Access: module.SignedIn, Action: "handoff.step", Serve: web.step},
	}
}

// byLink gives a visitor by link the scope of the link's organisation. A token
// that cannot be one is answered like a page that does not exist.
func (web *Web) byLink(next page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		link := r.PathValue("token")
		if strings.HasPrefix(r.URL.Path, "/arrive/") {
			link, _, _ = SplitArrive(link)
		}
		tenant, _, ok := Split(link)
		if !ok {
			return absent("link")
		}
		ctx := scope.With(r.Context(), scope.Scope{
			Tenant: string(tenant), Actor: "link:" + link[len(link)-8:], Purpose: scope.Treatment,
		})
		return next(w, r.WithContext(ctx))
	}
}

// site finds the site of the link, and only then lets the page say whose it is:
// what a wrong link shows must not tell one organisation from another.
func (web *Web) site(r *http.Request) (Site, error) {
	site, err := web.S.SiteByLink(r.Context(), r.PathValue("token"))
	if err == nil {
		web.dress(r)
	}
	return site, err
}

func (web *Web) dress(r *http.Request) {
	sc, _ := scope.From(r.Context())
	web.Dress(r.Context(), sc.Tenant)
}

func (web *Web) askPage(w http.ResponseWriter, r *http.Request) error {
	site, err := web.site(r)
	if err != nil {
		return err
	}
	return web.showAsk(w, r, askForm{Site: site, Token: r.PathValue("token")})
}

func (web *Web) showAsk(w http.ResponseWriter, r *http.Request, f askForm) error {
	v := page.From(r.Context())
	if f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	d := askDoc(v, f)
	if len(f.Problems) > 0 {
		d.Status = http.StatusUnprocessableEntity
	}
	return page.Show(w, r, d)
}

func (web *Web) ask(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	site, err := web.site(r)
	if err != nil {
		return err
	}
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	f := askForm{Site: site, Token: token, Name: cut(form.Get("name"), 80)}
	f.problems(page.From(r.Context()), web.S.handoffs.Parse(form, &f.Ask))
	if f.Act, err = page.Act(form); err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showAsk(w, r, f)
	}
	receipt, err := web.S.Ask(r.Context(), Ask{Handoff: f.Ask, Name: f.Name, Act: f.Act, Site: site.ID})
	if err != nil {
		return err
	}
	return page.Back(w, r, "/asked/"+receipt.Token)
}

// code opens the status page for a code that the last shift gave. Guesses are
// slowed by the limits on the site's page.
func (web *Web) code(w http.ResponseWriter, r *http.Request) error {
	site, err := web.site(r)
	if err != nil {
		return err
	}
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	token, err := web.S.ByCode(r.Context(), site.ID, cut(form.Get("code"), 40))
	if errs.Is(err, errs.NotFound) {
		v := page.From(r.Context())
		f := askForm{Site: site, Token: r.PathValue("token")}
		f.Problems = []page.Problem{{Field: "code", Say: v.T("handoff.ask.code-none")}}
		return web.showAsk(w, r, f)
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/asked/"+token)
}

func (web *Web) statusPage(w http.ResponseWriter, r *http.Request) error {
	st, err := web.S.Status(r.Context(), r.PathValue("token"), "")
	if err != nil {
		return err
	}
	web.dress(r)
	v := page.From(r.Context())
	return page.Show(w, r, statusDoc(v, r.PathValue("token"), page.NewAct(v.Now), st))
}

// statusLive keeps the asker's page fresh. What it newly shows is recorded.
func (web *Web) statusLive(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	last, err := web.S.Status(r.Context(), token, "")
	if err != nil {
		return err
	}
	web.dress(r)
	v := page.From(r.Context())
	return web.stream(w, r, func(ctx context.Context) (page.Event, error) {
		st, err := web.S.Status(ctx, token, last.Stage)
		if err != nil {
			return page.Event{Name: page.EventLook}, nil
		}
		last = st
		return page.Part(ctx, statusPart(v, token, page.NewAct(v.Now), st))
	})
}

// change is the asker's step. Only the steps that the flow's table gives an
// asker are possible.
func (web *Web) change(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	act, err := page.Act(form)
	if err != nil {
		return err
	}
	in := Input{Act: act, AskedBy: "person", Contact: form.Get("contact")}
	if err := web.S.Change(r.Context(), r.PathValue("token"), r.PathValue("step"), in); err != nil {
		return err
	}
	return page.Back(w, r, "/asked/"+r.PathValue("token"))
}

func (web *Web) arrivePage(w http.ResponseWriter, r *http.Request) error {
	a, err := web.S.Arrive(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	web.dress(r)
	v := page.From(r.Context())
	return page.Show(w, r, arriveDoc(v, r.PathValue("token"), page.NewAct(v.Now), a))
}

func (web *Web) receive(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	act, err := page.Act(form)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	if err := web.S.Receive(r.Context(), token, r.PathValue("step"), Input{Act: act}); err != nil {
		return err
	}
	return page.Back(w, r, "/arrive/"+token)
}

func (web *Web) boardPage(w http.ResponseWriter, r *http.Request) error {
	b, err := web.S.Board(r.Context(), nil)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, boardDoc(v, page.NewAct(v.Now), b))
}

func (web *Web) boardLive(w http.ResponseWriter, r *http.Request) error {
	v := page.From(r.Context())
	seen := audit.NewSeen()
	return web.stream(w, r, func(ctx context.Context) (page.Event, error) {
		b, err := web.S.Board(ctx, seen)
		if err != nil {
			return page.Event{Name: page.EventOver}, nil
		}
		return page.Part(ctx, boardPart(v, page.NewAct(v.Now), b))
	})
}

func (web *Web) unaskedPage(w http.ResponseWriter, r *http.Request) error {
	cards, err := web.S.Unasked(r.Context())
	if err != nil {
		return err
	}
	return page.Show(w, r, unaskedDoc(page.From(r.Context()), cards))
}

func (web *Web) viewPage(w http.ResponseWriter, r *http.Request) error {
	return web.showView(w, r, nil)
}

func (web *Web) showView(w http.ResponseWriter, r *http.Request, problems []page.Problem) error {
	d, err := web.S.View(r.Context(), ref.Handoff(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	doc := viewDoc(v, viewForm{Detail: d, Act: page.NewAct(v.Now), Problems: problems, Step: r.PathValue("step")})
	if len(problems) > 0 {
		doc.Status = http.StatusUnprocessableEntity
	}
	return page.Show(w, r, doc)
}

// step takes a worker's step and shows the hand-off again; what the form lacks
// is said on the same page.
func (web *Web) step(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	if _, err := page.Act(form); err != nil {
		return err
	}
	v := page.From(r.Context())
	h := ref.Handoff(r.PathValue("id"))
	err = web.S.Take(r.Context(), h, r.PathValue("step"), ParseInput(form, v.Now, v.Local(v.Now).Location()))
	if p, ok := problem(v, err); ok {
		return web.showView(w, r, []page.Problem{p})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/handoff/"+string(h))
}

// stream sends draw's event after each change on the organisation's boards, and
// at a slow beat for what another process changed and for the clock.
func (web *Web) stream(w http.ResponseWriter, r *http.Request, draw func(context.Context) (page.Event, error)) error {
	sc, _ := scope.From(r.Context())
	changed, stop := web.S.Hub.Watch(Topic(sc.Tenant))
	defer stop()
	events := make(chan page.Event)
	go web.feed(r.Context(), changed, events, draw)
	return page.Stream(w, r, page.Feed{Events: events, Over: web.Over})
}

// Slow is how often a stream looks even when this process changed nothing.
const Slow = 20 * time.Second

func (web *Web) feed(ctx context.Context, changed <-chan struct{}, out chan<- page.Event, draw func(context.Context) (page.Event, error)) {
	defer close(out)
	slow := time.NewTicker(Slow)
	defer slow.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
		case <-slow.C:
		}
		if web.ended(ctx) {
			return
		}
		e, err := draw(ctx)
		if err != nil {
			return
		}
		select {
		case out <- e:
		case <-ctx.Done():
			return
		}
	}
}

func (web *Web) ended(ctx context.Context) bool { return web.Over != nil && web.Over(ctx) }
