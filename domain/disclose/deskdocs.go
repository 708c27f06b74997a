package disclose

import (
	"alongside/domain/consent"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func glassDoc(v *page.View, g glass) page.Doc {
	return page.Doc{Title: v.T("disclose.glass.title"), Kind: page.Worker, Body: glassBody(v, g), Narrow: true}
}

func toldDoc(v *page.View) page.Doc {
	return page.Doc{Title: v.T("disclose.glass.title"), Kind: page.Worker, Body: toldBody(v), Narrow: true}
}

func reviewsDoc(v *page.View, all []Disclosure) page.Doc {
	return page.Doc{Title: v.T("disclose.reviews.title"), Kind: page.Worker, Body: reviewsBody(v, all), Narrow: true}
}

func demandsDoc(v *page.View, d desk) page.Doc {
	return page.Doc{Title: v.T("disclose.demands.title"), Kind: page.Worker, Body: demandsBody(v, d), Narrow: true}
}

func (g glass) line(v *page.View, name, value string) ui.FieldProps {
	f, _ := Disclosures().Field(name)
	return ui.FieldProps{Name: name, Label: v.Text(f.Label), Value: value, Max: 200, Say: page.ProblemOf(g.Problems, name)}
}

// kinds asks what is told. A counsellor's own notes and a proof of attendance
// save no life.
func (g glass) kinds(v *page.View) ui.ChoiceProps {
	f, _ := Disclosures().Field("what")
	p := ui.ChoiceProps{Name: "told", Label: v.Text(f.Label), Values: g.What, Say: page.ProblemOf(g.Problems, "what")}
	for _, k := range consent.Kinds() {
		if k.Value != consent.Counsel && k.Value != consent.Attendance {
			p.Options = append(p.Options, ui.OptionProps{Value: k.Value, Label: v.Text(k.Label)})
		}
	}
	return p
}

// facts are what whoever reviews an emergency reads.
func (d Disclosure) facts(v *page.View) []ui.Fact {
	var out []ui.Fact
	for _, name := range []string{"facility", "what", "nature", "unable"} {
		f, _ := Disclosures().Field(name)
		out = append(out, ui.Fact{Label: v.Text(f.Label), Value: f.Value(&d, v.Words, v.Local(v.Now).Location())})
	}
	return out
}

func (d desk) line(v *page.View, name, value string) ui.FieldProps {
	f, _ := Demands().Field(name)
	return ui.FieldProps{Name: name, Label: v.Text(f.Label), Value: value, Max: 200, Say: page.ProblemOf(d.Problems, name)}
}

func demandChoice(v *page.View, name, value string) ui.ChoiceProps {
	f, _ := Demands().Field(name)
	p := ui.ChoiceProps{Name: name, Label: v.Text(f.Label), Values: []string{value}}
	for _, o := range f.Options {
		p.Options = append(p.Options, ui.OptionProps{Value: o.Value, Label: v.Text(o.Label)})
	}
	return p
}

// flags are what is at hand, each a box of its own.
func (d desk) flags(v *page.View) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: "at-hand", Label: v.T("disclose.demands.at-hand"), Say: page.ProblemOf(d.Problems, "ordered")}
	for name, on := range map[string]bool{"ordered": d.Ordered, "compelled": d.Compelled, "quiet": d.Quiet} {
		if on {
			p.Values = append(p.Values, name)
		}
	}
	for _, name := range []string{"ordered", "compelled", "quiet"} {
		f, _ := Demands().Field(name)
		p.Options = append(p.Options, ui.OptionProps{Value: name, Label: v.Text(f.Label)})
	}
	return p
}

func deskSamples() []page.Sample {
	return []page.Sample{
		{Name: "disclose/emergency", Doc: sampleDesk(func(v *page.View) page.Doc {
			return glassDoc(v, glass{Disclosure: Disclosure{Person: "p"}, Problems: []page.Problem{{Field: "nature", Say: v.T("disclose.needs-nature")}}})
		})},
		{Name: "disclose/emergency-told", Doc: sampleDesk(toldDoc)},
		{Name: "disclose/reviews", Doc: sampleDesk(func(v *page.View) page.Doc {
			return reviewsDoc(v, []Disclosure{{ID: "1", ToWhom: "Dr Demo", Facility: "Lanternford General", Nature: "not breathing", Unable: "not awake", What: []string{consent.Name}, At: v.Now}})
		})},
		{Name: "disclose/reviews-none", Doc: sampleDesk(func(v *page.View) page.Doc { return reviewsDoc(v, nil) })},
		{Name: "disclose/demands", Doc: sampleDesk(func(v *page.View) page.Doc {
			who := []ui.OptionProps{{Value: "1", Label: "Idris Demo"}, {Value: "2", Label: "Ada Demo"}}
			return demandsDoc(v, desk{Mine: []Demand{{ID: "1", FromWhom: "Lanternford County Court", ReceivedAt: v.Now}}, Who: who})
		})},
	}
}

func sampleDesk(doc func(*page.View) page.Doc) func(*page.View) page.Doc {
	return func(v *page.View) page.Doc {
		v.Signed = &page.Signed{Name: "Rosa Demo", Role: "supervisor"}
		return doc(v)
	}
}
