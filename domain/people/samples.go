package people

import (
	"time"

	"alongside/platform/page"
)

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	search := func(f searchForm) func(*page.View) page.Doc {
		return func(v *page.View) page.Doc { return searchDoc(lead(v), f) }
	}
	found := Found{People: []Shown{sampleJoined(), {Person: sampleAna(), Records: []Person{sampleAna()}}}, More: true}
	return []page.Sample{
		{Name: "people/search", Doc: search(searchForm{})},
		{Name: "people/search-found", Doc: search(searchForm{Text: "ana", Asked: true, Found: found})},
		{Name: "people/search-alike", Doc: search(searchForm{Text: "blue", Asked: true, Found: Found{People: sampleAlike()}})},
		{Name: "people/search-none", Doc: search(searchForm{Text: "wren", Asked: true})},
		{Name: "people/one", Doc: func(v *page.View) page.Doc { return oneDoc(lead(v), sampleJoined(), "a") }},
		{Name: "people/edit", Doc: func(v *page.View) page.Doc { return editDoc(v, editForm{Person: sampleAna(), Act: "a"}) }},
		{Name: "people/edit-needs", Doc: func(v *page.View) page.Doc {
			return editDoc(v, editForm{Act: "a", Problems: []page.Problem{{Field: "name", Say: v.T("people.needs-name")}}})
		}},
		{Name: "people/pairs", Doc: func(v *page.View) page.Doc { return pairsDoc(lead(v), samplePairs(), 3, "a") }},
		{Name: "people/pairs-none", Doc: func(v *page.View) page.Doc { return pairsDoc(lead(v), nil, 0, "a") }},
	}
}

// lead is the view of a coordinator.
func lead(v *page.View) *page.View {
	w := *v
	w.Signed = &page.Signed{Name: "Noor", Role: "coordinator"}
	return &w
}

func sampleAna() Person {
	return Person{
		ID: "a", Name: "Ana Quill", LegalName: "Ana María Quill", Languages: []string{"es", "en"}, Phone: "555-010-0134",
		Safety: "Her sister may pick up. Mornings are good.", Texts: true, CreatedAt: time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC),
	}
}

func sampleBlue() Person {
	return Person{ID: "b", Name: "Blue", Provisional: true, Phone: "(555) 010-0134", CreatedAt: time.Date(2026, 2, 3, 4, 0, 0, 0, time.UTC)}
}

func sampleJoined() Shown {
	records := []Person{sampleAna(), sampleBlue()}
	return Shown{Person: Together(records), Records: records, Walk: "/walk/a", Merges: []Merge{{ID: "m", Kept: "a", Joined: "b", At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}}}
}

// sampleAlike are three of one name.
func sampleAlike() []Shown {
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 10, 0, 0, 0, time.UTC) }
	one := func(p Person, a Around) Shown {
		p.Name = "Blue"
		return Shown{Person: p, Records: []Person{p}, Alike: true, Around: a}
	}
	return []Shown{
		one(Person{ID: "a", Phone: "555-010-0134", Pronouns: "she, her", CreatedAt: day(3, 1)}, Around{With: []string{"Rosa", "Idris"}, Last: day(11, 20), Site: "Mercy General, fourth floor"}),
		one(Person{ID: "b", CreatedAt: day(11, 26)}, Around{Site: "County Hospital"}),
		one(Person{ID: "c", CreatedAt: day(11, 27)}, Around{}),
	}
}

func samplePairs() []Pair {
	return []Pair{{Proposal: Proposal{One: "a", Two: "b", Why: []string{samePhone}}, A: sampleAna(), B: sampleBlue()}}
}
