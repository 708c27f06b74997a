package consent

import (
	"slices"
	"strings"

	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// Beside notes on each consent whether another one that is in force, and obeyed,
// reaches the same recipient: a narrower one does not end a wider one, and who takes one back
// should know of the other. Pass all that are shown of one person.
func Beside(all []Shown) {
	for i := range all {
		all[i].Twice = slices.ContainsFunc(all, func(o Shown) bool {
			return o.Live && !o.Unheard && o.ID != all[i].ID && o.reachesAs(all[i].Consent)
		})
	}
}

// reachesAs reports whether two consents are for the same recipient by name, or
// for the same class.
func (s Shown) reachesAs(c Consent) bool {
	if c.Recipient != "" || s.Recipient != "" {
		return s.Recipient == c.Recipient
	}
	return s.RecipientKind == c.RecipientKind && s.Class == c.Class
}

// caveats are what holds now beside what the consent says: that the law here does
// not obey it, or that another one reaches as far.
func (s Shown) caveats(v *page.View) (out []ui.Fact) {
	switch {
	case s.Live && s.Unheard:
		out = append(out, ui.Fact{Label: v.T("consent.unheard.title"), Value: v.T("consent.unheard.says")})
	case s.Live && s.Twice:
		out = append(out, ui.Fact{Label: v.T("consent.twice.title"), Value: v.T("consent.twice.says")})
	}
	return out
}

// Options are recipients as answers of a form. Those of one name say of what kind
// they are and where.
func Options(v *page.View, all []Recipient) []ui.OptionProps {
	named := map[string]int{}
	for _, r := range all {
		named[strings.ToLower(r.Name)]++
	}
	out := make([]ui.OptionProps, len(all))
	for i, r := range all {
		out[i] = ui.OptionProps{Value: string(r.ID), Label: r.Name}
		if named[strings.ToLower(r.Name)] > 1 {
			out[i].Hint = strings.Trim(v.Text(field.LabelOf(recipientKinds(), r.Kind))+", "+r.Address, ", ")
		}
	}
	return out
}
