package handoff

import (
	"time"

	"alongside/platform/page"
)

// sampleFollows are the pages of follow-ups.
func sampleFollows() []page.Sample {
	return []page.Sample{
		{Name: "handoff/follow-ups", Doc: func(v *page.View) page.Doc {
			return followsDoc(v, followForm{List: sampleDues(v), Act: "a", Plans: true})
		}},
		{Name: "handoff/follow-ups-none", Doc: func(v *page.View) page.Doc { return followsDoc(v, followForm{Act: "a"}) }},
		{Name: "handoff/programme", Doc: func(v *page.View) page.Doc {
			return programmeDoc(v, programmeForm{Sites: []Site{sampleSite()}, Rows: DefaultProgramme(), Act: "a"})
		}},
	}
}

func sampleDues(v *page.View) []Due {
	c := sampleCards(v)
	at := func(hours int64, tries int64, n int) Due {
		i := Interval{Hours: hours, Opens: hours - 12, Closes: hours + 12}
		f := FollowUp{Handoff: c[n].ID, Began: 4, Hours: hours, State: FollowOpen, Tries: tries}
		f.OpensAt, f.ClosesAt = i.in(v.Now.Add(-90 * time.Hour))
		return Due{FollowUp: f, Stage: Met, Name: c[n].Name, Site: c[n].Site, Person: c[n].Person}
	}
	lost := at(72, 3, 1)
	lost.Stage = OutOfTouch
	gone := at(60, 0, 2)
	gone.Earlier = []FollowUp{at(24, 0, 2).FollowUp}
	return []Due{lost, at(96, 0, 0), at(7*day, 0, 2), gone, at(48, 1, 0), at(30, 0, 1)}
}

// sampleFollowUps are those on a hand-off's page.
func sampleFollowUps(v *page.View) []FollowUp {
	var out []FollowUp
	for _, d := range sampleDues(v) {
		out = append(out, d.FollowUp)
	}
	return out
}
