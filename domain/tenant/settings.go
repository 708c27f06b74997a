package tenant

import (
	"cmp"
	"slices"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func settingsDoc(v *page.View, f settings) page.Doc {
	return page.Doc{Title: v.T("tenant.own.title"), Kind: page.Worker, Body: settingsBody(v, f), Narrow: true}
}

// only are the problems of one of the forms.
func (f settings) only(names ...string) []page.Problem {
	return slices.DeleteFunc(slices.Clone(f.Problems), func(p page.Problem) bool { return !slices.Contains(names, p.Field) })
}

func (f settings) wrong(names ...string) bool { return len(f.only(names...)) > 0 }

// law is which law binds, and why, with what was decided before.
func (f settings) law(v *page.View) []ui.Fact {
	out := []ui.Fact{{Label: v.T("tenant.own.binds"), Value: v.Text(field.LabelOf(Regimes(), f.Regime))}}
	if len(f.Rulings) == 0 {
		return append(out, ui.Fact{Label: v.T("tenant.own.since"), Value: v.T("tenant.own.country")})
	}
	for i, r := range f.Rulings {
		label := v.T("tenant.own.since")
		if i > 0 {
			label = v.T("tenant.own.before", "Law", v.Text(field.LabelOf(Regimes(), r.Regime)))
		}
		out = append(out, ui.Fact{Label: label, Value: f.decided(v, r)})
	}
	return out
}

func (f settings) decided(v *page.View, r Ruling) string {
	return v.T("tenant.own.decided", "Why", ui.Apart(cmp.Or(r.Why, v.T("tenant.own.country"))), "Who", ui.Apart(f.who(v, r.By)), "When", ui.Apart(v.When(r.At)))
}

// who is the work name of whoever decided; who held the machine has none.
func (f settings) who(v *page.View, by string) string {
	return cmp.Or(f.Names[ref.Account(by)], v.T("tenant.own.machine"))
}

// asksMinors reports whether the law asks what the law of the state says of minors, or
// somebody wrote it down already.
func (f settings) asksMinors() bool {
	return f.Regime == Part2 || f.Minors.ID != "" || f.wrong("signs", "says")
}

// whyHint is what to think of before another law is chosen; Part 2 is of one country.
func (f settings) whyHint(v *page.View) string {
	if f.Country == "US" {
		return v.T("tenant.own.why-hint-us")
	}
	return v.T("tenant.own.why-hint")
}

func (f settings) signing(v *page.View) []ui.Fact {
	if f.Minors.ID == "" {
		return []ui.Fact{{Label: v.T("tenant.own.signs"), Value: v.T("tenant.own.minors-none")}}
	}
	return []ui.Fact{
		{Label: v.T("tenant.own.signs"), Value: v.Text(field.LabelOf(MinorSigns(), f.Minors.Signs))},
		{Label: v.T("tenant.own.read"), Value: f.Minors.Says},
		{Label: v.T("tenant.own.said"), Value: v.T("tenant.own.by", "Who", ui.Apart(f.who(v, f.Minors.By)), "When", ui.Apart(v.When(f.Minors.At)))},
	}
}

func (f settings) time(v *page.View) []ui.Fact {
	return []ui.Fact{
		{Label: v.T("tenant.own.zone"), Value: ui.Apart(f.Zone)},
		{Label: v.T("tenant.own.now"), Value: ui.Apart(v.When(v.Now))},
	}
}

func (f settings) zone(v *page.View) ui.FieldProps {
	return ui.FieldProps{
		Name: "zone", Label: v.T("tenant.own.zone"), Hint: v.T("tenant.own.zone-hint"), Value: cmp.Or(f.Clock, f.Zone), Max: 64, Exact: true,
		Say: page.ProblemOf(f.Problems, "zone"),
	}
}

func settingsSamples() []page.Sample {
	admin := func(f func(v *page.View) settings) func(v *page.View) page.Doc {
		return func(v *page.View) page.Doc {
			v.Signed = &page.Signed{Name: "Ada Demo", Role: "administrator"}
			s := f(v)
			s.Tenant = Tenant{Name: "Lanternford Peers", Country: "US", Zone: "America/New_York", Regime: cmp.Or(s.Regime, Part2)}
			s.Names = map[ref.Account]string{"ada": "Ada Demo"}
			return settingsDoc(v, s)
		}
	}
	return []page.Sample{
		{Name: "tenant/organisation", Doc: admin(func(*page.View) settings { return settings{} })},
		{Name: "tenant/organisation-decided", Doc: admin(func(v *page.View) settings {
			return settings{
				Tenant:  Tenant{Regime: HIPAAOnly},
				Rulings: []Ruling{{Regime: HIPAAOnly, Why: "No federal money, no tax exemption, no licence: our lawyer, 3 March.", By: "ada", At: v.Now}, {Regime: Part2, By: "operator:made-up", At: v.Now.AddDate(0, -2, 0)}},
				Minors:  Minors{ID: "1", Signs: MinorByAge, Says: "From sixteen on they sign alone. Before, a parent signs with them.", By: "ada", At: v.Now},
			}
		})},
		{Name: "tenant/organisation-refused", Doc: admin(func(v *page.View) settings {
			return settings{Law: Ruling{Regime: NoRegime, Why: "because"}, Problems: []page.Problem{{Field: "why", Label: v.T("tenant.own.law"), Say: v.T("tenant.error.regime-why")}}}
		})},
	}
}
