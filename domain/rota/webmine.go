package rota

import (
	"context"
	"net/http"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/page"
)

func (web *Web) minePage(w http.ResponseWriter, r *http.Request) error {
	return web.showMine(w, r, nil)
}

func (web *Web) showMine(w http.ResponseWriter, r *http.Request, problems []page.Problem) error {
	m, err := web.S.Mine(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.ShowWith(w, r, mineDoc(v, mineForm{Mine: m, Act: page.NewAct(v.Now), Done: r.URL.Query().Get("done"), Problems: problems}), problems)
}

// mine answers a form of one's own page: back to it, or what the form lacks.
func (web *Web) mine(w http.ResponseWriter, r *http.Request, err error) error {
	if errs.Is(err, errs.Invalid) {
		return web.showMine(w, r, []page.Problem{page.ProblemFrom(page.From(r.Context()), err)})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/rota/mine")
}

func (web *Web) takeOff(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	off := Away{ID: ref.Shift(act), From: Day(in.Get("from_day")), Until: Day(in.Get("until_day"))}
	return web.mine(w, r, web.S.TakeOff(r.Context(), off))
}

func (web *Web) backOn(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	return web.mine(w, r, web.S.BackOn(r.Context(), ref.Shift(r.PathValue("away"))))
}

func (web *Web) languages(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	return web.mine(w, r, web.S.Speak(r.Context(), in["languages"]))
}

func (web *Web) newFeed(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	return web.mine(w, r, web.S.NewFeed(r.Context()))
}

func (web *Web) reach(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	channel := r.PathValue("channel")
	err = web.S.Reach(r.Context(), channel, in.Get(channel), act, page.From(r.Context()).Lang)
	if errs.Is(err, errs.Invalid) {
		v := page.From(r.Context())
		return web.showMine(w, r, []page.Problem{{Field: channel, Say: page.ProblemFrom(v, err).Say}})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/rota/mine?done="+wayAdded)
}

// What was just done to a way to be told.
const (
	wayAdded = "1"
	wayTried = "tried"
)

func (web *Web) tryOut(w http.ResponseWriter, r *http.Request) error {
	_, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	err = web.S.TryOut(r.Context(), r.PathValue("device"), act)
	if err != nil {
		return web.mine(w, r, err)
	}
	return page.Back(w, r, "/rota/mine?done="+wayTried)
}

func (web *Web) unreach(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	return web.mine(w, r, web.S.Unreach(r.Context(), r.PathValue("device")))
}

// answer takes "not this one" and "I know this person". Whoever pressed it on the
// page of what they are asked for goes on to their day: that page is about someone
// they do not go to.
func (web *Web) answer(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	do := map[string]func(context.Context, ref.Handoff) error{"pass": web.S.Pass, "know": web.S.Know}[r.PathValue("answer")]
	if do == nil {
		return errs.New(errs.NotFound, "rota: answer", "")
	}
	err = do(r.Context(), ref.Handoff(r.PathValue("handoff")))
	if err == nil && in.Has("day") {
		return page.Back(w, r, "/today")
	}
	return web.mine(w, r, err)
}
