package handoff

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/page"
)

// viewForm is a hand-off's page with its forms.
type viewForm struct {
	Detail
	Act      string
	Step     string // the step whose form has a problem
	Which    string // and the follow-up, if it is one's
	To       string // to whom it was to be handed over
	Problems []page.Problem
}

func (web *Web) boardPage(w http.ResponseWriter, r *http.Request) error {
	b, err := web.board(r.Context(), nil)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, boardDoc(v, page.NewAct(v.Now), b))
}

func (web *Web) boardLive(w http.ResponseWriter, r *http.Request) error {
	v := page.From(r.Context())
	seen := audit.NewSeen()
	return web.stream(w, r, func(ctx context.Context) (page.Event, error) {
		b, err := web.board(ctx, seen)
		if err != nil {
			return page.Event{Name: page.EventOver}, nil //nolint:nilerr // whatever it is, the stream ends and the browser asks anew
		}
		v.Now = b.At
		return page.Part(ctx, boardPart(v, page.NewAct(v.Now), b))
	})
}

// lanePage shows what the board has no room for, or peers are not told of yet.
func (web *Web) lanePage(lane string) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		cards, err := web.S.Lane(r.Context(), lane)
		if err != nil {
			return err
		}
		return page.Show(w, r, laneDoc(page.From(r.Context()), lane, cards))
	}
}

func (web *Web) viewPage(w http.ResponseWriter, r *http.Request) error {
	return web.showView(w, r, nil)
}

// viewLive says once that the hand-off is not as the page shows it any more, and leaves
// the page alone. To a peer whose it is no longer, it has changed, too.
func (web *Web) viewLive(w http.ResponseWriter, r *http.Request) error {
	id, drawn := ref.Handoff(r.PathValue("id")), number(r.URL.Query().Get("at"))
	if _, err := web.S.Version(r.Context(), id); err != nil {
		return err
	}
	v := page.From(r.Context())
	return web.stream(w, r, func(ctx context.Context) (page.Event, error) {
		now, err := web.S.Version(ctx, id)
		if err != nil && !errs.Is(err, errs.NotFound) || err == nil && now == drawn {
			return page.Event{}, err
		}
		return page.Part(ctx, changedPart(v, id))
	})
}

func (web *Web) showView(w http.ResponseWriter, r *http.Request, problems []page.Problem) error {
	d, err := web.S.View(r.Context(), ref.Handoff(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	doc := viewDoc(v, viewForm{Detail: d, Act: page.NewAct(v.Now), Problems: problems, Step: r.PathValue("step"), To: r.PostForm.Get("new_peer")})
	return page.ShowWith(w, r, doc, problems)
}

// step takes a worker's step and shows the hand-off again; what the form lacks
// is said on the same page.
func (web *Web) step(w http.ResponseWriter, r *http.Request) error {
	in, err := web.acted(w, r)
	if err != nil {
		return err
	}
	h, step := ref.Handoff(r.PathValue("id")), r.PathValue("step")
	show := func(p []page.Problem) error { return web.showView(w, r, p) }
	switch {
	case step == StepCorrect: // a time left out is one that stands
		in.Right = web.right(r)
		show = func(p []page.Problem) error { return web.showAmend(w, r, in.Corrects, p) }
	case in.At.IsZero() || !slices.Contains(needsOf(step), "at"):
		in.At = wasThen(page.From(r.Context()).Now, r.PostForm.Get("written"))
	}
	if err := web.S.Take(r.Context(), h, step, in); err != nil {
		return again(page.From(r.Context()), err, step, show)
	}
	if step == StepJoin {
		h = ref.Handoff(in.SameAs) // it goes on for both
	}
	return page.Back(w, r, "/handoff/"+string(h))
}

// wasThen is when a worker's phone says that a step was taken which comes later,
// without a network; zero for one that comes at once, whose time is our own.
func wasThen(now time.Time, written string) time.Time {
	at := time.UnixMilli(number(written)).UTC()
	if late := now.Sub(at); late < 2*time.Minute || late > 3*24*time.Hour {
		return time.Time{}
	}
	return at
}

// problem turns an error that names a place on the form into words beside it.
func problem(v *page.View, err error) (page.Problem, bool) {
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Invalid || e.Place == "" {
		return page.Problem{}, false
	}
	return page.Problem{Field: e.Place, Label: v.Text(answerQuestion(e.Place).Label), Say: v.T(e.Say)}, true
}
