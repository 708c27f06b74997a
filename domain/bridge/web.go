package bridge

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/link"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// Web is the pages of this domain. Dress fills the page's view for a visitor
// whose link opens something; Watch hears of each change of a live request;
// Origin is where browsers reach the program.
type Web struct {
	S      *Service
	C      *Cards
	Dress  func(ctx context.Context, tenant string)
	Watch  func(tenant string) (changed <-chan struct{}, stop func())
	Origin func() string
}

// Routes are the pages, with who may come to them.
func (web *Web) Routes() []module.Route {
	return slices.Concat(web.noteRoutes(), web.linkRoutes(), web.liveRoutes(), web.adviceRoutes(), web.cardRoutes())
}

// noteRoutes are the pages of notes: the same for who walks with the person, and
// for the person.
func (web *Web) noteRoutes() []module.Route {
	both := func(method, rest string, h func(Door) page.Handler) []module.Route {
		theirs := func(w http.ResponseWriter, r *http.Request) error {
			return h(Door{Person: ref.Person(r.PathValue("person"))})(w, r)
		}
		return []module.Route{
			{Method: method, Pattern: "/walk/{person}" + rest, Access: module.SignedIn, Action: "bridge.work", Serve: theirs},
			{Method: method, Pattern: "/mine" + rest, Access: module.SignedIn, Action: "bridge.own", Serve: h(Door{Own: true})},
		}
	}
	return slices.Concat(
		both("GET", "/notes", web.notesPage),
		both("POST", "/notes", web.begin),
		both("GET", "/notes/{note}", web.notePage),
		both("POST", "/notes/{note}/{step}", web.turn),
	)
}

func (web *Web) linkRoutes() []module.Route {
	open := func(method, pattern string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.ByLink, Serve: web.byLink(serve)}
	}
	return []module.Route{
		open("GET", "/context/{token}", web.sheetPage),
		open("POST", "/context/{token}/bind", web.bind),
	}
}

// byLink gives a visitor by link the scope of the link's organisation. A token
// that cannot be one is answered like a page that does not exist.
func (web *Web) byLink(next page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		sc, ok := link.Scope(r.PathValue("token"), scope.Treatment)
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

// shut answers a link of a paused organisation: nobody comes by this way, and
// which telephone to call instead.
func (web *Web) shut(r *http.Request) error {
	phone, err := web.S.Duty(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	web.dress(r)
	return tenant.Shut(phone, r.Method == http.MethodPost)
}

// dress lets the page say whose it is, once the link opened something.
func (web *Web) dress(r *http.Request) *page.View {
	sc, _ := scope.From(r.Context())
	web.Dress(r.Context(), sc.Tenant)
	return page.From(r.Context())
}

func (web *Web) device() link.Device {
	return link.Device{Name: "note", Secure: strings.HasPrefix(web.Origin(), "https://")}
}

// base is where the pages of a door begin.
func (d Door) base() string {
	if d.Own {
		return "/mine"
	}
	return "/walk/" + url.PathEscape(string(d.Person))
}

func (d Door) note(n ref.Note) string { return d.base() + "/notes/" + url.PathEscape(string(n)) }

// voice is the key of words said to the person, or about them.
func (d Door) voice(key string) string {
	if d.Own {
		return key + "-own"
	}
	return key
}
