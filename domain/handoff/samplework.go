package handoff

import (
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/i18n"
	"alongside/platform/page"
)

// sampleWork are the workers' pages: the board, and a hand-off in each state.
func sampleWork() []page.Sample {
	out := []page.Sample{
		{Name: "handoff/board", Doc: sampleBoard},
		{Name: "handoff/board-empty", Doc: func(v *page.View) page.Doc { return boardDoc(v, "a", Board{}) }},
		{Name: "handoff/files", Doc: func(v *page.View) page.Doc { return laneDoc(v, LaneFile, sampleCards(v)[:1]) }},
		{Name: "handoff/kept", Doc: func(v *page.View) page.Doc { return laneDoc(v, LaneHeld, sampleCards(v)[:2]) }},
	}
	for _, s := range States() {
		out = append(out, page.Sample{Name: "handoff/path-" + s.Name, Doc: func(v *page.View) page.Doc { return sampleView(v, s.Name) }})
	}
	return out
}

func sampleBoard(v *page.View) page.Doc {
	c := sampleCards(v)
	return boardDoc(v, "a", Board{At: v.Now, Waiting: c[:2], Mine: c[2:3], Others: c[3:], Held: 12, Unasked: 2, ToTell: true, Moments: sampleMoments(v)})
}

func sampleMoments(v *page.View) Moments {
	about := i18n.Text{EN: "To calm someone", ES: "Para calmar a alguien", AR: "لتهدئة شخص"}
	return Moments{Held: 3, Path: "/live", Open: []Moment{
		{About: about, Site: sampleSite().Name, Path: "/live/1", Come: "/live/1/come", Asked: v.Now.Add(-40 * time.Minute), Due: v.Now.Add(-10 * time.Minute)},
		{About: about, Site: sampleSite().Name, Path: "/live/2", Asked: v.Now.Add(-5 * time.Minute), Due: v.Now.Add(25 * time.Minute), Goes: true},
	}}
}

func sampleView(v *page.View, state string) page.Doc {
	at := v.Now.Add(-50 * time.Minute)
	c := sampleCards(v)[3]
	c.Handoff.State = state
	d := Detail{
		Handoff: *c.Handoff, Person: people.Person{Name: "Teo", Languages: []string{"es"}}, Site: sampleSite(), Code: "LARK 42",
		PeerName: "Rosa Demo", Actors: map[ref.Account]string{"r": "Rosa Demo"}, Own: "t",
		Destinations: []Destination{sampleService(v), {ID: "t", Name: "Tallow House"}},
		Events: []Event{
			{Seq: 1, Step: StepAsk, At: at, Value: "yes"},
			{Seq: 2, Step: StepAck, At: at.Add(3 * time.Minute), Actor: "r", Role: "peer"},
			{Seq: 3, Step: StepSetOut, At: at.Add(4 * time.Minute), Actor: "r", Role: "peer"},
			{Seq: 4, Step: StepMeet, At: at.Add(40 * time.Minute), Actor: "r", Role: "peer"},
			{Seq: 5, Step: StepCorrect, At: at.Add(20 * time.Minute), Corrects: 4, Actor: "r", Role: "peer", Note: "I looked at the wrong clock."},
			{Seq: 6, Step: StepBeside, At: at.Add(30 * time.Minute), Value: "naloxone_given", Actor: "r", Role: "peer"},
		},
		Next: timely(*c.Handoff, v.Now, Flow().Next(state, "peer")), FollowUps: sampleFollowUps(v),
	}
	if state == Accepted || state == Introduced {
		d.Destination, d.Covered = sampleService(v), true
	}
	return viewDoc(v, viewForm{Detail: d, Act: "a"})
}
