package handoff

import (
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/page"
)

func sampleSite() Site {
	return Site{ID: "s", Name: "Lanternford General, emergency", Duty: "555-0140", Promise: 30}
}

func sampleAskNeeds(v *page.View) page.Doc {
	f := askForm{Site: sampleSite(), Token: "t", Act: "a"}
	f.Problems = []page.Problem{{Field: "answer", Say: v.T("error.needed")}, {Field: "whereabouts", Say: v.T("error.needed")}}
	return askDoc(v, f)
}

// sampleStatus is the asker's page so many minutes after the ask, and after
// they met when that is more than none.
func sampleStatus(stage string, asked, met time.Duration) func(*page.View) page.Doc {
	return func(v *page.View) page.Doc {
		at := v.Now.Add(-asked * time.Minute)
		st := Status{Stage: stage, Where: "Bay 7", Code: "LARK 42", Site: sampleSite(), AskedAt: at, DueAt: at.Add(Promise)}
		st.Overdue, st.Reopens = stage == Requested && asked > 30, stage == NotNow
		if stage == OnTheWay || stage == Met {
			st.AckAt, st.Expected = at.Add(3*time.Minute), at.Add(21*time.Minute)
		}
		if stage == Requested {
			st.Standing = sampleStanding(at, asked)
		}
		if met > 0 {
			st.MetAt = at.Add(met * time.Minute)
		}
		return statusDoc(v, "t", "a", st)
	}
}

func sampleStanding(at time.Time, asked time.Duration) Standing {
	out := Standing{Asked: []AskedOf{{Who: "duty", Count: 1, At: at}}, Next: "second", NextAt: at.Add(3 * time.Minute)}
	if asked > 15 {
		out.Asked = append(out.Asked, AskedOf{Who: "all", Count: 2, At: at.Add(6 * time.Minute)}, AskedOf{Who: "supervisor", Count: 1, At: at.Add(10 * time.Minute)})
		out.Next, out.Phone = "", true
	}
	return out
}

func sampleBoard(v *page.View) page.Doc {
	c := sampleCards(v)
	return boardDoc(v, "a", Board{Waiting: c[:2], Mine: c[2:3], Others: c[3:], Unasked: 2})
}

func sampleCards(v *page.View) []Card {
	card := func(id, name, state, where string, ago time.Duration) Card {
		at := v.Now.Add(-ago * time.Minute)
		return Card{
			Handoff: Handoff{
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

func sampleView(v *page.View) page.Doc {
	at := v.Now.Add(-50 * time.Minute)
	c := sampleCards(v)[3]
	d := Detail{
		Handoff: c.Handoff, Person: people.Person{Name: "Teo", Languages: []string{"es"}}, Site: sampleSite(), Code: "LARK 42",
		PeerName: "Rosa Demo", Actors: map[ref.Account]string{"r": "Rosa Demo"},
		Destinations: []Destination{{ID: "q", Name: "Quay Clinic", About: "Medicine for opioid use, same day"}, {ID: "t", Name: "Tallow House"}},
		Events: []Event{
			{Seq: 1, Step: StepAsk, At: at, Value: "yes"},
			{Seq: 2, Step: StepAck, At: at.Add(3 * time.Minute), Actor: "r", Role: "peer"},
			{Seq: 3, Step: StepSetOut, At: at.Add(4 * time.Minute), Actor: "r", Role: "peer"},
			{Seq: 4, Step: StepMeet, At: at.Add(20 * time.Minute), Actor: "r", Role: "peer"},
		},
		Next: Flow().Next(Met, "peer"),
	}
	return viewDoc(v, viewForm{Detail: d, Act: "a"})
}
