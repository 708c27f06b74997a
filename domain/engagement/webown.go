package engagement

import (
	"context"
	"net/http"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
)

// timesForm is a peer's own times with the form to add one.
type timesForm struct {
	Times    []OwnTime
	Typed    OwnTime
	Day      string
	Clock    string
	Act      string
	Problems []page.Problem
}

// Times reads the peer's own times.
func (s *Service) Times(ctx context.Context) ([]OwnTime, error) {
	var out []OwnTime
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "engagement.today", ownList(tx)); err != nil {
			return err
		}
		var err error
		if out, err = s.timesOf(tx); err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "engagement.time"})
	})
	return out, errs.Wrap("engagement: own times", err)
}

func timesDoc(v *page.View, f timesForm) page.Doc {
	return page.Doc{Title: v.T("engagement.own.title"), Kind: page.Worker, Body: timesBody(v, f), Narrow: true}
}

func (web *Web) timesPage(w http.ResponseWriter, r *http.Request) error {
	return web.showTimes(w, r, timesForm{})
}

func (web *Web) showTimes(w http.ResponseWriter, r *http.Request, f timesForm) error {
	var err error
	if f.Times, err = web.S.Times(r.Context()); err != nil {
		return err
	}
	v := page.From(r.Context())
	if f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	return page.ShowWith(w, r, timesDoc(v, f), f.Problems)
}

func (web *Web) setTime(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	f := timesForm{Act: act, Day: in.Get("day"), Clock: in.Get("time")}
	f.Typed = OwnTime{ID: act, StartsAt: clockOn(page.From(r.Context()), f.Day, f.Clock)}
	if found := OwnTimes().Parse(in, &f.Typed); len(found) > 0 {
		err = refuse(found[0].Column, found[0].Say)
	} else {
		err = web.S.SetTime(r.Context(), f.Typed)
	}
	if f.Problems, err = page.Mendable(r, err); err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showTimes(w, r, f)
	}
	return page.Back(w, r, "/today/own")
}

func (web *Web) dropTime(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	if err := web.S.DropTime(r.Context(), r.PathValue("own")); err != nil {
		return err
	}
	return page.Back(w, r, "/today/own")
}
