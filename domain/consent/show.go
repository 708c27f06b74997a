package consent

import (
	"slices"
	"strings"

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

// Show adds to a consent who may be told, in words, and whether it is in force
// now.
func (s *Service) Show(tx *db.Tx, c Consent) (Shown, error) {
	now, err := s.moment(tx, c)
	if err != nil {
		return Shown{}, errs.Wrap("consent: show", err)
	}
	out := Shown{Consent: c, Live: c.inForce(now)}
	if c.Recipient == "" {
		return out, nil
	}
	r, err := s.RecipientOf(tx, c.Recipient)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return out, err
	}
	out.To = r.Name
	return out, nil
}

// Naming puts the name of who may be told where what is held of consents says
// only that it is one, by name. The caller records the look.
func (s *Service) Naming(tx *db.Tx, held []field.Held) error {
	for _, h := range held {
		c, err := s.One(tx, ref.Consent(strings.TrimPrefix(h.Row, Consents().Table+"/")))
		if err != nil {
			return err
		}
		r, err := s.RecipientOf(tx, c.Recipient)
		if errs.Is(err, errs.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		i := slices.IndexFunc(h.Fields, func(f field.Shown) bool { return f.Column == "recipient_kind" })
		if i >= 0 {
			h.Fields[i].Value = r.Name
		}
	}
	return nil
}

// Whom says who may be told, in the words of a page.
func (s Shown) Whom(v *page.View) string {
	switch {
	case s.To != "":
		return s.To
	case s.RecipientKind == ByClass:
		return option(v, Classes(), s.Class)
	}
	return option(v, RecipientKinds(), s.RecipientKind)
}

func option(v *page.View, all []field.Option, value string) string {
	for _, o := range all {
		if o.Value == value {
			return v.Text(o.Label)
		}
	}
	return ""
}

// Facts are what a consent says, for whoever reads it or hears it read.
func (s Shown) Facts(v *page.View) []ui.Fact {
	who, _ := Consents().Field("recipient_kind")
	out := []ui.Fact{{Label: v.Text(who.Label), Value: s.Whom(v)}}
	for _, name := range []string{"what", "labels", "purpose", "given_at", "until_at", "until_event", "confirm_by"} {
		f, _ := Consents().Field(name)
		if words := f.Value(&s.Consent, v.Words, v.Local(v.Now).Location()); words != "" && (name != "confirm_by" || s.waits()) {
			out = append(out, ui.Fact{Label: v.Text(f.Label), Value: words})
		}
	}
	return out
}

// state is one word on how a consent stands, as a tag.
func (s Shown) state(v *page.View) []ui.TagProps {
	switch {
	case !s.RevokedAt.IsZero():
		return []ui.TagProps{{Words: v.T("consent.state.back")}}
	case !s.Live:
		return []ui.TagProps{{Words: v.T("consent.state.over")}}
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

func yesBox(v *page.View, name string, on bool, problems []page.Problem) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: name, Label: label(v, name), Say: page.ProblemOf(problems, name)}
	p.Options = []ui.OptionProps{{Value: "1", Label: v.Text(i18n.Text{EN: "Yes, they know", ES: "Sí, lo sabe", AR: "نعم، يعرف ذلك"})}}
	if on {
		p.Values = []string{"1"}
	}
	return p
}
