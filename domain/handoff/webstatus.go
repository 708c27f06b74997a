package handoff

import (
	"context"
	"net/http"

	"alongside/domain/tenant"
	"alongside/platform/page"
)

func (web *Web) statusPage(w http.ResponseWriter, r *http.Request) error {
	st, err := web.S.Status(r.Context(), r.PathValue("token"), "")
	if err != nil {
		return err
	}
	v := web.dress(r)
	return page.Show(w, r, statusDoc(v, r.PathValue("token"), page.NewAct(v.Now), st))
}

// statusLive keeps the asker's page fresh. What it newly shows is recorded.
func (web *Web) statusLive(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	last, err := web.S.Status(r.Context(), token, "")
	if err != nil {
		return err
	}
	v := web.dress(r)
	return web.stream(w, r, func(ctx context.Context) (page.Event, error) {
		st, err := web.S.Status(ctx, token, last.seen())
		if tenant.IsPaused(err) {
			return page.Event{}, err
		}
		if err != nil {
			return page.Event{Name: page.EventLook}, nil //nolint:nilerr // the page is loaded anew, and says it
		}
		last = st
		v.Now = st.At
		return page.Part(ctx, statusPart(v, token, page.NewAct(v.Now), st))
	})
}

// change is the asker's step. Only the steps that the flow's table gives an
// asker are possible.
func (web *Web) change(w http.ResponseWriter, r *http.Request) error {
	in, err := web.acted(w, r)
	if err != nil {
		return err
	}
	token, step := r.PathValue("token"), r.PathValue("step")
	where := map[string]string{StepLookAgain: in.Where}[step]
	in = Input{Act: in.Act, AskedBy: "person", Contact: in.Contact, ReachOn: in.ReachOn, Where: where}
	if step == StepCorrect {
		in.Right, in.Corrects = web.anew(r), 1
	}
	if step == StepCorrect && len(in.Right) == 0 {
		return page.Back(w, r, "/asked/"+token) // nothing was filled in
	}
	if step == StepReopen {
		token, err = web.S.AskAgain(r.Context(), token, in)
	} else {
		err = web.S.Change(r.Context(), token, step, in)
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/asked/"+token)
}
