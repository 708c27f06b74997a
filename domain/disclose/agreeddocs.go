package disclose

import (
	"slices"
	"time"

	"alongside/domain/consent"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func agreementsDoc(v *page.View, f agreedForm) page.Doc {
	return page.Doc{Title: v.T("disclose.agreed.title"), Kind: page.Worker, Body: agreementsBody(v, f), Narrow: true}
}

func checkedDoc(v *page.View, f checkedForm) page.Doc {
	return page.Doc{Title: v.T("disclose.checked.title"), Kind: page.Worker, Body: checkedBody(v, f), Narrow: true}
}

func checkedToldDoc(v *page.View, told Told) page.Doc {
	return page.Doc{Title: v.T("disclose.checked.title"), Kind: page.Worker, Body: checkedToldBody(v, told), Narrow: true}
}

// records reports whether who reads writes agreements down; the others approve
// them.
func (f agreedForm) records(v *page.View) bool {
	return v.Signed != nil && v.Signed.Role == "administrator"
}

func (f agreedForm) approves(v *page.View, a Agreement) bool {
	return !f.records(v) && a.MadeBy != f.Me
}

// waits reports whether the agreement waits for somebody to approve it.
func (a Agreement) waits(now time.Time) bool {
	return a.ApprovedAt.IsZero() && a.EndedAt.IsZero() && now.Before(a.UntilAt)
}

// stands says how it stands, in a word.
func (a Agreement) stands(v *page.View) string {
	switch {
	case !a.EndedAt.IsZero():
		return v.T("disclose.agreed.ended", "When", ui.Apart(v.When(a.EndedAt)))
	case !v.Now.Before(a.UntilAt):
		return v.T("disclose.agreed.ended", "When", ui.Apart(v.When(a.UntilAt)))
	case a.ApprovedAt.IsZero():
		return v.T("disclose.agreed.waits")
	}
	return v.T("disclose.agreed.open", "When", ui.Apart(v.Date(a.UntilAt)))
}

// facts are what whoever approves reads.
func (a Agreement) facts(v *page.View) []ui.Fact {
	var out []ui.Fact
	for _, name := range []string{"kind", "body", "ground", "aim", "paper", "promises", "copies", "what", "until_at"} {
		f, _ := Agreements().Field(name)
		value := f.Value(&a, v.Words, v.Local(v.Now).Location())
		if name == "copies" && !a.Copies {
			value = v.T("disclose.agreed.looks-only")
		}
		out = append(out, ui.Fact{Label: v.Text(f.Label), Value: value})
	}
	i := slices.IndexFunc(grounds(), func(g ground) bool { return g.Value == a.Ground })
	if i >= 0 {
		out = append(out, ui.Fact{Label: v.T("disclose.agreed.law"), Value: ui.Apart(grounds()[i].cite)})
	}
	return out
}

func (f checkedForm) agreements(v *page.View) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: "agreement", Label: v.T("disclose.checked.under"), Values: []string{string(f.Agreement)}, Say: page.ProblemOf(f.Problems, "agreement")}
	for _, a := range f.Open {
		p.Options = append(p.Options, ui.OptionProps{Value: string(a.ID), Label: a.Who, Hint: a.Aim})
	}
	return p
}

// kinds are what an open agreement names; the rest is not even asked.
func (f checkedForm) kinds(v *page.View) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: "told", Label: v.T("disclose.checked.what"), Values: f.Told}
	for _, k := range tellable() {
		if slices.ContainsFunc(f.Open, func(a Agreement) bool { return slices.Contains(a.What, k.Value) }) {
			p.Options = append(p.Options, ui.OptionProps{Value: k.Value, Label: v.Text(k.Label)})
		}
	}
	return p
}

func (f checkedForm) ways(v *page.View) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: "way", Label: v.T("disclose.checked.how"), Values: []string{f.Way}}
	away := slices.ContainsFunc(f.Open, func(a Agreement) bool { return a.Copies })
	for _, w := range Ways() {
		if slices.Contains(staysHere(), w.Value) || away && (w.Value == "print" || w.Value == "export") {
			p.Options = append(p.Options, ui.OptionProps{Value: w.Value, Label: v.Text(w.Label)})
		}
	}
	return p
}

func agreedSamples() []page.Sample {
	one := func(v *page.View) Agreement {
		return Agreement{
			ID: "1", Kind: Audit, Who: "Wilma Demo", Body: "Lanternford Health Board", Ground: "agency", Aim: "Are people met in time?", Paper: "Signed on 3 March, in the blue binder",
			Promises: []string{"back-only"}, What: []string{consent.Status}, UntilAt: v.Now.AddDate(0, 3, 0), MadeBy: "ada",
		}
	}
	opened := func(v *page.View) Agreement { a := one(v); a.ApprovedAt = v.Now; return a }
	admin := func(v *page.View, f agreedForm) page.Doc {
		v.Signed = &page.Signed{Name: "Ada Demo", Role: "administrator"}
		return agreementsDoc(v, f)
	}
	return []page.Sample{
		{Name: "disclose/agreements", Doc: sampleDesk(func(v *page.View) page.Doc {
			return agreementsDoc(v, agreedForm{All: []Agreement{one(v), opened(v)}, Me: "dana"})
		})},
		{Name: "disclose/agreements-none", Doc: sampleDesk(func(v *page.View) page.Doc { return agreementsDoc(v, agreedForm{}) })},
		{Name: "disclose/agreements-new", Doc: func(v *page.View) page.Doc {
			return admin(v, agreedForm{Problems: []page.Problem{{Field: "promises", Say: v.T("disclose.agreed.promises")}}})
		}},
		{Name: "disclose/checked", Doc: sampleDesk(func(v *page.View) page.Doc { return checkedDoc(v, checkedForm{Open: []Agreement{opened(v)}}) })},
		{Name: "disclose/checked-none", Doc: sampleDesk(func(v *page.View) page.Doc { return checkedDoc(v, checkedForm{}) })},
		{Name: "disclose/checked-told", Doc: sampleDesk(func(v *page.View) page.Doc { return checkedToldDoc(v, Told{Notice: LimitAudit}) })},
	}
}
