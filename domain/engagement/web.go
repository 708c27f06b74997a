package engagement

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"alongside/domain/ref"
	"alongside/platform/module"
	"alongside/platform/page"
)

// Web is the pages of a peer's day.
type Web struct {
	S    *Service
	Sign Signing // how the provider of texts signs
}

// Routes are the pages, with who may come to them. Which person someone may
// see is decided for each person, by the service.
func (web *Web) Routes() []module.Route {
	in := func(method, pattern, action string, h page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "engagement." + action, Serve: h}
	}
	offline := func(r module.Route) module.Route { r.Offline = true; return r }
	out := []module.Route{
		offline(in("GET", "/today", "today", web.todayPage)),
		offline(in("POST", LaterPath, "today", web.later)),
		in("GET", "/today/own", "today", web.timesPage),
		in("POST", "/today/own", "today", web.setTime),
		in("POST", "/today/own/{own}/gone", "today", web.dropTime),
		in("GET", "/caseload", "today", web.caseloadPage),
		offline(in("GET", "/walk/{person}", "today", web.walkPage)),
		offline(in("GET", "/walk/{person}/note", "today", web.notePage)),
		offline(in("POST", "/walk/{person}/note", "today", web.note)),
		in("POST", "/walk/{person}/text", "today", web.text),
		in("GET", "/walk/{person}/contact/{contact}", "today", web.contactPage),
		in("GET", "/walk/{person}/before/{contact}", "today", web.beforePage),
		in("GET", "/coverage", "coverage", web.coveragePage),
		in("POST", "/coverage/match", "match", web.match),
		in("GET", "/coverage/new", "coverage", web.unmetPage),
		in("POST", "/coverage/new", "match", web.matchAll),
		in("POST", "/coverage/limits", "limits", web.setLimits),
		in("GET", "/quiet", "today", web.quietPage),
		in("POST", "/walk/{person}/diary", "today", web.meet),
		in("POST", "/mine/walk/{walk}/hello", "own", web.own(web.S.Hello, web.S.Unhello)),
		in("POST", "/mine/walk/{walk}/change", "own", web.own(web.S.Someone, web.S.SameOne)),
	}
	return append(append(out, web.walkRoutes(in)...), web.textRoutes()...)
}

// LaterPath takes a line of Today that is put off.
const LaterPath = "/today/later"

func walkPath(p ref.Person) string { return "/walk/" + url.PathEscape(string(p)) }

func contactPath(c Contact) string {
	return walkPath(c.Person) + "/contact/" + url.PathEscape(string(c.ID))
}

func personIn(r *http.Request) ref.Person { return ref.Person(r.PathValue("person")) }

func (web *Web) todayPage(w http.ResponseWriter, r *http.Request) error {
	return web.showToday(w, r, todayForm{})
}

func (web *Web) showToday(w http.ResponseWriter, r *http.Request, f todayForm) error {
	d, err := web.S.Today(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.Day, f.Act = d, page.NewAct(v.Now)
	return page.ShowWith(w, r, todayDoc(v, f), f.Problems)
}

func (web *Web) later(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	hours, err := strconv.Atoi(in.Get("wait"))
	if err != nil {
		hours = 0 // refused in words
	}
	key, wait := in.Get("item"), time.Duration(hours)*time.Hour
	left := stillToWait(page.From(r.Context()).Now, in.Get("written"), wait)
	if wait > 0 && left <= 0 {
		return page.Back(w, r, "/today")
	}
	err = web.S.PutOff(r.Context(), key, left, in.Get("why"))
	problems, err := page.Mendable(r, err)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return web.showToday(w, r, todayForm{Open: key, Problems: problems})
	}
	return page.Back(w, r, "/today")
}

// stillToWait is what is left of a wait that began when it was written down,
// maybe without a network, on a phone.
func stillToWait(now time.Time, written string, wait time.Duration) time.Duration {
	began := beganBefore(now, written, 0)
	if began.IsZero() {
		return wait
	}
	return wait - max(now.Sub(began), 0)
}

func (web *Web) caseloadPage(w http.ResponseWriter, r *http.Request) error {
	list, err := web.S.Caseload(r.Context())
	if err != nil {
		return err
	}
	return page.Show(w, r, caseloadDoc(page.From(r.Context()), list))
}

func (web *Web) walkPage(w http.ResponseWriter, r *http.Request) error {
	c, err := web.S.With(r.Context(), personIn(r))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, walkDoc(v, walkForm{Companionship: c, Act: page.NewAct(v.Now)}))
}

// beforePage is the story before one of its contacts. It is no page that a phone
// keeps: the newest is.
func (web *Web) beforePage(w http.ResponseWriter, r *http.Request) error {
	c, err := web.S.Before(r.Context(), personIn(r), ref.Contact(r.PathValue("contact")))
	if err != nil {
		return err
	}
	return page.Show(w, r, beforeDoc(page.From(r.Context()), c))
}

// text sends the person a text. What cannot be sent is shown again as it was
// typed.
func (web *Web) text(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	err = web.S.Text(r.Context(), personIn(r), act, in.Get("words"))
	problems, err := page.Mendable(r, err)
	if err != nil {
		return err
	}
	if len(problems) == 0 {
		return page.Back(w, r, walkPath(personIn(r)))
	}
	c, err := web.S.With(r.Context(), personIn(r))
	if err != nil {
		return err
	}
	d := walkDoc(page.From(r.Context()), walkForm{Companionship: c, Act: act, Words: in.Get("words"), Problems: problems})
	return page.ShowWith(w, r, d, problems)
}
