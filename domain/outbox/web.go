package outbox

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
)

// Web is the outbox's pages. Says puts what was written into lines, for the page
// it was written for.
type Web struct {
	S    *Service
	Says func(v *page.View, path string, form url.Values) []string
}

// Routes are the pages. An item may come from a phone on which nobody is signed
// in: its slip and its box say whose it is.
func (web *Web) Routes() []module.Route {
	in := func(method, pattern, action string, h page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "outbox." + action, Serve: h}
	}
	return []module.Route{
		{Method: "POST", Pattern: "/outbox", Access: module.Anyone, Serve: web.take},
		{Method: "POST", Pattern: "/outbox/stands", Access: module.Anyone, Serve: web.stands},
		in("GET", "/outbox/slip", "slip", web.slip),
		in("GET", "/outbox/key", "send", web.key),
		in("GET", "/kept", "send", web.keptPage),
		in("POST", "/kept/placed", "send", web.place),
		in("POST", "/kept/hours", "set", web.hours),
	}
}

func (web *Web) key(w http.ResponseWriter, r *http.Request) error {
	k, err := web.S.Key(r.Context())
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, map[string]any{"user": k.User, "key": k.Point, "slip": k.Slip, "hours": k.Hours})
}

func (web *Web) slip(w http.ResponseWriter, r *http.Request) error {
	slip, err := web.S.Slip(r.Context())
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, map[string]string{"slip": slip})
}

// stands tells a phone whether it has to forget what it keeps.
func (web *Web) stands(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Slip string
		Own  bool
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<10)).Decode(&in); err != nil {
		return errs.New(errs.Invalid, "outbox: cannot be read", "")
	}
	wipe, err := web.S.Wiped(r.Context(), in.Slip, in.Own)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, map[string]bool{"wipe": wipe})
}

func answer(w http.ResponseWriter, status int, body any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return errs.Wrap("outbox: answer", json.NewEncoder(w).Encode(body))
}

// mostSent is the most bytes that may be on their way at once. A phone sends
// half of that; only one item that is longer goes alone.
const mostSent = 512 << 10

// arrived is what a phone sends: one item, or many in their order.
type arrived struct {
	Sent
	Items []Sent
}

func read(w http.ResponseWriter, r *http.Request) (in arrived, err error) {
	err = json.NewDecoder(http.MaxBytesReader(w, r.Body, mostSent)).Decode(&in)
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return in, &errs.Error{Kind: errs.Invalid, Op: "outbox: too much at once", Err: err}
	case err != nil:
		return in, errs.New(errs.Invalid, "outbox: cannot be read", "")
	}
	return in, nil
}

// take answers one item with a status and a word: 200 taken, 409 kept beside
// another, 422 its writer is needed, 403 kept for a person to place, 401 sign in
// first. Many are answered by the list of those words.
func (web *Web) take(w http.ResponseWriter, r *http.Request) error {
	in, err := read(w, r)
	if err != nil {
		return err
	}
	if in.Items != nil {
		return web.takeAll(w, r, in.Items)
	}
	got, err := web.S.Take(r.Context(), in.Sent)
	switch {
	case errors.Is(err, errSignIn):
		return answer(w, http.StatusUnauthorized, map[string]string{"state": "sign-in"})
	case errors.Is(err, errDamaged):
		return answer(w, http.StatusUnprocessableEntity, map[string]string{"state": Damaged})
	case err != nil:
		return err
	}
	status, word := said(got.State)
	return answer(w, status, map[string]any{"state": word, "wipe": got.Gone})
}

// word is the answer to one of many.
type word struct {
	ID    string `json:"id"`
	State string `json:"state"`
}

// takeAll answers with those that were settled, in their order, up to the first
// that could not be taken now. When that is the first of all, it is answered as
// it would be alone.
func (web *Web) takeAll(w http.ResponseWriter, r *http.Request, items []Sent) error {
	done, err := web.S.TakeAll(r.Context(), items)
	switch {
	case len(done) == 0 && errors.Is(err, errSignIn):
		return answer(w, http.StatusUnauthorized, map[string]string{"state": "sign-in"})
	case len(done) == 0 && err != nil:
		return err
	}
	words, wipe := make([]word, len(done)), false
	for i, a := range done {
		_, state := said(a.State)
		words[i], wipe = word{items[i].ID, state}, wipe || a.Gone
	}
	return answer(w, http.StatusOK, map[string]any{"items": words, "wipe": wipe})
}

func said(state string) (status int, word string) {
	switch state {
	case Taken:
		return http.StatusOK, "taken"
	case Apart:
		return http.StatusConflict, "apart"
	case Refused:
		return http.StatusForbidden, "kept"
	case Damaged:
		return http.StatusUnprocessableEntity, Damaged
	}
	return http.StatusUnprocessableEntity, "needs"
}

func (web *Web) keptPage(w http.ResponseWriter, r *http.Request) error {
	return web.showKept(w, r, nil)
}

func (web *Web) showKept(w http.ResponseWriter, r *http.Request, problems []page.Problem) error {
	list, err := web.S.Kept(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	d := keptDoc(v, keptForm{List: list, Act: page.NewAct(v.Now), Problems: problems, Says: web.Says})
	return page.ShowWith(w, r, d, problems)
}

func (web *Web) place(w http.ResponseWriter, r *http.Request) error {
	in, err := page.Form(w, r)
	if err != nil {
		return err
	}
	take, err := strconv.ParseInt(in.Get("take"), 10, 64)
	if err != nil {
		return absent("take")
	}
	if err := web.S.Place(r.Context(), in.Get("item"), take); err != nil {
		return err
	}
	return page.Back(w, r, "/kept")
}

func (web *Web) hours(w http.ResponseWriter, r *http.Request) error {
	in, err := page.Form(w, r)
	if err != nil {
		return err
	}
	hours, err := strconv.ParseInt(in.Get("hours"), 10, 64)
	if err != nil {
		hours = 0 // refused in words
	}
	err = web.S.SetHours(r.Context(), hours)
	if errs.Is(err, errs.Invalid) {
		return web.showKept(w, r, []page.Problem{page.ProblemFrom(page.From(r.Context()), err)})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/kept")
}
