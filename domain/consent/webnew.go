package consent

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// mostDays is the longest end that is asked for as a number of days.
const mostDays = 366

// newSteps are the pages on which a worker asks for a consent, beside the person
// and in the order in which it is read aloud.
func newSteps() []Step {
	return []Step{
		{"know", nil},
		{"who", []string{"recipient_kind", "recipient", "class", "members"}},
		{"what", []string{"what", "labels"}},
		{"why", []string{"purpose", "days", "until_event"}},
		{"rights", []string{"language", "rights", "warned"}},
		{"sign", []string{"signer", "signed_as", "signer_name", "signer_why", "how", "paper", "copied"}},
	}
}

// newForm is the form of a new consent as it is shown.
type newForm struct {
	Consent
	Step       int
	Act        string
	Given      url.Values // what was answered so far, only fields that a page asks
	Recipients []Recipient
	Limits     []string // what cannot be kept private here, read first
	Minors     Minority
	Law        Rule
	Problems   []page.Problem
}

func (web *Web) newPage(w http.ResponseWriter, r *http.Request) error {
	return web.showNew(w, r, newForm{Act: page.NewAct(page.From(r.Context()).Now), Given: url.Values{}})
}

func (web *Web) showNew(w http.ResponseWriter, r *http.Request, f newForm) error {
	f.Person = of(r)
	var all list
	err := web.write(r.Context(), "consent.give", f.Person, func(tx *db.Tx) (err error) {
		if all, err = web.listed(tx, nil, f.Person); err != nil {
			return err
		}
		if f.Recipients, err = web.S.AllRecipients(tx); err != nil {
			return err
		}
		if f.Minors, err = MinorsHere(tx); err != nil {
			return err
		}
		if f.Law, err = rule(tx); err != nil {
			return err
		}
		f.Limits, err = LimitsHere(tx)
		return err
	})
	if err != nil {
		return err
	}
	d := newDoc(page.From(r.Context()), all.name(page.From(r.Context()), f.Person), f)
	return page.ShowWith(w, r, d, f.Problems)
}

// give takes one page's answers and shows the next, or gives the consent.
func (web *Web) give(w http.ResponseWriter, r *http.Request) error {
	posted, err := page.Form(w, r)
	if err != nil {
		return err
	}
	f := newForm{Step: StepAt(newSteps(), posted.Get("step")), Given: Kept(newSteps(), posted)}
	if f.Act, err = page.Act(posted); err != nil {
		return err
	}
	if page.Turned(r) {
		f.read(page.From(r.Context()))
		return web.showNew(w, r, f)
	}
	if posted.Get("go") == "back" {
		f.Step = max(0, f.Step-1)
		f.read(page.From(r.Context()))
		return web.showNew(w, r, f)
	}
	if err := web.open(r, &f); err != nil {
		return err
	}
	switch {
	case len(f.Problems) > 0:
		return web.showNew(w, r, f)
	case f.Step+1 < len(newSteps()):
		f.Step++
		return web.showNew(w, r, f)
	}
	return web.given(w, r, f)
}

// given gives the consent of a form whose last page was answered.
func (web *Web) given(w http.ResponseWriter, r *http.Request, f newForm) error {
	person := of(r)
	err := web.write(r.Context(), "consent.give", person, func(tx *db.Tx) error {
		if _, err := web.listed(tx, nil, person); err != nil {
			return err
		}
		_, err := web.S.Give(tx, f.whole(tx, person))
		return err
	})
	switch {
	case errs.Is(err, errs.Invalid):
		p := page.ProblemFrom(page.From(r.Context()), err)
		f.Step, f.Problems = Asking(newSteps(), fieldOf(p.Field)), []page.Problem{{Field: fieldOf(p.Field), Say: p.Say}}
		return web.showNew(w, r, f)
	case err != nil && !errs.Is(err, errs.Conflict): // a Conflict is the same form once more
		return err
	}
	return page.Back(w, r, "/consents/"+url.PathEscape(string(person))+"/"+url.PathEscape(f.Act)+"/copy")
}

// open finds what the pages up to this one still need, all of it at once, and goes back
// to the first that needs something: a page that was skipped is asked again.
func (web *Web) open(r *http.Request, f *newForm) error {
	v := page.From(r.Context())
	fields := upTo(newSteps(), f.Step)
	problems := slices.DeleteFunc(f.read(v), func(p page.Problem) bool { return !slices.Contains(fields, p.Field) })
	if n, err := strconv.Atoi(cmp.Or(f.days(), "1")); (err != nil || n < 1 || n > mostDays) && slices.Contains(fields, "days") {
		problems = append(problems, page.Problem{Field: "days", Say: v.T("consent.needs-days")})
	}
	lacks, err := web.lacks(r, f, fields)
	if err != nil {
		return err
	}
	for _, l := range lacks { // in words of its own, instead of those that every field has
		if l.Place == "recipient" && f.RecipientKind == "" { // a form does not take a named one for granted
			l = Lack{"recipient_kind", "consent.needs-recipient"}
		}
		place := fieldOf(l.Place)
		if place != "days" || page.ProblemOf(problems, place) == "" {
			problems = append(slices.DeleteFunc(problems, func(p page.Problem) bool { return p.Field == place }), page.Problem{Field: place, Say: v.T(l.Say)})
		}
	}
	f.stopAt(problems)
	return nil
}

// stopAt shows the first page on which something is wrong, and what is wrong there.
func (f *newForm) stopAt(problems []page.Problem) {
	at := func(p page.Problem) int { return Asking(newSteps(), p.Field) }
	if len(problems) > 0 {
		f.Step = at(slices.MinFunc(problems, func(a, b page.Problem) int { return at(a) - at(b) }))
	}
	f.Problems = slices.DeleteFunc(problems, func(p page.Problem) bool { return at(p) != f.Step })
}

func (web *Web) lacks(r *http.Request, f *newForm, fields []string) (out []Lack, err error) {
	err = web.DB.Read(r.Context(), func(tx *db.Tx) error {
		out, err = web.S.Lacks(tx, f.whole(tx, ref.Person(r.PathValue("person"))), func(place string) bool {
			return slices.Contains(fields, fieldOf(place))
		})
		return err
	})
	return out, err
}

// read takes the answers into the consent, and returns what cannot be taken.
func (f *newForm) read(v *page.View) []page.Problem {
	out := ui.ProblemsOf(v, Consents().Parse(f.Given, &f.Consent))
	f.Recipient = ref.Recipient(f.Given.Get("recipient"))
	f.Members = strings.Join(f.Given["members"], " ")
	if slices.Equal(f.What, []string{Counsel}) { // alone it is a consent of its own
		f.Sort = Notes
	}
	return out
}

// whole is the consent that the answers make.
func (f newForm) whole(tx *db.Tx, person ref.Person) Consent {
	c := f.Consent
	c.ID, c.Person = ref.Consent(f.Act), person
	if days, err := strconv.Atoi(f.days()); err == nil {
		c.UntilAt = tx.Now().AddDate(0, 0, days)
	}
	return c
}

func (f newForm) days() string { return f.Given.Get("days") }

// fieldOf is the field of the form on which an element's place is asked.
func fieldOf(place string) string {
	switch place {
	case "until_at":
		return "days"
	case "sort":
		return "what"
	}
	return place
}

// shown is the consent as it would be, for the page on which it is signed.
func (f newForm) shown(v *page.View) Shown {
	s := Shown{Consent: f.Consent}
	if days, err := strconv.Atoi(f.days()); err == nil {
		s.UntilAt = v.Now.AddDate(0, 0, days)
	}
	for _, r := range f.Recipients {
		if r.ID == f.Recipient && (s.RecipientKind == Named || s.RecipientKind == Through) {
			s.To = r.Name
		}
		if slices.Contains(f.members(), string(r.ID)) {
			s.Behind = append(s.Behind, r.Name)
		}
	}
	return s
}

// Fields of the form that the struct does not ask for in one piece.

func (f newForm) recipients(v *page.View) ui.ChoiceProps {
	return ui.ChoiceProps{
		Name: "recipient", Label: v.T("consent.new.recipient"), Options: Options(v, f.Recipients),
		Values: []string{string(f.Recipient)}, Say: page.ProblemOf(f.Problems, "recipient"),
	}
}

func (f newForm) daysField(v *page.View) ui.FieldProps {
	return ui.FieldProps{
		Name: "days", Label: v.T("consent.new.days"), Hint: v.T("consent.new.days-hint"), Kind: "number", Value: f.days(),
		Say: page.ProblemOf(f.Problems, "days"),
	}
}

// some is a question of several answers, from the column's one entry.
func (f newForm) some(v *page.View, name string, values []string) ui.ChoiceProps {
	p := choices(v, name, "", f.Problems)
	p.Values = values
	for i := range p.Options {
		if name == "what" && p.Options[i].Value == Counsel {
			p.Options[i].Hint = v.T("consent.new.counsel-hint")
		}
	}
	return p
}

// behind are those who can be named behind a go-between; none where the list knows no
// go-between.
func (f newForm) behind(v *page.View) ui.ChoiceProps {
	passed := slices.DeleteFunc(slices.Clone(f.Recipients), func(r Recipient) bool { return r.Via == "" })
	return ui.ChoiceProps{
		Name: "members", Label: v.T("consent.new.members"), Options: Options(v, passed),
		Values: f.members(), Say: page.ProblemOf(f.Problems, "members"),
	}
}

// passedOn reports whether the list knows a go-between.
func (f newForm) passedOn() bool {
	return slices.ContainsFunc(f.Recipients, func(r Recipient) bool { return r.Kind == Intermediary })
}

// one is a question of one answer. A go-between is offered where the list knows one, and
// all who care, pay and help at once where the law knows such a consent.
func (f newForm) one(v *page.View, name, value string) ui.ChoiceProps {
	p := choices(v, name, value, f.Problems)
	if name == "recipient_kind" {
		p.Options = slices.DeleteFunc(p.Options, func(o ui.OptionProps) bool {
			return o.Value == Through && !f.passedOn() || o.Value == ByTPO && !f.Law.OneForAll
		})
	}
	switch {
	case name == "class":
		p.Label = v.T("consent.new.class")
	case name == "until_event": // what was picked can be let go of
		p.Options = append([]ui.OptionProps{{Label: v.T("consent.new.no-event")}}, p.Options...)
	case name == "how" && f.Law.takes(Consent{Purpose: f.Purpose, Sort: f.Sort}):
		p.Options = append([]ui.OptionProps{{Value: Spoken, Label: v.Text(field.LabelOf(Hows(), Spoken)), Hint: v.T("consent.new.spoken-hint")}}, p.Options...)
	case name == "how":
		p.Hint = v.T("consent.needs-signature")
	}
	return p
}
