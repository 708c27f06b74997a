package access

import (
	"net/http"
	"net/url"
	"strings"

	"alongside/platform/errs"
	"alongside/platform/page"
)

// door is the sign-in page as it is shown.
type door struct {
	To       string // where someone wanted to go; a path of our own
	Email    string // as it was typed
	Passkeys bool
	Still    bool // a picture of the page: its script is not there
	Problems []page.Problem
	Status   int
}

func (web *Web) signInPage(w http.ResponseWriter, r *http.Request) error {
	to := page.OwnOr(r.URL.Query().Get("to"), "/")
	if _, in := Current(r.Context()); in && r.URL.Query().Get("again") == "" {
		return page.Back(w, r, to)
	}
	if ofParticipant(to) && !r.URL.Query().Has("other") {
		return page.Show(w, r, awayDoc(page.From(r.Context()), to))
	}
	return web.showDoor(w, r, door{To: to})
}

// ofParticipant reports whether someone wanted to go to a page that a participant
// has of their own: for them a form that asks an e-mail and a code says nothing.
func ofParticipant(to string) bool { return to == "/mine" || strings.HasPrefix(to, "/mine/") }

func (web *Web) showDoor(w http.ResponseWriter, r *http.Request, d door) error {
	d.Passkeys = web.S.PasskeysWork()
	return page.Show(w, r, doorDoc(page.From(r.Context()), d))
}

func (web *Web) signIn(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	to := page.OwnOr(form.Get("to"), "/")
	in, err := web.S.SignIn(r.Context(), Typed{form.Get("email"), form.Get("password"), form.Get("code")}, web.S.deviceOf(r))
	if p, status, ok := shown(page.From(r.Context()), err); ok {
		return web.showDoor(w, r, door{To: to, Email: form.Get("email"), Problems: []page.Problem{p}, Status: status})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, web.arrive(w, r, in, to))
}

// arrive gives the browser its new sign-in, ends the one it came with, and says
// where to go on: to the choice of a role, to the choice of a way to come back,
// or to where someone wanted to go.
func (web *Web) arrive(w http.ResponseWriter, r *http.Request, in Arrival, to string) string {
	if err := web.S.SignOut(r.Context()); err != nil && !errs.Is(err, errs.NotFound) {
		web.S.Log.Warn("an old sign-in was not ended", "err", err)
	}
	web.S.setCookie(w, in.Token, in.Keep)
	switch {
	case in.Role == "" && !in.Told:
		return "/sign-in/role?to=" + url.QueryEscape("/account/sign-ins")
	case in.Role == "":
		return "/sign-in/role?to=" + url.QueryEscape(to)
	case !in.Told:
		return "/account/sign-ins"
	case in.Way == WayLink && !in.Other && !web.S.Demo:
		return "/account"
	}
	return to
}

// linkPage is the same for every link, whether it opens or not, and uses none
// up: mail programs fetch links to look at them.
func (web *Web) linkPage(w http.ResponseWriter, r *http.Request) error {
	v := page.From(r.Context())
	return page.Show(w, r, linkDoc(v, LinkPath(r.PathValue("token")), page.NewAct(v.Now)))
}

func (web *Web) openLink(w http.ResponseWriter, r *http.Request) error {
	_, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	in, err := web.S.OpenLink(r.Context(), r.PathValue("token"), act, web.S.deviceOf(r))
	if errs.Is(err, errs.NotFound) {
		return page.Show(w, r, goneDoc(page.From(r.Context())))
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, web.arrive(w, r, in, "/"))
}

func (web *Web) askForKey(w http.ResponseWriter, r *http.Request) error {
	q, err := web.S.AskForKey(r.Context(), web.S.deviceOf(r))
	if err != nil {
		return err
	}
	return writeJSON(w, q)
}

func (web *Web) signInByKey(w http.ResponseWriter, r *http.Request) error {
	a, err := readAnswer(w, r)
	if err != nil {
		return err
	}
	in, err := web.S.SignInByKey(r.Context(), a.Token, a.Answer, web.S.deviceOf(r))
	if err != nil {
		return err
	}
	return goTo(w, web.arrive(w, r, in, page.OwnOr(a.To, "/")))
}

// signOut ends the sign-in here, also when the database is away: the cookie
// goes in any event.
func (web *Web) signOut(w http.ResponseWriter, r *http.Request) error {
	web.S.dropCookie(w)
	w.Header().Set("Clear-Site-Data", `"cache"`)
	if err := web.S.SignOut(r.Context()); err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	return page.Back(w, r, "/")
}

func (web *Web) rolePage(w http.ResponseWriter, r *http.Request) error {
	who, _ := Current(r.Context())
	return page.Show(w, r, roleDoc(page.From(r.Context()), who.Roles, page.OwnOr(r.URL.Query().Get("to"), "/")))
}

func (web *Web) actAs(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	in, err := web.S.ActAs(r.Context(), form.Get("role"))
	if err != nil {
		return err
	}
	web.S.setCookie(w, in.Token, in.Keep)
	return page.Back(w, r, page.OwnOr(form.Get("to"), "/"))
}
