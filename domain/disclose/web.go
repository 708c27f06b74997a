package disclose

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// Web is what a person sees of their own: what they allowed, what was told, and
// who looked.
type Web struct {
	// Panels are parts of a person's own page that neighbours keep, in order;
	// they stand before what was told. nil for none.
	Panels []func(ctx context.Context) (templ.Component, error)

	S     *Service
	DB    *db.DB
	Names func(tx *db.Tx, accounts []ref.Account) (map[ref.Account]string, error) // work names
	// Deciders are the accounts that may be named to decide about a demand.
	Deciders func(tx *db.Tx) (map[ref.Account]string, error)
	// Here is the name that a person uses, "" for none yet; NotFound for who is not
	// here. It owes a look.
	Here func(tx *db.Tx, person ref.Person) (name string, err error)
	In   func(i18n.Lang) *i18n.Words // the program's words
}

// Routes are the pages of this domain.
func (web *Web) Routes() []module.Route {
	const own = "consent.own"
	return append(slices.Concat(web.deskRoutes(), web.allowRoutes(), web.agreedRoutes()), []module.Route{
		{Method: "GET", Pattern: "/mine", Access: module.SignedIn, Action: own, Serve: web.minePage},
		{Method: "GET", Pattern: "/mine/looks", Access: module.SignedIn, Action: own, Serve: web.looksPage},
		{Method: "GET", Pattern: "/mine/consents/{id}", Access: module.SignedIn, Action: own, Serve: web.onePage},
		{Method: "POST", Pattern: "/mine/consents/{id}/take-back", Access: module.SignedIn, Action: own, Serve: web.takeBack},
	}...)
}

func (web *Web) minePage(w http.ResponseWriter, r *http.Request) error {
	var m Mine
	err := web.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		m, err = web.S.Mine(tx)
		return err
	})
	if err != nil {
		return err
	}
	var panels []templ.Component
	for _, panel := range web.Panels {
		c, err := panel(r.Context())
		if err != nil {
			return err
		}
		panels = append(panels, c)
	}
	return page.Show(w, r, mineDoc(page.From(r.Context()), m, panels...))
}

func (web *Web) onePage(w http.ResponseWriter, r *http.Request) error {
	var c consent.Shown
	err := web.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		c, err = web.S.MyConsent(tx, ref.Consent(r.PathValue("id")))
		return err
	})
	if err != nil {
		return err
	}
	return page.Show(w, r, oneDoc(page.From(r.Context()), c))
}

func (web *Web) takeBack(w http.ResponseWriter, r *http.Request) error {
	id := ref.Consent(r.PathValue("id"))
	if err := web.DB.Write(r.Context(), func(tx *db.Tx) error { return web.S.TakeBack(tx, id) }); err != nil {
		return err
	}
	return page.Back(w, r, onePath(id))
}

// looking is the page of looks as it is shown.
type looking struct {
	Me    string // the account that reads
	Looks []Look
	Names map[ref.Account]string
	Later bool  // there are newer ones on another page
	Next  int64 // where the page before begins; 0: there is none
}

func (web *Web) looksPage(w http.ResponseWriter, r *http.Request) error {
	v := page.From(r.Context())
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64) // what is no number is the newest page
	l, err := web.looks(r.Context(), v.Local(v.Now).Location(), max(before, 0))
	if err != nil {
		return err
	}
	return page.Show(w, r, looksDoc(v, l))
}

func (web *Web) looks(ctx context.Context, zone *time.Location, before int64) (l looking, err error) {
	sc, _ := scope.From(ctx)
	l.Me, l.Later = sc.Actor, before > 0
	err = web.DB.Read(ctx, func(tx *db.Tx) error {
		if l.Looks, l.Next, err = web.S.Looks(tx, zone, before); err != nil || len(l.Looks) == 0 {
			return err
		}
		l.Names, err = web.Names(tx, accounts(l.Looks))
		return err
	})
	return l, err
}

func onePath(c ref.Consent) string { return "/mine/consents/" + url.PathEscape(string(c)) }
