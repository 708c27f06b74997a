package consent

import (
	"net/url"
	"time"

	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/page"
	"alongside/platform/scope"
)

func waitingDoc(v *page.View, l list) page.Doc {
	return page.Doc{Title: v.T("consent.waiting.title"), Kind: page.Worker, Body: waitingBody(v, l), Narrow: true}
}

func personDoc(v *page.View, l list) page.Doc {
	return page.Doc{Title: v.T("consent.person.title"), Kind: page.Worker, Body: personBody(v, l), Narrow: true}
}

func newDoc(v *page.View, name string, f newForm) page.Doc {
	return page.Doc{Title: v.T("consent.new.title"), Kind: page.Worker, Body: newBody(v, name, f), Narrow: true, Keeps: Wizard}
}

func readBackDoc(v *page.View, s Shown, form Consent, m Minority, problems []page.Problem) page.Doc {
	return page.Doc{Title: v.T("consent.read-back.title"), Kind: page.Worker, Body: readBackBody(v, s, form, m, problems), Narrow: true}
}

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	return append(newSamples(), []page.Sample{
		{Name: "consent/waiting", Doc: func(v *page.View) page.Doc { return waitingDoc(v, sampleList(v)) }},
		{Name: "consent/waiting-none", Doc: func(v *page.View) page.Doc { return waitingDoc(v, list{}) }},
		{Name: "consent/person", Doc: func(v *page.View) page.Doc { return personDoc(v, sampleList(v)) }},
		{Name: "consent/person-none", Doc: func(v *page.View) page.Doc { sampleList(v); return personDoc(v, list{Person: "p"}) }},
		{Name: "consent/copy", Doc: func(v *page.View) page.Doc {
			s := sampleList(v).All[0]
			s.SignedAs, s.Discloser, s.How, s.Language = "Blue Demo", "Lanternford Alongside", Signed, "en"
			return CopyDoc(v, v, s, page.Worker)
		}},
		{Name: "consent/read-back", Doc: func(v *page.View) page.Doc {
			return readBackDoc(v, sampleList(v).All[0], Consent{}, Minority{ByState: true}, []page.Problem{{Field: "copied", Say: v.T("consent.needs-copy")}})
		}},
	}...)
}

// newSamples are the pages on which a worker asks for a consent.
func newSamples() []page.Sample {
	var out []page.Sample
	for i, s := range newSteps() {
		out = append(out, page.Sample{Name: "consent/new-" + s.Name, Doc: func(v *page.View) page.Doc {
			f := newForm{
				Consent: sampleList(v).All[0].Consent, Step: i, Act: "a", Given: url.Values{"days": {"90"}}, Limits: Limits("part2"), Law: RuleOf("part2"),
				Minors:     Minority{true, tenant.Minors{Signs: tenant.MinorByAge, Says: "Made-up: from 14 on they sign alone."}},
				Recipients: []Recipient{{ID: "r", Name: "Quay Clinic"}, {ID: "2", Name: "Tallow House"}},
			}
			if s.Name == "rights" {
				f.Problems = []page.Problem{{Field: "rights", Say: v.T("consent.needs-rights")}}
			}
			return newDoc(v, "Blue", f)
		}})
	}
	return out
}

func sampleList(v *page.View) list {
	v.Signed = &page.Signed{Name: "Rosa Demo", Role: "peer"}
	c := Consent{
		ID: "1", Person: "p", Sort: General, RecipientKind: Named, Recipient: "r", What: []string{Status, Name}, Labels: []string{"SUD"},
		Purpose: scope.Treatment, GivenAt: v.Now.Add(-20 * time.Hour), UntilAt: v.Now.AddDate(0, 3, 0), Early: true, ConfirmBy: v.Now.AddDate(0, 0, 6),
	}
	class, back := c, c
	class.ID, class.RecipientKind, class.Class, class.Early = "2", ByClass, Provider, false
	back.ID, back.RevokedAt, back.Early = "3", v.Now.Add(-time.Hour), false
	return list{Person: "p", Names: map[ref.Person]string{"p": "Blue"}, All: []Shown{
		{Consent: c, To: "Quay Clinic", Live: true, Twice: true}, {Consent: class, Live: true, Unheard: true}, {Consent: back, To: "Tallow House"},
	}}
}
