package consent

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// mostDays is the longest end that is asked for as a number of days.
const mostDays = 366

// newForm is the form of a new consent as it is shown.
type newForm struct {
	Consent
	Act        string
	Days       string
	Recipients []Recipient
	Limits     []string // what cannot be kept private here, read first
	Problems   []page.Problem
}

func (web *Web) newPage(w http.ResponseWriter, r *http.Request) error {
	return web.showNew(w, r, newForm{Act: page.NewAct(page.From(r.Context()).Now)})
}

func (web *Web) showNew(w http.ResponseWriter, r *http.Request, f newForm) error {
	all, err := web.ofPerson(r)
	if err != nil {
		return err
	}
	f.Person = all.Person
	err = web.DB.Read(r.Context(), func(tx *db.Tx) error {
		if f.Recipients, err = web.S.AllRecipients(tx); err != nil {
			return err
		}
		f.Limits, err = LimitsHere(tx)
		return err
	})
	if err != nil {
		return err
	}
	d := newDoc(page.From(r.Context()), all.name(page.From(r.Context()), all.Person), f)
	if len(f.Problems) > 0 {
		d.Status = http.StatusUnprocessableEntity
	}
	return page.Show(w, r, d)
}

func (web *Web) give(w http.ResponseWriter, r *http.Request) error {
	posted, err := page.Form(w, r)
	if err != nil {
		return err
	}
	f, err := parsed(page.From(r.Context()), posted)
	if err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showNew(w, r, f)
	}
	person := ref.Person(r.PathValue("person"))
	err = web.write(r.Context(), "consent.give", func(tx *db.Tx) error {
		if _, err := web.listed(tx, nil, person); err != nil {
			return err
		}
		c := f.Consent
		c.ID, c.Person = ref.Consent(f.Act), person
		if days, err := strconv.Atoi(f.Days); err == nil {
			c.UntilAt = tx.Now().AddDate(0, 0, days)
		}
		_, err := web.S.Give(tx, c)
		return err
	})
	switch {
	case errs.Is(err, errs.Invalid):
		f.Problems = []page.Problem{page.ProblemFrom(page.From(r.Context()), err)}
		return web.showNew(w, r, f)
	case err != nil && !errs.Is(err, errs.Conflict): // a Conflict is the same form once more
		return err
	}
	return page.Back(w, r, "/consents/"+url.PathEscape(r.PathValue("person")))
}

// parsed reads the form. What cannot be taken stands in its Problems.
func parsed(v *page.View, posted url.Values) (newForm, error) {
	f := newForm{Days: posted.Get("days")}
	var err error
	if f.Act, err = page.Act(posted); err != nil {
		return f, err
	}
	f.Problems = ui.ProblemsOf(v, Consents().Parse(posted, &f.Consent))
	f.Recipient = ref.Recipient(posted.Get("recipient"))
	if n, err := strconv.Atoi(cmp.Or(f.Days, "1")); err != nil || n < 1 || n > mostDays {
		f.Problems = append(f.Problems, page.Problem{Field: "days", Say: v.T("consent.needs-days")})
	}
	return f, nil
}

// Fields of the form that the struct does not ask for in one piece.

func (f newForm) recipients(v *page.View) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: "recipient", Label: v.T("consent.new.recipient"), Values: []string{string(f.Recipient)}, Say: page.ProblemOf(f.Problems, "recipient")}
	for _, r := range f.Recipients {
		p.Options = append(p.Options, ui.OptionProps{Value: string(r.ID), Label: r.Name})
	}
	return p
}

func (f newForm) days(v *page.View) ui.FieldProps {
	say := cmp.Or(page.ProblemOf(f.Problems, "days"), page.ProblemOf(f.Problems, "until_at"))
	return ui.FieldProps{Name: "days", Label: v.T("consent.new.days"), Hint: v.T("consent.new.days-hint"), Kind: "number", Value: f.Days, Say: say}
}

// some is a question of several answers, from the column's one entry.
func (f newForm) some(v *page.View, name string, values []string) ui.ChoiceProps {
	p := choices(v, name, "", f.Problems)
	p.Values = values
	if name == "what" {
		p.Options = slices.DeleteFunc(p.Options, func(o ui.OptionProps) bool { return o.Value == Counsel })
	}
	return p
}

// one is a question of one answer. A go-between is not offered: those behind it
// have to be named, and this page has no room for that.
func (f newForm) one(v *page.View, name, value string) ui.ChoiceProps {
	p := choices(v, name, value, f.Problems)
	p.Options = slices.DeleteFunc(p.Options, func(o ui.OptionProps) bool { return name == "recipient_kind" && o.Value == Through })
	if name == "how" {
		p.Options = append([]ui.OptionProps{{Value: Spoken, Label: option(v, Hows(), Spoken), Hint: v.T("consent.new.spoken-hint")}}, p.Options...)
	}
	return p
}
