package consent

import (
	"time"

	"alongside/domain/ref"
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
	return page.Doc{Title: v.T("consent.new.title"), Kind: page.Worker, Body: newBody(v, name, f), Narrow: true}
}

func readBackDoc(v *page.View, s Shown, form Consent, problems []page.Problem) page.Doc {
	return page.Doc{Title: v.T("consent.read-back.title"), Kind: page.Worker, Body: readBackBody(v, s, form, problems), Narrow: true}
}

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	return []page.Sample{
		{Name: "consent/waiting", Doc: func(v *page.View) page.Doc { return waitingDoc(v, sampleList(v)) }},
		{Name: "consent/waiting-none", Doc: func(v *page.View) page.Doc { return waitingDoc(v, list{}) }},
		{Name: "consent/person", Doc: func(v *page.View) page.Doc { return personDoc(v, sampleList(v)) }},
		{Name: "consent/person-none", Doc: func(v *page.View) page.Doc { sampleList(v); return personDoc(v, list{Person: "p"}) }},
		{Name: "consent/new", Doc: func(v *page.View) page.Doc {
			sampleList(v)
			return newDoc(v, "Blue", newForm{
				Act: "a", Limits: Limits("part2"), Recipients: []Recipient{{ID: "1", Name: "Quay Clinic"}, {ID: "2", Name: "Tallow House"}},
				Problems: []page.Problem{{Field: "rights", Say: v.T("consent.needs-rights")}},
			})
		}},
		{Name: "consent/copy", Doc: func(v *page.View) page.Doc {
			s := sampleList(v).All[0]
			s.SignedAs, s.Discloser, s.How, s.Language = "Blue Demo", "Lanternford Alongside", Signed, "en"
			return CopyDoc(v, s, page.Worker)
		}},
		{Name: "consent/read-back", Doc: func(v *page.View) page.Doc {
			return readBackDoc(v, sampleList(v).All[0], Consent{}, []page.Problem{{Field: "copied", Say: v.T("consent.needs-copy")}})
		}},
	}
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
		{Consent: c, To: "Quay Clinic", Live: true}, {Consent: class, Live: true}, {Consent: back, To: "Tallow House"},
	}}
}
