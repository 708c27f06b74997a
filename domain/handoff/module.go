package handoff

import (
	"alongside/platform/module"
	"alongside/platform/page"
)

// Module offers hand-offs to the program.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "handoff",
		Migrations: Migrations(),
		Records:    []module.Record{Handoffs(), Events(), Sites(), Destinations()},
		Flows:      []module.Process{Flow()},
		Routes:     web.Routes(),
		Jobs:       module.NoJobs(),
		Words:      Words(),
		Samples:    Samples(),
		Imports:    module.None[module.Import](),
		Commands:   module.None[module.Command](),
		Measures:   module.None[module.Measure](),
		Policies:   module.NoFiles{},
	}
}

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	return []page.Sample{
		{Name: "handoff/ask", Doc: func(v *page.View) page.Doc { return askDoc(v, askForm{Site: sampleSite(), Token: "t", Act: "a"}) }},
		{Name: "handoff/ask-needs", Doc: sampleAskNeeds},
		{Name: "handoff/status-asked", Doc: sampleStatus(Requested, 4, 0)},
		{Name: "handoff/status-coming", Doc: sampleStatus(OnTheWay, 9, 0)},
		{Name: "handoff/status-late", Doc: sampleStatus(Requested, 41, 0)},
		{Name: "handoff/status-together", Doc: sampleStatus(Met, 25, 20)},
		{Name: "handoff/status-not-now", Doc: sampleStatus(NotNow, 12, 0)},
		{Name: "handoff/board", Doc: sampleBoard},
		{Name: "handoff/board-empty", Doc: func(v *page.View) page.Doc { return boardDoc(v, "a", Board{}) }},
		{Name: "handoff/files", Doc: func(v *page.View) page.Doc { return unaskedDoc(v, sampleCards(v)[:1]) }},
		{Name: "handoff/path", Doc: sampleView},
		{Name: "handoff/service", Doc: func(v *page.View) page.Doc {
			return arriveDoc(v, "t", "a", Arrival{Name: "Blue", State: Consented, To: Destination{Name: "Quay Clinic"}})
		}},
	}
}
