package engagement

import (
	"context"
	"net/http"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
)

// walkRoutes are the pages about a person that the person has too: the same
// pages behind another door. A peer's phone may keep the plan, and send later
// what was written in it.
func (web *Web) walkRoutes(in func(method, pattern, action string, h page.Handler) module.Route) []module.Route {
	both := func(method, rest string, h func(Door) page.Handler) []module.Route {
		theirs := func(w http.ResponseWriter, r *http.Request) error { return h(Door{Person: personIn(r)})(w, r) }
		return []module.Route{in(method, "/walk/{person}"+rest, "today", theirs), in(method, "/mine"+rest, "own", h(Door{Own: true}))}
	}
	resting := func(r []module.Route) []module.Route { r[0].Offline = true; return r }
	var out []module.Route
	out = append(out, resting(both("GET", "/plan", web.planPage))...)
	out = append(out, resting(both("POST", "/plan/part/{part}", web.writePart))...)
	out = append(out, resting(both("POST", "/plan/stone", web.addStone))...)
	out = append(out, resting(both("POST", "/plan/stone/{stone}/{how}", web.turnStone))...)
	out = append(out, both("POST", "/plan/carry", web.setCarry)...)
	out = append(out, resting(both("GET", "/hard", web.hardPage))...)
	out = append(out, resting(both("GET", "/diary", web.diaryPage))...)
	out = append(out, both("POST", "/diary/remind", web.remind)...)
	out = append(out, both("POST", "/diary/{appointment}/{step}", web.turn)...)
	return append(out, both("GET", "/diary/{appointment}/calendar", web.calendar)...)
}

// base is where the pages of a door begin.
func (d Door) base() string {
	if d.Own {
		return "/mine"
	}
	return walkPath(d.Person)
}

func (web *Web) planPage(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return web.showPlan(w, r, planForm{Door: d}) }
}

func (web *Web) showPlan(w http.ResponseWriter, r *http.Request, f planForm) error {
	p, err := web.S.Plan(r.Context(), f.Door)
	if err != nil {
		return err
	}
	f.Plan = p
	return web.drawPlan(w, r, f)
}

func (web *Web) drawPlan(w http.ResponseWriter, r *http.Request, f planForm) error {
	v := page.From(r.Context())
	if f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	return page.ShowWith(w, r, planDoc(v, f), f.Problems)
}

// writePart keeps a writing of one part. When someone wrote it in the meantime,
// the page shows both, as a conflict.
func (web *Web) writePart(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, act, err := page.Posted(w, r)
		if err != nil {
			return err
		}
		e := Edit{SentAs: act, Part: r.PathValue("part"), Body: in.Get("body"), InsteadOf: strings.Join(in["instead_of"], " ")}
		if in.Has(page.LookField) {
			return web.showPlan(w, r, planForm{Door: d, Open: e.Part, Typed: e.Body})
		}
		got, err := web.S.Write(r.Context(), d, e)
		problems, err := page.Mendable(r, err)
		switch {
		case err != nil:
			return err
		case len(problems) > 0:
			return web.showPlan(w, r, planForm{Door: d, Open: e.Part, Typed: e.Body, Act: act, Problems: problems})
		case got.Apart:
			return web.drawPlan(w, r, planForm{Door: d, Plan: *got.Plan, Apart: e.Part})
		}
		return page.Back(w, r, d.base()+"/plan")
	}
}

func (web *Web) addStone(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, act, err := page.Posted(w, r)
		if err != nil {
			return err
		}
		st := Stone{ID: ref.Stone(act)}
		if found := Stones().Parse(in, &st); len(found) > 0 {
			v := page.From(r.Context())
			problem := page.Problem{Field: found[0].Column, Say: v.T(found[0].Say, "N", found[0].Args["N"])}
			return web.showPlan(w, r, planForm{Door: d, Stone: st, Act: act, Problems: []page.Problem{problem}})
		}
		if in.Has(page.LookField) {
			return web.showPlan(w, r, planForm{Door: d, Stone: st})
		}
		if err := web.S.AddStone(r.Context(), d, st); err != nil {
			return err
		}
		return page.Back(w, r, d.base()+"/plan")
	}
}

func (web *Web) turnStone(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if _, _, err := page.Posted(w, r); err != nil {
			return err
		}
		if err := web.S.TurnStone(r.Context(), d, ref.Stone(r.PathValue("stone")), r.PathValue("how")); err != nil {
			return err
		}
		return page.Back(w, r, d.base()+"/plan")
	}
}

// setCarry notes whether the plan may rest on the phone of a peer.
func (web *Web) setCarry(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, _, err := page.Posted(w, r)
		if err != nil {
			return err
		}
		if err := web.S.SetCarry(r.Context(), d, in.Get("peers") == "1"); err != nil {
			return err
		}
		return page.Back(w, r, d.base()+"/plan")
	}
}

// hardPage is the plan for a hard moment, at once: no form, large words.
func (web *Web) hardPage(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p, err := web.S.Plan(r.Context(), d)
		if err != nil {
			return err
		}
		return page.Show(w, r, hardDoc(page.From(r.Context()), d, p))
	}
}

func (web *Web) diaryPage(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return web.showDiary(w, r, diaryForm{Door: d}) }
}

func (web *Web) showDiary(w http.ResponseWriter, r *http.Request, f diaryForm) error {
	d, err := web.S.Diary(r.Context(), f.Door)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	own := f.Door.Own
	f.Diary = d
	f.Door.Own = own
	if f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	return page.ShowWith(w, r, diaryDoc(v, f), f.Problems)
}

// meet makes an appointment.
func (web *Web) meet(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	a := Appointment{ID: ref.Appointment(act), Person: personIn(r), Along: ref.Account(in.Get("along")), StartsAt: clockOn(v, in.Get("day"), in.Get("time"))}
	if found := Appointments().Parse(in, &a); len(found) > 0 {
		err = refuse(found[0].Column, found[0].Say)
	} else {
		err = web.S.Meet(r.Context(), a)
	}
	if errs.Is(err, errs.Conflict) { // the one that was saved is kept, and these words are in hand for another
		act, err = "", refuse("", "engagement.error.meet-again")
	}
	return web.dated(w, r, diaryForm{Door: Door{Person: a.Person}, Typed: a, In: in, Act: act}, err)
}

// dated answers a form of the diary: back to it, or what the form lacks.
func (web *Web) dated(w http.ResponseWriter, r *http.Request, f diaryForm, err error) error {
	f.Problems, err = page.Mendable(r, err)
	if err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showDiary(w, r, f)
	}
	return page.Back(w, r, f.Door.base()+"/diary")
}

func (web *Web) turn(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, act, err := page.Posted(w, r)
		if err != nil {
			return err
		}
		to := Appointment{ID: ref.Appointment(act), StartsAt: clockOn(page.From(r.Context()), in.Get("day"), in.Get("time"))}
		which := ref.Appointment(r.PathValue("appointment"))
		err = web.S.Turn(r.Context(), d, which, r.PathValue("step"), to)
		return web.dated(w, r, diaryForm{Door: d, Open: which, In: in}, err)
	}
}

func (web *Web) remind(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, _, err := page.Posted(w, r)
		if err != nil {
			return err
		}
		rem := Remind{How: in.Get("how"), Word: in.Get("word"), Ahead: numberOr(in.Get("ahead"), 0)}
		lang := page.From(r.Context()).Lang
		if l := i18n.Lang(in.Get("lang")); d.Own && l != "" {
			lang = l
		}
		return web.dated(w, r, diaryForm{Door: d, Reminding: true}, web.S.SetRemind(r.Context(), d, rem, lang))
	}
}

// calendar is one appointment for a phone's calendar. It says when, and one
// neutral word.
func (web *Web) calendar(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		all, err := web.S.Diary(r.Context(), d)
		if err != nil {
			return err
		}
		for _, a := range all.All {
			if string(a.ID) != r.PathValue("appointment") {
				continue
			}
			file, err := calendarOf(a, page.From(r.Context()).T("engagement.diary.word"))
			if err != nil {
				return err
			}
			w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
			w.Header().Set("Content-Disposition", `attachment; filename="calendar.ics"`)
			w.Header().Set("Cache-Control", "no-store")
			_, err = w.Write(file)
			return err
		}
		return errs.New(errs.NotFound, "engagement: calendar", "")
	}
}

func (web *Web) quietPage(w http.ResponseWriter, r *http.Request) error {
	list, err := web.S.Silents(r.Context())
	if err != nil {
		return err
	}
	return page.Show(w, r, quietDoc(page.From(r.Context()), list))
}

// own answers the two buttons of the person's page.
func (web *Web) own(do, back func(ctx context.Context, walk ref.Walk) error) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, _, err := page.Posted(w, r)
		if err != nil {
			return err
		}
		turn := do
		if in.Get("back") == "1" {
			turn = back
		}
		if err := turn(r.Context(), ref.Walk(r.PathValue("walk"))); err != nil {
			return err
		}
		return page.Back(w, r, "/mine")
	}
}
