package disclose

import (
	"cmp"
	"net/http"
	"strconv"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
	"alongside/platform/scope"
)

// allowRoutes are the wizard, and the copy that a person keeps.
func (web *Web) allowRoutes() []module.Route {
	own := func(method, pattern string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "consent.own", Serve: serve}
	}
	return []module.Route{
		own("GET", "/mine/allow", web.allowPage),
		own("POST", "/mine/allow", web.allow),
		own("GET", "/mine/consents/{id}/copy", web.copyPage),
	}
}

func (web *Web) allowPage(w http.ResponseWriter, r *http.Request) error {
	return web.showAllow(w, r, allowForm{Act: page.NewAct(page.From(r.Context()).Now)})
}

func (web *Web) showAllow(w http.ResponseWriter, r *http.Request, f allowForm) error {
	if err := web.fill(r, &f); err != nil {
		return err
	}
	d := allowDoc(page.From(r.Context()), f)
	return page.ShowWith(w, r, d, f.Problems)
}

// fill reads what the pages show that is about nobody. An account that is
// nobody's own is not let in.
func (web *Web) fill(r *http.Request, f *allowForm) error {
	return web.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if _, err = self(tx); err != nil {
			return err
		}
		if f.Recipients, err = web.S.consents.AllRecipients(tx); err != nil {
			return err
		}
		if f.Minors, err = consent.MinorsHere(tx); err != nil {
			return err
		}
		if f.Onward, err = consent.OnwardHere(tx); err != nil {
			return err
		}
		f.Limits, err = consent.LimitsHere(tx)
		return err
	})
}

// allow takes one page's answers and shows the next, or gives the consent.
func (web *Web) allow(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	f := allowForm{Step: consent.StepAt(allowSteps(), form.Get("step")), Given: consent.Kept(allowSteps(), form)}
	if f.Act, err = page.Act(form); err != nil {
		return err
	}
	if err := web.fill(r, &f); err != nil {
		return err
	}
	if page.Turned(r) {
		return web.showAllow(w, r, f)
	}
	if form.Get("go") == "back" {
		f.Step = max(0, f.Step-1)
		return web.showAllow(w, r, f)
	}
	v := page.From(r.Context())
	for step := range f.Step + 1 { // a page that was skipped is asked again
		if name, say := f.open(step); say != "" {
			f.Step, f.Problems = step, []page.Problem{{Field: name, Say: v.T(say)}}
			return web.showAllow(w, r, f)
		}
	}
	if f.Step+1 < len(allowSteps()) {
		f.Step++
		return web.showAllow(w, r, f)
	}
	return web.signed(w, r, f)
}

func (web *Web) signed(w http.ResponseWriter, r *http.Request, f allowForm) error {
	v := page.From(r.Context())
	err := web.DB.Write(r.Context(), func(tx *db.Tx) error {
		_, err := web.S.Allow(tx, f.consent(v), f.Given.Get("days"))
		return err
	})
	switch {
	case errs.Is(err, errs.Invalid):
		p := page.ProblemFrom(v, err)
		f.Step, f.Problems = consent.Asking(allowSteps(), p.Field), []page.Problem{p}
		return web.showAllow(w, r, f)
	case err != nil && !errs.Is(err, errs.Conflict): // a Conflict is the same form once more
		return err
	}
	return page.Back(w, r, onePath(ref.Consent(f.Act))+"/copy")
}

func (web *Web) copyPage(w http.ResponseWriter, r *http.Request) error {
	var c consent.Shown
	err := web.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		c, err = web.S.MyConsent(tx, ref.Consent(r.PathValue("id")))
		return err
	})
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, consent.CopyDoc(v, consent.CopyIn(r, web.In, v.Lang), c, page.Participant))
}

// ownPurposes are what a person is asked by themselves: no research, which has
// a talk of its own, and nothing that only an office would say.
func ownPurposes() []field.Option {
	var out []field.Option
	for _, o := range consent.Purposes() {
		if o.Value == scope.Treatment || o.Value == scope.OwnRequest || o.Value == scope.Payment {
			out = append(out, o)
		}
	}
	return out
}

// consentKinds are what a person can allow by themselves: a counsellor's notes
// have a consent of their own.
func consentKinds() []field.Option {
	var out []field.Option
	for _, o := range consent.Kinds() {
		if o.Value != consent.Counsel {
			out = append(out, o)
		}
	}
	return out
}

func someOf(options []field.Option, values []string) bool {
	for _, v := range values {
		if !field.Offered(options, v) {
			return false
		}
	}
	return len(values) > 0
}

func (f allowForm) pick(v *page.View, name, label string, options []field.Option) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: name, Label: v.T(label), Values: f.Given[name], Say: page.ProblemOf(f.Problems, name), Big: true}
	for _, o := range options {
		p.Options = append(p.Options, ui.OptionProps{Value: o.Value, Label: v.Text(cmp.Or(o.Yours, o.Label))})
	}
	return p
}

func (f allowForm) who(v *page.View) ui.ChoiceProps {
	p := f.pick(v, "recipient", "disclose.allow.who", nil)
	p.Options = consent.Options(v, f.Recipients)
	return p
}

func (f allowForm) until(v *page.View) ui.ChoiceProps {
	p := f.pick(v, "days", "disclose.allow.until", nil)
	for _, d := range ends() {
		p.Options = append(p.Options, ui.OptionProps{Value: d, Label: v.T("disclose.allow.days-" + d)})
	}
	return p
}

func (f allowForm) age(v *page.View) ui.ChoiceProps {
	p := f.pick(v, "age", "disclose.allow.age", nil)
	p.Big = false
	for _, a := range []string{ofAge, notYet} {
		p.Options = append(p.Options, ui.OptionProps{Value: a, Label: v.T("disclose.allow.age-" + a)})
	}
	return p
}

func (f allowForm) name(v *page.View) ui.FieldProps {
	return ui.FieldProps{
		Name: "signed_as", Label: v.T("disclose.allow.name"), Hint: v.T("disclose.allow.name-hint"), Value: f.Given.Get("signed_as"), Max: 80,
		Say: page.ProblemOf(f.Problems, "signed_as"),
	}
}

// shown is the consent as it would be, for the last page.
func (f allowForm) shown(v *page.View) consent.Shown {
	s := consent.Shown{Consent: f.consent(v)}
	if days, err := strconv.Atoi(f.Given.Get("days")); err == nil {
		s.UntilAt = v.Now.AddDate(0, 0, days)
	}
	for _, r := range f.Recipients {
		if string(r.ID) == f.Given.Get("recipient") {
			s.To = r.Name
		}
	}
	return s
}

func allowDoc(v *page.View, f allowForm) page.Doc {
	return page.Doc{Title: v.T("disclose.doc-title"), Kind: page.Participant, Body: allowBody(v, f), Narrow: true, Keeps: consent.Wizard}
}

// allowSamples are its pages in the storybook.
func allowSamples() []page.Sample {
	var out []page.Sample
	for i, s := range allowSteps() {
		out = append(out, page.Sample{Name: "disclose/allow-" + s.Name, Doc: func(v *page.View) page.Doc {
			sampleMine(v)
			f := allowForm{Step: i, Act: "a", Limits: consent.Limits("part2"), Onward: consent.RuleOf("part2").Onward, Recipients: []consent.Recipient{{ID: "1", Name: "Quay Clinic"}, {ID: "2", Name: "Tallow House"}}}
			f.Given = map[string][]string{"recipient": {"1"}, "what": {consent.Name, consent.Status}, "purpose": {scope.Treatment}, "days": {"90"}}
			return allowDoc(v, f)
		}})
	}
	return out
}
