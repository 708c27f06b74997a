package consent

import (
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// Waiting lists the consents that wait to be read back, those that lapse first
// at the top. The caller records the look.
func (s *Service) Waiting(tx *db.Tx) ([]Consent, error) {
	latest, err := audit.Latest(tx)
	if err != nil {
		return nil, errs.Wrap("consent: waiting", err)
	}
	list, err := s.consents.List(tx, `WHERE tenant = $1 AND early = 1 AND confirmed_at = 0 AND revoked_at = 0 AND ended_at = 0
		AND confirm_by > $2 ORDER BY confirm_by, consent LIMIT 200`, later(tx.Now(), db.Instant(latest)))
	return list, errs.Wrap("consent: waiting", err)
}

// Show adds to a consent who may be told, in words, whether it is in force now, and
// how an early one ended.
func (s *Service) Show(tx *db.Tx, c Consent) (Shown, error) {
	now, err := s.moment(tx, c)
	if err != nil {
		return Shown{}, errs.Wrap("consent: show", err)
	}
	law, err := rule(tx)
	if err != nil {
		return Shown{}, errs.Wrap("consent: show", err)
	}
	out := Shown{Consent: c, Live: c.inForce(now), Unheard: !law.takes(c)}
	out.Lapsed, out.Unread = c.lapsed(now)
	if c.Recipient == "" {
		return out, nil
	}
	r, err := s.RecipientOf(tx, c.Recipient)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return out, err
	}
	out.To = r.Name
	out.Behind, err = s.behind(tx, c)
	return out, err
}

// behind are the names of those behind a go-between.
func (s *Service) behind(tx *db.Tx, c Consent) (out []string, err error) {
	for _, which := range c.members() {
		r, err := s.RecipientOf(tx, ref.Recipient(which))
		if err != nil && !errs.Is(err, errs.NotFound) {
			return nil, err
		}
		if r.Name != "" {
			out = append(out, r.Name)
		}
	}
	return out, nil
}

// Whom says who may be told, in the words of a page.
func (s Shown) Whom(v *page.View) string {
	switch {
	case s.To != "":
		return s.To
	case s.RecipientKind == ByClass:
		return v.Text(field.LabelOf(Classes(), s.Class))
	}
	return v.Text(field.LabelOf(RecipientKinds(), s.RecipientKind))
}

// state is one word on how a consent stands, as a tag.
func (s Shown) state(v *page.View) []ui.TagProps {
	switch {
	case !s.RevokedAt.IsZero():
		return []ui.TagProps{{Words: v.T("consent.state.back")}}
	case !s.Live:
		return []ui.TagProps{{Words: v.T("consent.state.over")}}
	case s.Unheard:
		return []ui.TagProps{{Words: v.T("consent.state.unheard"), Tone: ui.Lamp}}
	case s.waits():
		return []ui.TagProps{{Words: v.T("consent.state.waits"), Tone: ui.Lamp}}
	}
	return []ui.TagProps{{Words: v.T("consent.state.live")}}
}

func (l list) name(v *page.View, p ref.Person) string {
	if n := l.Names[p]; n != "" {
		return n
	}
	return v.T("consent.no-name")
}

// label and choices are a column's words and answers, from its one entry.
func label(v *page.View, name string) string {
	f, _ := Consents().Field(name)
	return v.Text(f.Label)
}

func choices(v *page.View, name string, values string, problems []page.Problem) ui.ChoiceProps {
	f, _ := Consents().Field(name)
	p := ui.ChoiceProps{Name: name, Label: v.Text(f.Label), Values: []string{values}, Say: page.ProblemOf(problems, name)}
	for _, o := range f.Options {
		if name != "how" || o.Value != Spoken {
			p.Options = append(p.Options, ui.OptionProps{Value: o.Value, Label: v.Text(o.Label)})
		}
	}
	return p
}

func line(v *page.View, name, value string, problems []page.Problem) ui.FieldProps {
	return ui.FieldProps{Name: name, Label: label(v, name), Value: value, Max: 80, Say: page.ProblemOf(problems, name)}
}

// signedAs says what the name is: on a screen, the signature itself.
func signedAs(v *page.View, value string, problems []page.Problem) ui.FieldProps {
	p := line(v, "signed_as", value, problems)
	p.Hint = v.T("consent.new.name-hint")
	return p
}

// signerName is not asked of whoever signs alone.
func signerName(v *page.View, value string, problems []page.Problem) ui.FieldProps {
	p := line(v, "signer_name", value, problems)
	p.Label = v.T("consent.new.signer-name")
	return p
}

func yesBox(v *page.View, name string, on bool, problems []page.Problem) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: name, Label: label(v, name), Say: page.ProblemOf(problems, name)}
	p.Options = []ui.OptionProps{{Value: "1", Label: v.Text(i18n.Text{EN: "Yes, they know", ES: "Sí, lo sabe", AR: "نعم، يعرف ذلك"})}}
	if on {
		p.Values = []string{"1"}
	}
	return p
}
