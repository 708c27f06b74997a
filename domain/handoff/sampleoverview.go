package handoff

import (
	"time"

	"alongside/platform/page"
)

// sampleOverviews are the pages of those who answer for the work.
func sampleOverviews() []page.Sample {
	return []page.Sample{
		{Name: "handoff/overview", Doc: func(v *page.View) page.Doc { return overviewDoc(v, sampleOverview(v)) }},
		{Name: "handoff/overview-quiet", Doc: func(v *page.View) page.Doc { return overviewDoc(v, overviewForm{Act: "a"}) }},
		{Name: "handoff/courses", Doc: func(v *page.View) page.Doc { return coursesDoc(v, sampleCourses(v)) }},
		{Name: "handoff/figures", Doc: func(v *page.View) page.Doc { return figuresDoc(v, sampleFigures(v, false)) }},
		{Name: "handoff/figures-veiled", Doc: func(v *page.View) page.Doc { return figuresDoc(v, sampleFigures(v, true)) }},
		{Name: "handoff/figures-none", Doc: func(v *page.View) page.Doc {
			return figuresDoc(v, figuresForm{Periods: quarters(v.Now), Veiled: true})
		}},
		{Name: "handoff/loads", Doc: func(v *page.View) page.Doc {
			return loadsDoc(v, loadsForm{Handed: 2, List: []Load{{ID: "i", Name: "Idris Demo", Walking: 4, After: 6, Due: 2, OnCall: 36 * time.Hour}, {ID: "r", Name: "Rosa Demo", Walking: 9, After: 11, Due: 5, OnCall: 52 * time.Hour}}})
		}},
		{Name: "handoff/carried", Doc: func(v *page.View) page.Doc {
			return carriedDoc(v, carriedForm{Carried: Carried{Peer: Walker{"r", "Rosa Demo"}, Cards: sampleCards(v), Walkers: []Walker{{"i", "Idris Demo"}}}, Act: "a"})
		}},
	}
}

func sampleOverview(v *page.View) overviewForm {
	at := func(ago int) time.Time { return v.Now.Add(time.Duration(-ago) * time.Minute) }
	site := sampleSite().Name
	return overviewForm{
		Overview: Overview{
			At:      v.Now,
			Sites:   []SiteStands{{Name: "Harbour Street Hospital, emergency", Waiting: 2, Unsaid: 1, OldestMin: 12}, {Name: site, Waiting: 3, Unsaid: 1, Overdue: 1, OldestMin: 41}},
			Press:   []Waits{{ID: "h1", Site: site, State: Requested, Since: at(41), Overdue: true}, {ID: "h2", Site: site, State: OnTheWay, Since: at(35), Overdue: true, Peer: "Idris Demo"}},
			Orphans: []Waits{{ID: "h3", Site: site, State: Connected, Since: at(9 * 24 * 60)}},
			ToTell:  []ToTell{{Handoff: "h4", Peer: "m", Name: "Maple Demo", Since: at(50)}},
			Late:    3,
		},
		Cares: []Care{{ID: "r", Name: "Rosa Demo", Place: "Mill Lane 4", Due: at(6)}, {ID: "i", Name: "Idris Demo", Due: at(-25)}, {ID: "o", Name: "Ola Demo", Due: at(12), Help: true, Phone: "555-0142"}},
		Act:   "a", Loads: true,
	}
}

func sampleCourses(v *page.View) []Course {
	ago := func(h int) time.Time { return v.Now.Add(time.Duration(-h) * time.Hour) }
	whole := Course{ID: "h1", Site: sampleSite().Name, State: Connected, Asked: ago(80)}
	whole.Due, whole.Said, whole.Met = whole.Asked.Add(30*time.Minute), whole.Asked.Add(4*time.Minute), whole.Asked.Add(21*time.Minute)
	whole.Intro, whole.Arrived = whole.Asked.Add(5*time.Hour), whole.Asked.Add(30*time.Hour)
	late := Course{ID: "h2", Site: "Harbour Street Hospital, emergency", State: Met, Asked: ago(3)}
	late.Due, late.Said, late.Met = late.Asked.Add(30*time.Minute), late.Asked.Add(22*time.Minute), late.Asked.Add(50*time.Minute)
	now := Course{ID: "h3", Site: sampleSite().Name, State: Requested, Asked: v.Now.Add(-12 * time.Minute)}
	now.Due = now.Asked.Add(30 * time.Minute)
	return []Course{now, late, whole}
}

func sampleFigures(v *page.View, veiled bool) figuresForm {
	times := func(n int, step time.Duration) (out []time.Duration) {
		for i := range n {
			out = append(out, time.Duration(i+1)*step)
		}
		return out
	}
	all := Tally{
		Asked: 160, Said: 155, Met: 138, Agreed: 96, Referred: 90, Introduced: 71, Warm: 52, Connected: 64, Month: 40, Retained30: 26, Quarter: 18, Retained90: 12,
		NotNow: 24, NotFound: 9, Lost: 14, Died: 3, Open: 31, Mistakes: 2, Joined: 1,
		ToYes: times(155, 6*time.Second), ToMet: times(138, 15*time.Second), ToIntro: times(71, 5*time.Minute), ToFirst: times(64, 45*time.Minute),
	}
	part := func(name string, n int64) Part {
		return Part{name, Tally{Asked: n, Met: n * 8 / 10, Connected: n * 4 / 10, ToMet: times(int(n*8/10), time.Minute)}}
	}
	f := figuresForm{Veiled: veiled, Periods: quarters(v.Now)}
	f.All = all
	f.Sites = []Part{part("Harbour Street Hospital, emergency", 61), part(sampleSite().Name, 92), part("Tablet in the hall", 7)}
	for i, n := range []int64{31, 12, 20, 33, 40, 24} {
		f.Hours = append(f.Hours, part(hourSpan(i), n))
	}
	return f
}
