package handoff

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"alongside/domain/tenant"
	"alongside/platform/link"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
	"alongside/platform/scope"
)

// Web is the hand-off's pages. Over says whether the session of a stream has
// ended; Dress fills the page's view for a visitor whose link opens something;
// Origin is where browsers reach the program, for what is printed on a card.
type Web struct {
	S      *Service
	Over   func(ctx context.Context) bool
	Dress  func(ctx context.Context, tenant string)
	Zone   func(ctx context.Context, tenant string) *time.Location // where "10:30" is meant
	Origin func() string
	Caring Caring // who is out alone; nil for nobody
}

// Routes are the pages, with who may come to them.
func (web *Web) Routes() []module.Route {
	return slices.Concat(web.linkRoutes(), web.workRoutes(), web.followRoutes(), web.overviewRoutes())
}

func (web *Web) linkRoutes() []module.Route {
	open := func(method, pattern string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.ByLink, Serve: web.byLink(serve)}
	}
	return []module.Route{
		open("GET", "/ask/{token}", web.askPage),
		open("POST", "/ask/{token}", web.ask),
		open("POST", "/ask/{token}/code", web.code),
		open("GET", "/asked/{token}", web.statusPage),
		open("GET", "/asked/{token}/live", web.statusLive),
		open("POST", "/asked/{token}/{step}", web.change),
		open("GET", "/own/{token}", web.ownPage),
		open("GET", "/own/{token}/live", web.ownLive),
		open("POST", "/own/{token}/{step}", web.ownStep),
		open("GET", "/service/{token}", web.deskPage),
		open("POST", "/service/{token}/bind", web.bind),
		open("POST", "/service/{token}/room", web.room),
		open("POST", "/service/{token}/{id}/{step}", web.receive),
	}
}

func (web *Web) workRoutes() []module.Route {
	work := func(method, pattern, action string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: action, Serve: serve}
	}
	offline := func(r module.Route) module.Route { r.Offline = true; return r }
	return []module.Route{
		work("GET", "/board", "handoff.board", web.boardPage),
		work("GET", "/board/live", "handoff.board", web.boardLive),
		work("GET", "/board/files", "handoff.board", web.lanePage(LaneFile)),
		work("GET", "/board/kept", "handoff.board", web.lanePage(LaneHeld)),
		work("GET", "/board/newest", "handoff.board", web.lanePage(LaneWaiting)),
		work("GET", "/board/phone", "handoff.step", web.phonePage),
		work("POST", "/board/phone", "handoff.step", web.phone),
		offline(work("GET", "/handoff/{id}", "handoff.view", web.viewPage)),
		work("GET", "/handoff/{id}/live", "handoff.view", web.viewLive),
		work("GET", "/handoff/{id}/card", "handoff.view", web.cardPage),
		work("GET", "/handoff/{id}/entry/{seq}", "handoff.view", web.amendPage),
		work("POST", "/handoff/{id}/card", "handoff.step", web.newCard),
		offline(work("POST", "/handoff/{id}/{step}", "handoff.step", web.step)),
		work("GET", "/places", "site.edit", web.placesPage),
		work("GET", "/places/site/{id}", "site.edit", web.sitePage),
		work("POST", "/places/site/{id}", "site.edit", web.saveSite),
		work("POST", "/places/site/{id}/link", "site.edit", web.newLink),
		work("GET", "/places/service/{id}", "destination.edit", web.destinationPage),
		work("POST", "/places/service/{id}", "destination.edit", web.saveDestination),
		work("POST", "/places/service/{id}/link", "destination.edit", web.newDesk),
	}
}

// byLink gives a visitor by link the scope of the link's organisation. A token
// that cannot be one is answered like a page that does not exist.
func (web *Web) byLink(next page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		token := r.PathValue("token")
		if strings.HasPrefix(r.URL.Path, "/own/") {
			token, _, _ = SplitOwn(token)
		}
		sc, ok := link.Scope(token, scope.Treatment)
		if !ok {
			return absent("link")
		}
		r = r.WithContext(scope.With(r.Context(), sc))
		err := next(w, r)
		if tenant.IsPaused(err) {
			return web.shut(r)
		}
		return err
	}
}

// dress lets the page say whose it is. It is called only after the link opened
// something: what a wrong link shows must not tell one organisation from
// another.
func (web *Web) dress(r *http.Request) *page.View {
	sc, _ := scope.From(r.Context())
	web.Dress(r.Context(), sc.Tenant)
	return page.From(r.Context())
}

// acted reads a posted form with its act. A time on it is meant on the clock of
// the organisation, also where a visitor by link posts it.
func (web *Web) acted(w http.ResponseWriter, r *http.Request) (Input, error) {
	form, act, err := page.Posted(w, r)
	if err != nil {
		return Input{}, err
	}
	sc, _ := scope.From(r.Context())
	in := ParseInput(form, web.Zone(r.Context(), sc.Tenant))
	in.Act = act
	return in, nil
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
		e, on := web.drawn(ctx, draw)
		if e.Name != "" {
			select {
			case out <- e:
			case <-ctx.Done():
				return
			}
		}
		if !on {
			return
		}
	}
}

// drawn is the next event, and whether the stream goes on after it. Once the
// session has ended, or the organisation is paused, the page loads itself anew:
// a stream that only stopped would leave it saying what is no longer so.
func (web *Web) drawn(ctx context.Context, draw func(context.Context) (page.Event, error)) (e page.Event, on bool) {
	if web.ended(ctx) {
		return page.Over(), false
	}
	e, err := draw(ctx)
	switch {
	case tenant.IsPaused(err) || web.ended(ctx): // what was read after the end is not shown
		return page.Over(), false
	case err != nil:
		return page.Event{}, false
	}
	return e, true
}

func (web *Web) ended(ctx context.Context) bool { return web.Over != nil && web.Over(ctx) }

// again shows a form once more with what is missing, when err names a place on
// it; any other error is for the one place that answers. of is the form, where
// the page has several.
func again(v *page.View, err error, of string, show func([]page.Problem) error) error {
	p, ok := problem(v, err)
	if !ok {
		return err
	}
	p.Field = ui.Key(of, p.Field)
	return show([]page.Problem{p})
}
