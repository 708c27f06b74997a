package rota

import (
	"alongside/platform/module"
	"alongside/platform/notify"
	"alongside/platform/page"
)

// Module offers the rota to the program.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "rota",
		Migrations: Migrations(),
		Records:    []module.Record{Shifts(), Changes(), Aways(), Peers(), Knowns(), Rungs(), Runs(), Askeds(), Steps(), Alones()},
		Flows:      module.None[module.Process](),
		Routes:     web.Routes(),
		Jobs:       web.S.Jobs(),
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
		{Name: "rota/week", Doc: func(v *page.View) page.Doc { return weekDoc(v, weekForm{Week: sampleWeek(v), Act: "a"}) }},
		{Name: "rota/week-empty", Doc: func(v *page.View) page.Doc {
			return weekDoc(v, weekForm{Week: Week{Monday: DayOf(v.Now, v.Local(v.Now).Location()).Monday()}, Act: "a"})
		}},
		{Name: "rota/week-needs", Doc: func(v *page.View) page.Doc {
			return weekDoc(v, weekForm{Week: sampleWeek(v), Act: "a", Problems: []page.Problem{{Field: "begins", Say: v.T("rota.error.clock")}}})
		}},
		{Name: "rota/turn", Doc: func(v *page.View) page.Doc {
			w := sampleWeek(v)
			return turnDoc(v, turnForm{OneTurn: OneTurn{w.Turns[2], w}, Act: "a"})
		}},
		{Name: "rota/mine", Doc: func(v *page.View) page.Doc { return mineDoc(v, mineForm{Mine: sampleMine(v), Act: "a"}) }},
		{Name: "rota/alone", Doc: func(v *page.View) page.Doc { return aloneDoc(v, aloneForm{Act: "a"}) }},
		{Name: "rota/alone-out", Doc: func(v *page.View) page.Doc {
			return aloneDoc(v, aloneForm{Alone: Alone{State: AloneOut, Place: "Mill Lane", DueAt: v.Now}, Act: "a"})
		}},
		{Name: "rota/hard", Doc: func(v *page.View) page.Doc {
			return hardDoc(v, hardForm{Listeners: []Listener{{"d", "Dana Demo"}, {"o", "Otto Demo"}}, Act: "a"})
		}},
		{Name: "rota/hard-other", Doc: func(v *page.View) page.Doc {
			return hardDoc(v, hardForm{Listeners: []Listener{{"o", "Otto Demo"}}, Act: "a", Other: true})
		}},
		{Name: "rota/talk", Doc: func(v *page.View) page.Doc { return talkDoc(v, "a", Listener{"r", "Rosa Demo"}) }},
		{Name: "rota/ladder", Doc: func(v *page.View) page.Doc {
			return ladderDoc(v, ladderForm{Places: []Place{{"s", "Lanternford General, emergency"}}, Rows: DefaultLadder(), Unused: []string{notify.Mail, notify.SMS}, Act: "a"})
		}},
		{Name: "rota/channels", Doc: func(v *page.View) page.Doc { return channelsDoc(v, sampleChannels(v)) }},
		{Name: "rota/mine-empty", Doc: func(v *page.View) page.Doc { return mineDoc(v, mineForm{Mine: Mine{Goes: true}, Act: "a"}) }},
		{Name: "rota/told", Doc: func(v *page.View) page.Doc { return mineDoc(v, mineForm{Act: "a"}) }},
		{Name: "rota/hard-alone", Doc: func(v *page.View) page.Doc { return hardDoc(v, hardForm{Act: "a"}) }},
	}
}
