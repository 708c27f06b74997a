package handoff

import (
	"context"
	"net/http"

	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func (web *Web) ownPage(w http.ResponseWriter, r *http.Request) error {
	return web.showOwn(w, r, nil)
}

func (web *Web) showOwn(w http.ResponseWriter, r *http.Request, problems []page.Problem) error {
	token := r.PathValue("token")
	o, err := web.S.OwnPage(r.Context(), token)
	if err != nil {
		return err
	}
	again := ""
	if o.State == Closed && !o.Joined {
		if again, err = web.S.PassOn(r.Context()); err != nil {
			return err
		}
	}
	v := web.dress(r)
	doc := ownDoc(v, ownForm{Own: o, Token: token, Act: page.NewAct(v.Now), Step: r.PathValue("step"), Problems: problems, Again: again})
	return page.ShowWith(w, r, doc, problems)
}

// ownLive asks the page to fetch itself again when something changed, so that
// nothing of it travels by itself.
func (web *Web) ownLive(w http.ResponseWriter, r *http.Request) error {
	last, err := web.S.OwnState(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return web.stream(w, r, func(ctx context.Context) (page.Event, error) {
		now, err := web.S.OwnState(ctx, r.PathValue("token"))
		if tenant.IsPaused(err) {
			return page.Event{}, err
		}
		if err == nil && now == last {
			return page.Event{}, nil
		}
		last = now
		return page.Event{Name: page.EventLook}, nil
	})
}

// ownStep is the person's step; where something more must be said, the page
// says so.
func (web *Web) ownStep(w http.ResponseWriter, r *http.Request) error {
	in, err := web.acted(w, r)
	if err != nil {
		return err
	}
	token, step := r.PathValue("token"), r.PathValue("step")
	if step == StepCorrect {
		in = Input{Act: in.Act, Corrects: 1, Right: web.anew(r)}
	}
	if step == StepCorrect && len(in.Right) == 0 {
		return page.Back(w, r, "/own/"+token) // nothing was filled in
	}
	err = web.S.OwnStep(r.Context(), token, step, in)
	if err != nil {
		return again(page.From(r.Context()), err, step, func(p []page.Problem) error { return web.showOwn(w, r, p) })
	}
	return page.Back(w, r, "/own/"+token)
}

// cardPage is the paper card with the way to the person's own page.
func (web *Web) cardPage(w http.ResponseWriter, r *http.Request) error {
	d, err := web.S.View(r.Context(), ref.Handoff(r.PathValue("id")))
	if err != nil {
		return err
	}
	if d.Own == "" {
		return absent("no page of their own yet")
	}
	link := web.Origin() + "/own/" + d.Own
	square, err := ui.NewSquare(link)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, cardDoc(v, cardForm{ID: d.ID, Name: d.Person.Name, Link: link, Square: square, Act: page.NewAct(v.Now)}))
}

func (web *Web) newCard(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.acted(w, r); err != nil {
		return err
	}
	h := ref.Handoff(r.PathValue("id"))
	if err := web.S.NewCard(r.Context(), h); err != nil {
		return err
	}
	return page.Back(w, r, "/handoff/"+string(h)+"/card")
}
