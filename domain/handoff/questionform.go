package handoff

import (
	"slices"
	"strings"

	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// line is a question that is answered on a line.
func (q Question) line(v *page.View, of, say, kind string) ui.FieldProps {
	return ui.FieldProps{
		Name: q.Name, Of: of, Label: v.Text(q.Label), Hint: v.Text(q.Hint), Kind: kind,
		Value: q.Preset, Say: say, Optional: q.Optional, Max: 1000,
	}
}

// choice is a question that is answered by picking, on a form of its own page.
func (q Question) choice(v *page.View, of string) ui.ChoiceProps { return q.said(v, of, "") }

func (q Question) said(v *page.View, of, say string) ui.ChoiceProps {
	return ui.ChoiceProps{
		Name: q.Name, Of: of, Label: v.Text(q.Label), Hint: v.Text(q.Hint), Values: strings.Fields(q.Preset),
		Options: ui.Options(v, q.Options), Say: say, Optional: q.Optional,
	}
}

// with is a question whose answers are rows of this organisation; chosen is what was
// said before.
func (q Question) with(v *page.View, f viewForm, of string, options []ui.OptionProps, chosen string) ui.ChoiceProps {
	p := q.said(v, of, f.problemOf(of, q.Name))
	p.Options = options
	if chosen != "" {
		p.Values = []string{chosen}
	}
	return p
}

// yesHow is how somebody said yes. Aloud is offered only where the law takes it; where
// it does not, the page says what can be done instead.
func yesHow(v *page.View, f viewForm, step string, q Question) ui.ChoiceProps {
	p := q.said(v, step, f.problemOf(step, q.Name))
	if !f.Hears {
		p.Options = slices.DeleteFunc(p.Options, func(o ui.OptionProps) bool { return o.Value == "spoken" })
		p.Hint = v.T("consent.needs-signature")
	}
	return p
}

// problemOf is what is wrong with a question of the step that was pressed.
func (f viewForm) problemOf(step, name string) string {
	if step != f.Step {
		return ""
	}
	return page.ProblemOf(f.Problems, ui.Key(step, name))
}
