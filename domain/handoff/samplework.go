package handoff

import (
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/flow"
	"alongside/platform/i18n"
	"alongside/platform/page"
)

// sampleWork are the workers' pages: the board, and a hand-off in each state.
func sampleWork() []page.Sample {
	out := []page.Sample{
		{Name: "handoff/board", Doc: sampleBoard},
		{Name: "handoff/board-flood", Doc: func(v *page.View) page.Doc {
			return boardDoc(v, "a", Board{At: v.Now, Goes: true, Waiting: sampleCards(v)[:1], Held: MostCounted, Unasked: MostCounted, More: true})
		}},
		{Name: "handoff/board-empty", Doc: func(v *page.View) page.Doc { return boardDoc(v, "a", Board{}) }},
		{Name: "handoff/files", Doc: func(v *page.View) page.Doc { return laneDoc(v, LaneFile, sampleCards(v)[:1]) }},
		{Name: "handoff/newest", Doc: func(v *page.View) page.Doc { return laneDoc(v, LaneWaiting, sampleCards(v)[:2]) }},
		{Name: "handoff/kept", Doc: func(v *page.View) page.Doc { return laneDoc(v, LaneHeld, sampleCards(v)[:2]) }},
	}
	out = append(out,
		page.Sample{Name: "handoff/right-ask", Doc: sampleAmend(Event{Step: StepAsk, Value: "yes"})},
		page.Sample{Name: "handoff/right-met", Doc: sampleAmend(Event{Step: StepMeet, Role: "peer"})},
		page.Sample{Name: "handoff/right-introduced", Doc: sampleAmend(Event{Step: StepIntro, Role: "peer", Value: "room", Present: 3})},
		page.Sample{Name: "handoff/right-service", Doc: sampleAmend(Event{Step: StepAccept, Role: RoleDestination})},
	)
	out = append(out, page.Sample{Name: "handoff/path-asked", Doc: sampleAsked}, page.Sample{Name: "handoff/path-beside", Doc: sampleBeside})
	for _, s := range States() {
		out = append(out, page.Sample{Name: "handoff/path-" + s.Name, Doc: func(v *page.View) page.Doc { return sampleView(v, s.Name) }})
	}
	return out
}

func sampleBoard(v *page.View) page.Doc {
	c, happened := sampleCards(v), sampleCards(v)[3:]
	happened[0].ID, happened[0].BesideAt = "5", v.Now.Add(-5*time.Minute)
	return boardDoc(v, "a", Board{At: v.Now, Goes: true, Waiting: c[:2], Beside: happened, Mine: c[2:3], Others: c[3:], Held: 12, Unasked: 2, Agreed: 1, ToTell: true, Moments: sampleMoments(v)})
}

func sampleMoments(v *page.View) Moments {
	about := i18n.Text{EN: "To calm someone", ES: "Para calmar a alguien", AR: "لتهدئة شخص"}
	return Moments{Held: 3, Path: "/live", Open: []Moment{
		{About: about, Site: sampleSite().Name, Path: "/live/1", Come: "/live/1/come", Asked: v.Now.Add(-40 * time.Minute), Due: v.Now.Add(-10 * time.Minute)},
		{About: about, Site: sampleSite().Name, Path: "/live/2", Asked: v.Now.Add(-5 * time.Minute), Due: v.Now.Add(25 * time.Minute), Goes: true},
	}}
}

// sampleAmend is an entry that is being put right: the ask, or another.
func sampleAmend(entry Event) func(*page.View) page.Doc {
	return func(v *page.View) page.Doc {
		entry.Seq, entry.At = 1, v.Now.Add(-40*time.Minute)
		h := *sampleCards(v)[3].Handoff
		f, _ := amendOf(v, Detail{Handoff: h, Person: people.Person{Name: "Teo"}, Events: []Event{entry}}, 1)
		return amendDoc(v, f)
	}
}

// sampleAsked is the page of one who waits, for a peer who is being asked.
func sampleAsked(v *page.View) page.Doc {
	d := sampleDetail(v, Requested)
	d.Handoff.Peer, d.PeerName, d.Events, d.FollowUps, d.Asked = "", "", d.Events[:1], nil, "/rota/asked/1"
	return viewDoc(v, viewForm{Detail: d, Act: "a"})
}

// sampleBeside is the page of one who is back in touch, on which somebody else noted what
// happened beside the path.
func sampleBeside(v *page.View) page.Doc {
	d := sampleDetail(v, Met)
	d.Handoff.BesideAt, d.Handoff.Mode = v.Now.Add(-5*time.Minute), "room"
	d.Next = append(d.Next, flow.Step[Facts]{Name: StepSeen, Aside: true, Label: StepWords(StepSeen)})
	d.Events = append(d.Events,
		Event{Seq: 8, Step: StepIntro, At: v.Now.Add(-45 * time.Minute), Value: "room", Present: 3, Actor: "r", Role: "peer"},
		Event{Seq: 9, Step: StepBack, At: v.Now.Add(-20 * time.Minute), Actor: "r", Role: "peer"},
		Event{Seq: 10, Step: StepBeside, At: d.Handoff.BesideAt, Value: "readmission", Actor: "c", Role: "coordinator"},
	)
	return viewDoc(v, viewForm{Detail: d, Act: "a"})
}

func sampleView(v *page.View, state string) page.Doc {
	return viewDoc(v, viewForm{Detail: sampleDetail(v, state), Act: "a"})
}

func sampleDetail(v *page.View, state string) Detail {
	at := v.Now.Add(-50 * time.Minute)
	c := sampleCards(v)[3]
	c.Handoff.State, c.Handoff.Peer = state, "r"
	d := Detail{
		Handoff: *c.Handoff, Person: people.Person{Name: "Teo", Languages: []string{"es"}}, Site: sampleSite(), Code: "LARK 42",
		PeerName: "Rosa Demo", Actors: map[ref.Account]string{"r": "Rosa Demo"}, Own: "t", Sees: true,
		Destinations: []Destination{sampleService(v), {ID: "t", Name: "Tallow House"}},
		Events: []Event{
			{Seq: 1, Step: StepAsk, At: at, Value: "yes"},
			{Seq: 2, Step: StepAck, At: at.Add(3 * time.Minute), Actor: "r", Role: "peer"},
			{Seq: 3, Step: StepSetOut, At: at.Add(4 * time.Minute), Actor: "r", Role: "peer"},
			{Seq: 4, Step: StepMeet, At: at.Add(40 * time.Minute), Actor: "r", Role: "peer"},
			{Seq: 5, Step: StepCorrect, At: at.Add(20 * time.Minute), RecordedAt: at.Add(42 * time.Minute), Corrects: 4, Actor: "r", Role: "peer", Note: "I looked at the wrong clock."},
			{Seq: 6, Step: StepBeside, At: at.Add(30 * time.Minute), Value: "naloxone_given", Actor: "r", Role: "peer"},
			{Seq: 7, Step: StepCorrect, At: at, RecordedAt: at.Add(44 * time.Minute), Corrects: 1, About: "whereabouts", Was: "Bay 2", Said: "Bay 7", Actor: "r", Role: "peer"},
		},
		Next: without(timely(*c.Handoff, v.Now, Flow().Next(state, "peer")), StepSeen), FollowUps: sampleFollowUps(v),
	}
	if state == Accepted || state == Introduced {
		d.Destination, d.Covered = sampleService(v), true
	}
	return d
}
