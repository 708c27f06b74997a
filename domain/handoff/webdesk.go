package handoff

import (
	"net/http"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/link"
	"alongside/platform/page"
)

// device is how a service's device is known again, one for each service's link: a
// front desk may serve two.
func (web *Web) device() link.Device {
	return link.Device{Name: "desk", Secure: strings.HasPrefix(web.Origin(), "https://")}
}

func (web *Web) deskKey(r *http.Request) DeskKey {
	token := r.PathValue("token")
	return DeskKey{Token: token, Device: web.device().Secret(r, token)}
}

func (web *Web) deskPage(w http.ResponseWriter, r *http.Request) error {
	return web.showDesk(w, r, nil)
}

func (web *Web) showDesk(w http.ResponseWriter, r *http.Request, problems []page.Problem) error {
	token := r.PathValue("token")
	d, err := web.S.DeskFor(r.Context(), web.deskKey(r))
	if err != nil {
		return err
	}
	v := web.dress(r)
	doc := deskDoc(v, deskForm{Desk: d, Token: token, Act: page.NewAct(v.Now), ID: ref.Handoff(r.PathValue("id")), Step: r.PathValue("step"), Problems: problems})
	return page.ShowWith(w, r, doc, problems)
}

// bind makes this device the service's. A link preview that fetches the page
// binds nothing: it takes a press.
func (web *Web) bind(w http.ResponseWriter, r *http.Request) error {
	in, err := web.acted(w, r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	secret, err := web.S.Bind(r.Context(), token, in.Act)
	if err != nil {
		return err
	}
	web.device().Give(w, token, secret)
	return page.Back(w, r, "/service/"+token)
}

func (web *Web) room(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	if _, err := page.Act(form); err != nil {
		return err
	}
	token := r.PathValue("token")
	err = web.S.Room(r.Context(), web.deskKey(r), places(form.Get("places")))
	if err != nil {
		return again(page.From(r.Context()), err, "", func(p []page.Problem) error { return web.showDesk(w, r, p) })
	}
	return page.Back(w, r, "/service/"+token)
}

// places reads a number of places; what is not one is less than none, which is
// asked for again.
func places(s string) int64 {
	if strings.TrimSpace(s) == "" {
		return -1
	}
	if n := number(s); n != 0 || strings.Trim(s, " 0") == "" {
		return n
	}
	return -1
}

func (web *Web) receive(w http.ResponseWriter, r *http.Request) error {
	in, err := web.acted(w, r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	in = Input{Act: in.Act, Slot: in.Slot, ServiceReason: in.ServiceReason}
	err = web.S.Receive(r.Context(), web.deskKey(r), ref.Handoff(r.PathValue("id")), r.PathValue("step"), in)
	if err != nil {
		return again(page.From(r.Context()), err, r.PathValue("id")+r.PathValue("step"), func(p []page.Problem) error { return web.showDesk(w, r, p) })
	}
	return page.Back(w, r, "/service/"+token)
}
