package rota

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/notify"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func (web *Web) channelRoutes() []module.Route {
	return []module.Route{
		{Method: "GET", Pattern: "/channels", Access: module.SignedIn, Action: "channel.view", Serve: web.channelsPage},
		{Method: "POST", Pattern: "/channels/{channel}/open", Access: module.SignedIn, Action: "channel.open", Serve: web.openChannel},
		{Method: "POST", Pattern: "/channels/{channel}/shut", Access: module.SignedIn, Action: "channel.open", Serve: web.shutChannel},
	}
}

func (web *Web) channelsPage(w http.ResponseWriter, r *http.Request) error {
	return web.showChannels(w, r, channelsForm{Done: r.URL.Query().Has("done")})
}

func (web *Web) showChannels(w http.ResponseWriter, r *http.Request, f channelsForm) error {
	all, err := web.S.Channels(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.All, f.Act = all, page.NewAct(v.Now)
	return page.ShowWith(w, r, channelsDoc(v, f), f.Problems)
}

// First adds to what an administrator is led to first that nothing but an open page
// tells a peer that someone waits, until one way out can be used. before may be nil.
func First(ctx context.Context, s *Service, before templ.Component) (templ.Component, error) {
	all, err := s.Channels(ctx)
	if err != nil || slices.ContainsFunc(all, func(c notify.Faring) bool { return c.Exists && c.Open() }) {
		return before, err
	}
	says := nothingWakes(page.From(ctx))
	if before == nil {
		return says, nil
	}
	return templ.Join(before, says), nil
}

func (web *Web) openChannel(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	return web.turned(w, r, in, web.S.OpenChannel(r.Context(), r.PathValue("channel"), in.Get("basis"), in.Get("why")))
}

func (web *Web) shutChannel(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	return web.turned(w, r, in, web.S.ShutChannel(r.Context(), r.PathValue("channel")))
}

// turned answers a form of a channel: back to the page, or what the form lacks.
func (web *Web) turned(w http.ResponseWriter, r *http.Request, in url.Values, err error) error {
	if errs.Is(err, errs.Invalid) {
		f := channelsForm{Channel: r.PathValue("channel"), In: in, Problems: []page.Problem{page.ProblemFrom(page.From(r.Context()), err)}}
		f.Problems[0].Field = ui.Key(f.Channel, f.Problems[0].Field)
		return web.showChannels(w, r, f)
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/channels?done=1")
}
