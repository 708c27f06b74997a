package access

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// inviteForm is the page for inviting as it is shown.
type inviteForm struct {
	New      Newcomer
	Act      string
	Problems []page.Problem
	Status   int
}

// one is the page of one account as it is shown.
type one struct {
	Account  Account
	Walks    Walks
	HandOver bool // whoever reads can act in a role that hands people over
	Act      string
	Self     bool
	Problems []page.Problem
	Status   int
}

func (web *Web) accountsPage(w http.ResponseWriter, r *http.Request) error {
	list, err := web.S.List(r.Context())
	if err != nil {
		return err
	}
	return page.Show(w, r, accountsDoc(page.From(r.Context()), list))
}

func (web *Web) invitePage(w http.ResponseWriter, r *http.Request) error {
	v := page.From(r.Context())
	return page.Show(w, r, inviteDoc(v, inviteForm{Act: page.NewAct(v.Now)}))
}

func (web *Web) invite(w http.ResponseWriter, r *http.Request) error {
	form, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	var a Account
	problems := ui.ProblemsOf(v, web.S.accounts.Parse(form, &a))
	f := inviteForm{New: Newcomer{a.Name, a.Email, a.Roles, a.Language}, Act: act, Problems: problems, Status: http.StatusUnprocessableEntity}
	if len(problems) > 0 {
		return page.Show(w, r, inviteDoc(v, f))
	}
	in, err := web.S.Invite(r.Context(), f.New, act)
	if p, status, ok := shown(v, err); ok {
		f.Problems, f.Status = []page.Problem{p}, status
		return page.Show(w, r, inviteDoc(v, f))
	}
	if err != nil {
		return err
	}
	return web.showLink(w, r, in)
}

// showLink shows a new link, the one time it can be shown.
func (web *Web) showLink(w http.ResponseWriter, r *http.Request, in Invitation) error {
	v := page.From(r.Context())
	return page.Show(w, r, invitedDoc(v, in.Account.Name, web.S.Origin()+LinkPath(in.Token), v.Now.Add(linkLasts)))
}

func (web *Web) onePage(w http.ResponseWriter, r *http.Request) error {
	return web.showOne(w, r, one{})
}

func (web *Web) showOne(w http.ResponseWriter, r *http.Request, o one) error {
	var err error
	if o.Account, err = web.S.Account(r.Context(), ref.Account(r.PathValue("id"))); err != nil {
		return err
	}
	v := page.From(r.Context())
	if o.Account.Open(v.Now) {
		if o.Walks, err = web.S.LeftAlone(r.Context(), o.Account.ID); err != nil {
			return err
		}
	}
	who, _ := Current(r.Context())
	o.HandOver = slices.Contains(who.Roles, Supervisor)
	o.Act, o.Self = page.NewAct(v.Now), who.Account == o.Account.ID
	return page.Show(w, r, oneDoc(v, o))
}

func (web *Web) newLink(w http.ResponseWriter, r *http.Request) error {
	_, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	in, err := web.S.Link(r.Context(), ref.Account(r.PathValue("id")), act)
	if err != nil {
		return err
	}
	return web.showLink(w, r, in)
}

func (web *Web) setRoles(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	return web.changed(w, r, func(ctx context.Context, id ref.Account) error {
		_, err := web.S.SetRoles(ctx, id, form["roles"])
		return err
	})
}

// setUntil takes the last day on which an account may be used, where the
// organisation is; no day is no end.
func (web *Web) setUntil(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return web.changed(w, r, func(ctx context.Context, id ref.Account) error {
		until, err := dayAfter(form.Get("until"), v.Local(v.Now).Location())
		if err != nil {
			return err
		}
		return web.S.SetUntil(ctx, id, until)
	})
}

// dayAfter is the instant at which a day is over; zero for no day.
func dayAfter(day string, zone *time.Location) (time.Time, error) {
	if day == "" {
		return time.Time{}, nil
	}
	d, err := time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		return d, errs.At("access: until", "until", "access.error.day")
	}
	return time.Date(d.Year(), d.Month(), d.Day()+1, 0, 0, 0, 0, zone), nil
}

func (web *Web) pause(w http.ResponseWriter, r *http.Request) error {
	return web.changed(w, r, web.S.Pause)
}

func (web *Web) reopen(w http.ResponseWriter, r *http.Request) error {
	return web.changed(w, r, web.S.Reopen)
}

// handOverPath leads to where their people are handed over, by the choice of the role
// in which that is done.
func (o one) handOverPath() string { return "/sign-in/role?to=" + url.QueryEscape(o.Walks.Path) }

// changed does something with an account and shows it again; what cannot be
// done is said on the same page.
func (web *Web) changed(w http.ResponseWriter, r *http.Request, do func(context.Context, ref.Account) error) error {
	id := ref.Account(r.PathValue("id"))
	err := do(r.Context(), id)
	if p, status, ok := shown(page.From(r.Context()), err); ok {
		return web.showOne(w, r, one{Problems: []page.Problem{p}, Status: status})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/accounts/"+string(id))
}
