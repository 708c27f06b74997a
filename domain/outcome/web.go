package outcome

import (
	"net/http"
	"strconv"

	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// Routes are the pages of this domain. The evidence is for anyone.
func Routes() []module.Route {
	return []module.Route{{Method: "GET", Pattern: "/evidence", Access: module.Anyone, Serve: evidence}}
}

func evidence(w http.ResponseWriter, r *http.Request) error {
	return page.Show(w, r, evidenceDoc(page.From(r.Context())))
}

func evidenceDoc(v *page.View) page.Doc {
	return page.Doc{Title: v.T("outcome.title"), Body: evidencePage(v, Known()), Narrow: true}
}

// summary counts findings in one sentence; it adds nothing up.
func summary(v *page.View, e Evidence) string {
	return v.T("outcome.counts", "Effect", e.Count("effect"), "None", e.Count("none"), "Mixed", e.Count("mixed"), "Rest", e.Count("no-comparison", "claim"))
}

// tone marks a finding with a shape of its own: what found something and what
// found nothing weigh the same.
func tone(s Study) ui.Tone {
	switch s.Found {
	case "effect", "mixed", "none":
		return ui.Soft
	}
	return ui.Lamp
}

func facts(v *page.View, s Study) []ui.Fact {
	people := v.T("outcome.design-not-known")
	if s.N != nil {
		people = strconv.Itoa(*s.N)
	}
	told := []ui.Fact{
		{Label: v.T("outcome.people"), Value: people},
		{Label: v.T("outcome.design"), Value: v.T("outcome.design-" + s.Design)},
		{Label: v.T("outcome.strength"), Value: v.T("outcome.strength-" + s.Strength)},
		{Label: v.T("outcome.source"), Value: s.Source},
	}
	if s.NoAddress {
		told = append(told, ui.Fact{Label: v.T("outcome.address"), Value: v.T("outcome.no-address")})
	}
	return told
}
