package handoff

import (
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// Samples are the pages in the storybook, with made-up people.
func Samples() []page.Sample {
	var out []page.Sample
	for _, part := range [][]page.Sample{sampleAsks(), sampleStatuses(), sampleWork(), sampleOwns(), sampleDesks(), samplePlaces(), sampleFollows(), sampleOverviews()} {
		out = append(out, part...)
	}
	return out
}

func sampleSite() Site {
	return Site{ID: "s", Name: "Lanternford General, emergency", Door: DoorWard, Duty: "555-0140", Promise: 30}
}

func sampleAsks() []page.Sample {
	var out []page.Sample
	for _, d := range Doors() {
		out = append(out, page.Sample{Name: "handoff/ask-" + d.Value, Doc: func(v *page.View) page.Doc {
			s := sampleSite()
			s.Door = d.Value
			return askDoc(v, askForm{Site: s, Token: "t", Act: "a", PassOn: "/ask/t"})
		}})
	}
	return append(out,
		page.Sample{Name: "handoff/ask-needs", Doc: sampleAskNeeds},
		page.Sample{Name: "handoff/tablet-asked", Doc: func(v *page.View) page.Doc {
			return keptDoc(v, askForm{Site: sampleSite(), Token: "t"}, Receipt{Code: "LARK 42"})
		}},
		page.Sample{Name: "handoff/asked-twice", Doc: func(v *page.View) page.Doc {
			return twiceDoc(v, sampleSite(), Receipt{Token: "t", Before: &Receipt{Token: "u"}})
		}},
		page.Sample{Name: "handoff/phone", Doc: func(v *page.View) page.Doc {
			return phoneDoc(v, askForm{Site: Site{Door: doorPhone}, Sites: []Site{sampleSite()}, Act: "a"})
		}},
	)
}

func sampleAskNeeds(v *page.View) page.Doc {
	f := askForm{Site: sampleSite(), Token: "t", Act: "a"}
	f.fill(v, nil)
	return askDoc(v, f)
}

func sampleStatuses() []page.Sample {
	return []page.Sample{
		{Name: "handoff/status-kept", Doc: sampleStatus(Held, 2, 0)},
		{Name: "handoff/status-asked", Doc: sampleStatus(Requested, 4, 0)},
		{Name: "handoff/status-coming", Doc: sampleStatus(OnTheWay, 9, 0)},
		{Name: "handoff/status-unanswered", Doc: sampleStatus(Requested, 20, 0)},
		{Name: "handoff/status-late", Doc: sampleStatus(Requested, 41, 0)},
		{Name: "handoff/status-not-found", Doc: sampleStatus(NotFound, 24, 0)},
		{Name: "handoff/status-together", Doc: sampleStatus(Met, 25, 20)},
		{Name: "handoff/status-not-now", Doc: sampleStatus(NotNow, 12, 0)},
	}
}

// sampleStatus is the asker's page so many minutes after the ask, and after
// they met when that is more than none.
func sampleStatus(stage string, asked, met int) func(*page.View) page.Doc {
	return func(v *page.View) page.Doc {
		at := v.Now.Add(time.Duration(-asked) * time.Minute)
		st := Status{At: v.Now, Stage: stage, Where: "Bay 7", Code: "LARK 42", Site: sampleSite(), AskedAt: at, DueAt: at.Add(Promise)}
		st.Overdue, st.Reopens = stage == Requested && asked > 30, stage == NotNow
		if stage == OnTheWay || stage == Met {
			st.AckAt, st.Expected = at.Add(3*time.Minute), at.Add(21*time.Minute)
		}
		if stage == Requested {
			st.Standing = sampleStanding(at, asked)
		}
		if met > 0 {
			st.MetAt = at.Add(time.Duration(met) * time.Minute)
		}
		return statusDoc(v, "t", "a", st)
	}
}

func sampleStanding(at time.Time, asked int) Standing {
	out := Standing{Asked: []AskedOf{{Who: "duty", Count: 1, At: at}}, Next: "second", NextAt: at.Add(3 * time.Minute)}
	if asked > 15 {
		out.Asked = append(out.Asked, AskedOf{Who: "all", Count: 2, At: at.Add(6 * time.Minute)}, AskedOf{Who: "supervisor", Count: 1, At: at.Add(10 * time.Minute)})
		out.Next, out.Phone = "", true
	}
	return out
}

func sampleOwns() []page.Sample {
	var out []page.Sample
	for _, s := range States() {
		if s.Name == Unconfirmed {
			continue
		}
		out = append(out, page.Sample{Name: "handoff/own-" + s.Name, Doc: sampleOwn(s.Name)})
	}
	return append(out, page.Sample{Name: "handoff/card", Doc: sampleCard})
}

// sampleOwn is the person's page in one state.
func sampleOwn(state string) func(*page.View) page.Doc {
	return func(v *page.View) page.Doc {
		at := v.Now.Add(-20 * time.Minute)
		o := Own{State: state, Name: "Blue", AskedAt: at, DueAt: at.Add(Promise), Duty: "555-0140", Next: fromSilence(Flow().Next(state, RolePerson), Handoff{State: state, MetAt: at})}
		if stone := ownStone(state); stone > 0 {
			o.PeerName, o.Expected = "Rosa Demo", v.Now.Add(9*time.Minute)
			if stone > 1 {
				o.MetAt = at.Add(12 * time.Minute)
			}
		}
		if ownStone(state) >= 3 && state != NotNow && state != Closed && state != SupportNotNow {
			o.Covered, o.Service, o.SlotAt = true, sampleService(v), v.Now.Add(20*time.Hour)
		}
		f := ownForm{Own: o, Token: "t", Act: "a"}
		if state == Closed {
			f.Again, f.Ended = "/ask/t", "transferred"
		}
		return ownDoc(v, f)
	}
}

func sampleService(v *page.View) Destination {
	return Destination{
		ID: "q", Name: "Quay Clinic", Phone: "555-0150", About: "Medicine for opioid use, same day", Hours: "08:00–20:00",
		Languages: []string{"en", "es"}, Medicine: "gives", Way: "Tram 4 to Quay Street", Places: 3, PlacesAt: v.Now.Add(-3 * time.Hour), Turn: 1,
	}
}

func sampleCard(v *page.View) page.Doc {
	const link = "https://alongside.example/own/06h1kty9xqwvj5ct5gcz06dhp4"
	square, err := ui.NewSquare(link)
	if err != nil {
		square = ui.Square{}
	}
	return cardDoc(v, cardForm{ID: "1", Name: "Blue", Link: link, Square: square, Act: "a"})
}

func sampleDesks() []page.Sample {
	desk := func(name string, bound bool, arrives func(*page.View) []Arrival) page.Sample {
		return page.Sample{Name: "handoff/service" + name, Doc: func(v *page.View) page.Doc {
			d := Desk{To: sampleService(v), Bound: bound, Arrives: arrives(v)}
			if len(d.Arrives) > 0 {
				d.Notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
			}
			return deskDoc(v, deskForm{Desk: d, Token: "t", Act: "a"})
		}}
	}
	none := func(*page.View) []Arrival { return nil }
	return []page.Sample{
		desk("-unbound", false, none),
		desk("-empty", true, none),
		desk("", true, func(v *page.View) []Arrival {
			return []Arrival{
				{ID: "1", Name: "Blue", State: Offered, Next: Flow().Next(Offered, RoleDestination)},
				{ID: "2", Name: "Teo", State: Travelling, SlotAt: v.Now.Add(time.Hour), Next: Flow().Next(Travelling, RoleDestination)},
				{ID: "3", State: Connected, Next: Flow().Next(Connected, RoleDestination)},
				{ID: "4", Name: "Ash", State: OutOfTouch, Freed: true, Next: Flow().Next(OutOfTouch, RoleDestination)},
				{ID: "5", Name: "Wren", State: Closed},
			}
		}),
	}
}

func samplePlaces() []page.Sample {
	return []page.Sample{
		{Name: "handoff/places", Doc: func(v *page.View) page.Doc {
			return placesDoc(v, Places{Sites: []Site{sampleSite()}, Destinations: []Destination{sampleService(v)}})
		}},
		{Name: "handoff/places-lacks", Doc: func(v *page.View) page.Doc {
			v.Signed = &page.Signed{Name: "Ada Demo", Role: administrator}
			return placesDoc(v, Places{Lacks: []string{"coordinators", "peers", "supervisors", "sites", "rota"}})
		}},
		{Name: "handoff/places-empty", Doc: func(v *page.View) page.Doc { return placesDoc(v, Places{}) }},
		{Name: "handoff/site", Doc: func(v *page.View) page.Doc {
			return siteDoc(v, placeForm[Site]{ID: "s", Row: sampleSite(), Link: "https://alongside.example/ask/06h1kty9xqwv", Act: "a"})
		}},
		{Name: "handoff/site-new", Doc: func(v *page.View) page.Doc {
			var s Site
			return siteDoc(v, placeForm[Site]{ID: newPlace, Act: "a", Problems: ui.ProblemsIn(v, Sites(), Sites().Parse(nil, &s))})
		}},
		{Name: "handoff/destination", Doc: func(v *page.View) page.Doc {
			return destinationDoc(v, placeForm[Destination]{ID: "q", Row: sampleService(v), Link: "https://alongside.example/service/06h1kty9xqwv", Act: "a"})
		}},
	}
}

func sampleCards(v *page.View) []Card {
	card := func(id, name, state, where string, ago int) Card {
		at := v.Now.Add(time.Duration(-ago) * time.Minute)
		return Card{
			Handoff: &Handoff{
				ID: ref.Handoff(id), State: state, Answer: "yes", Where: where, Language: "es",
				RequestedAt: at, EventAt: at, DueAt: at.Add(Promise),
			},
			Name: name, Site: "Lanternford General, emergency", Person: people.Person{Texts: name == "Blue"},
		}
	}
	cards := []Card{
		card("1", "", Requested, "Bay 7", 4), card("2", "Pebble", Requested, "Room 12", 41),
		card("3", "Blue", OnTheWay, "Bay 3", 16), card("4", "Teo", Met, "Bay 11", 50),
	}
	cards[3].Peer = "Idris Demo"
	return cards
}
