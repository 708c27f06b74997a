package disclose

import (
	"cmp"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func glassDoc(v *page.View, g glass) page.Doc {
	return page.Doc{Title: v.T("disclose.glass.title"), Kind: page.Worker, Body: glassBody(v, g), Narrow: true}
}

func toldDoc(v *page.View) page.Doc {
	return page.Doc{Title: v.T("disclose.glass.title"), Kind: page.Worker, Body: toldBody(v), Narrow: true}
}

func reviewsDoc(v *page.View, l reviews) page.Doc {
	return page.Doc{Title: v.T("disclose.reviews.title"), Kind: page.Worker, Body: reviewsBody(v, l), Narrow: true}
}

func ifAskedDoc(v *page.View) page.Doc {
	return page.Doc{Title: v.T("disclose.if-asked.title"), Kind: page.Worker, Body: ifAskedBody(v), Narrow: true}
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
func (l reviews) facts(v *page.View, d Disclosure) []ui.Fact {
	var out []ui.Fact
	if by := l.Names[ref.Account(d.By)]; by != "" {
		out = append(out, ui.Fact{Label: v.T("disclose.reviews.by"), Value: by})
	}
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

// choice is a question of the form on which a demand is written down.
func (d desk) choice(v *page.View, name, value string) ui.ChoiceProps {
	f, _ := Demands().Field(name)
	p := ui.ChoiceProps{Name: name, Label: v.Text(f.Label), Values: []string{value}, Say: page.ProblemOf(d.Problems, name)}
	for _, o := range f.Options {
		if o.Value != Lost {
			p.Options = append(p.Options, ui.OptionProps{Value: o.Value, Label: v.Text(o.Label)})
		}
	}
	return p
}

// title says from whom a demand is, where that is known.
func (d Demand) title(v *page.View) string { return cmp.Or(d.FromWhom, v.T("disclose.demands.lost")) }

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

// facts are what whoever decides reads of a demand.
func (d Demand) facts(v *page.View) []ui.Fact {
	var out []ui.Fact
	for _, name := range []string{"kind", "reference", "ordered", "compelled", "quiet"} {
		f, _ := Demands().Field(name)
		if words := f.Value(&d, v.Words, v.Local(v.Now).Location()); words != "" {
			out = append(out, ui.Fact{Label: v.Text(f.Label), Value: words})
		}
	}
	return out
}

// wrong are the problems of a demand's own decision, and given what was answered
// there: nothing for any other.
func (d desk) wrong(one Demand) []page.Problem {
	if one.ID != d.At {
		return nil
	}
	return d.Wrong
}

func (d desk) given(one Demand, name string) string {
	if one.ID != d.At {
		return ""
	}
	return d.Decided.Get(name)
}

func (d desk) decision(v *page.View, one Demand) ui.ChoiceProps {
	p := d.choice(v, "decision", d.given(one, "decision"))
	p.Of = string(one.ID)
	p.Say = page.ProblemOf(d.wrong(one), ui.Key(p.Of, "decision"))
	return p
}

func (d desk) said(v *page.View, one Demand, name, label string, most int) ui.FieldProps {
	of := string(one.ID)
	return ui.FieldProps{
		Name: name, Of: of, Label: v.T(label), Value: d.given(one, name), Max: most, Optional: true,
		Say: page.ProblemOf(d.wrong(one), ui.Key(of, name)),
	}
}

// formOf is the act of a card's own form: each card has another.
func (d desk) formOf(v *page.View, one Demand) string {
	if one.ID == d.At && d.Act != "" {
		return d.Act
	}
	return page.NewAct(v.Now)
}

// told asks what left under an order.
func (d desk) told(v *page.View, one Demand) ui.ChoiceProps {
	f, _ := Disclosures().Field("what")
	p := ui.ChoiceProps{Name: "told", Of: string(one.ID), Label: v.Text(f.Label)}
	if one.ID == d.At {
		p.Values = d.Decided["told"]
	}
	p.Say = page.ProblemOf(d.wrong(one), ui.Key(p.Of, "told"))
	for _, k := range consent.Kinds() {
		p.Options = append(p.Options, ui.OptionProps{Value: k.Value, Label: v.Text(k.Label)})
	}
	return p
}

// way asks how it left.
func (d desk) way(v *page.View, one Demand) ui.ChoiceProps {
	f, _ := Disclosures().Field("way")
	p := ui.ChoiceProps{Name: "way", Of: string(one.ID), Label: v.Text(f.Label), Values: []string{d.given(one, "way")}}
	p.Say = page.ProblemOf(d.wrong(one), ui.Key(p.Of, "way"))
	for _, w := range Ways() {
		p.Options = append(p.Options, ui.OptionProps{Value: w.Value, Label: v.Text(w.Label)})
	}
	return p
}

// seen says whether the person learns of it.
func (d desk) seen(v *page.View, one Demand) string {
	if one.Quiet {
		return v.T("disclose.obey.quiet")
	}
	return v.T("disclose.obey.under")
}

func deskSamples() []page.Sample {
	return []page.Sample{
		{Name: "disclose/emergency", Doc: sampleDesk(func(v *page.View) page.Doc {
			return glassDoc(v, glass{Disclosure: Disclosure{Person: "p"}, Problems: []page.Problem{{Field: "nature", Say: v.T("disclose.needs-nature")}}})
		})},
		{Name: "disclose/emergency-told", Doc: sampleDesk(toldDoc)},
		{Name: "disclose/reviews", Doc: sampleDesk(func(v *page.View) page.Doc {
			return reviewsDoc(v, reviews{Names: map[ref.Account]string{"rosa": "Rosa Demo"}, All: []Disclosure{{ID: "1", Person: "p", By: "rosa", ToWhom: "Dr Demo", Facility: "Lanternford General", Nature: "not breathing", Unable: "not awake", What: []string{consent.Name}, At: v.Now}}})
		})},
		{Name: "disclose/reviews-untold", Doc: sampleDesk(func(v *page.View) page.Doc {
			return reviewsDoc(v, reviews{Names: map[ref.Account]string{"rosa": "Rosa Demo"}, Untold: []Disclosure{{ID: "1", Person: "p", By: "rosa", ToWhom: "Dr Demo", Facility: "Lanternford General", Nature: "not breathing", Unable: "not awake", What: []string{consent.Name}, At: v.Now}}})
		})},
		{Name: "disclose/reviews-none", Doc: sampleDesk(func(v *page.View) page.Doc { return reviewsDoc(v, reviews{}) })},
		{Name: "disclose/demands", Doc: sampleDesk(func(v *page.View) page.Doc {
			who := []ui.OptionProps{{Value: "1", Label: "Idris Demo"}, {Value: "2", Label: "Ada Demo"}}
			return demandsDoc(v, desk{
				Demand: Demand{Person: "p"}, Who: who, At: "1", Wrong: []page.Problem{{Field: "1-decision", Say: v.T("disclose.needs-order")}},
				Comply: []Demand{{ID: "2", Person: "r", Kind: "court-order", Reference: "12/35", Ordered: true, FromWhom: "Lanternford County Court", ReceivedAt: v.Now}},
				Mine:   []Demand{{ID: "3", Person: "q", Kind: Lost, ReceivedAt: v.Now}, {ID: "1", Person: "q", Kind: "subpoena", Reference: "12/34", Compelled: true, FromWhom: "Lanternford County Court", ReceivedAt: v.Now}},
			})
		})},
		{Name: "disclose/if-asked", Doc: sampleDesk(ifAskedDoc)},
		{Name: "disclose/demands-about-nobody", Doc: sampleDesk(func(v *page.View) page.Doc { return demandsDoc(v, desk{}) })},
		{Name: "disclose/demands-decided", Doc: sampleDesk(func(v *page.View) page.Doc { return demandsDoc(v, desk{Done: true}) })},
		{Name: "disclose/demands-held", Doc: sampleDesk(func(v *page.View) page.Doc { return demandsDoc(v, desk{Held: true}) })},
	}
}

func sampleDesk(doc func(*page.View) page.Doc) func(*page.View) page.Doc {
	return func(v *page.View) page.Doc {
		v.Signed = &page.Signed{Name: "Rosa Demo", Role: "supervisor"}
		return doc(v)
	}
}
