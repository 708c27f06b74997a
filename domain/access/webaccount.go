package access

import (
	"net/http"

	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// ownPage is one's own account as it is shown.
type ownPage struct {
	Profile  Profile
	Who      Who
	Ways     Ways
	Passkeys bool // browsers can keep them for this address
	Fresh    bool // signed in a short while ago
	Still    bool // a picture of the page: its script is not there
	Problems []page.Problem
	Status   int
}

func (web *Web) accountPage(w http.ResponseWriter, r *http.Request) error {
	a, err := web.S.Own(r.Context())
	if err != nil {
		return err
	}
	return web.showAccount(w, r, ownPage{Profile: Profile{a.Name, a.Language}})
}

func (web *Web) showAccount(w http.ResponseWriter, r *http.Request, o ownPage) error {
	var err error
	if o.Ways, err = web.S.Ways(r.Context()); err != nil {
		return err
	}
	o.Who, _ = Current(r.Context())
	o.Passkeys, o.Fresh = web.S.PasskeysWork(), web.S.fresh(r.Context()) == nil
	return page.Show(w, r, ownDoc(page.From(r.Context()), o))
}

func (web *Web) setProfile(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	p, problems := parseProfile(web.S.accounts, form)
	if len(problems) > 0 {
		v := page.From(r.Context())
		return web.showAccount(w, r, ownPage{Profile: p, Problems: ui.ProblemsOf(v, problems), Status: http.StatusUnprocessableEntity})
	}
	if err := web.S.SetProfile(r.Context(), p); err != nil {
		return err
	}
	return page.Back(w, r, "/account")
}

func (web *Web) askToAdd(w http.ResponseWriter, r *http.Request) error {
	q, err := web.S.AskToAdd(r.Context(), web.S.deviceOf(r))
	if err != nil {
		return err
	}
	return writeJSON(w, q)
}

func (web *Web) addKey(w http.ResponseWriter, r *http.Request) error {
	a, err := readAnswer(w, r)
	if err != nil {
		return err
	}
	if err := web.S.Add(r.Context(), a.Token, a.Answer, web.S.deviceOf(r)); err != nil {
		return err
	}
	return goTo(w, "/account")
}

func (web *Web) dropKey(w http.ResponseWriter, r *http.Request) error {
	if err := web.S.DropPasskey(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	return page.Back(w, r, "/account")
}

func (web *Web) dropPassword(w http.ResponseWriter, r *http.Request) error {
	if err := web.S.DropPassword(r.Context()); err != nil {
		return err
	}
	return page.Back(w, r, "/account")
}

// setup is the page for setting a password as it is shown.
type setup struct {
	Picture  ui.Square
	Letters  string
	Problems []page.Problem
	Status   int
}

func (web *Web) passwordPage(w http.ResponseWriter, r *http.Request) error {
	if err := web.S.mayAdd(r.Context()); err != nil {
		return page.Back(w, r, "/account")
	}
	return web.showSetup(w, r, setup{})
}

func (web *Web) showSetup(w http.ResponseWriter, r *http.Request, s setup) error {
	key, name, err := web.S.OfferKey(r.Context())
	if err != nil {
		return err
	}
	if s.Picture, err = ui.NewSquare(keyLink(key, name)); err != nil {
		return err
	}
	s.Letters = grouped(keyText(key))
	return page.Show(w, r, setupDoc(page.From(r.Context()), s))
}

func (web *Web) setPassword(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	err = web.S.SetPassword(r.Context(), form.Get("password"), form.Get("code"))
	if p, status, ok := shown(page.From(r.Context()), err); ok {
		return web.showSetup(w, r, setup{Problems: []page.Problem{p}, Status: status})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/account")
}

func (web *Web) signInsPage(w http.ResponseWriter, r *http.Request) error {
	list, err := web.S.SignIns(r.Context())
	if err != nil {
		return err
	}
	made, err := web.S.WaysMade(r.Context())
	if err != nil {
		return err
	}
	return page.Show(w, r, signInsDoc(page.From(r.Context()), list, made))
}

// endSignIn ends one; one that ended by itself meanwhile is no trouble.
func (web *Web) endSignIn(w http.ResponseWriter, r *http.Request) error {
	if err := web.S.EndSignIn(r.Context(), ref.Session(r.PathValue("id"))); err != nil {
		return err
	}
	return page.Back(w, r, "/account/sign-ins")
}

func (web *Web) endOthers(w http.ResponseWriter, r *http.Request) error {
	if err := web.S.EndOthers(r.Context()); err != nil {
		return err
	}
	return page.Back(w, r, "/account/sign-ins")
}
