package bridge

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/page"
)

// liveSamples are the pages of live requests in the storybook.
func liveSamples() []page.Sample {
	ward := func(name, state string, change func(*LiveStatus)) page.Sample {
		return page.Sample{Name: "bridge/" + name, Doc: func(v *page.View) page.Doc { return momentsDoc(v, "a", sampleLive(v, state, change)) }}
	}
	return []page.Sample{
		{Name: "bridge/moment", Doc: func(v *page.View) page.Doc {
			return momentDoc(v, momentForm{Ward: sampleWard(), Token: "t", Act: "a"})
		}},
		{Name: "bridge/moment-needs", Doc: func(v *page.View) page.Doc {
			return momentDoc(v, momentForm{Ward: sampleWard(), Token: "t", Act: "a", Problems: []page.Problem{{Field: "whereabouts", Say: v.T("error.needed")}}})
		}},
		ward("moments-asked", Asked, func(s *LiveStatus) {
			s.Standing = Standing{Lines: func(v *page.View) []string { return []string{v.T("bridge.live.since", "When", v.When(s.AskedAt))} }}
		}),
		ward("moments-coming", Coming, nil),
		ward("moments-overdue", Asked, func(s *LiveStatus) { s.DueAt = s.AskedAt }),
		ward("moments-came", Came, nil),
		ward("moments-none", None, nil),
		{Name: "bridge/live", Doc: func(v *page.View) page.Doc {
			going := sampleLive(v, Coming, func(s *LiveStatus) { s.ID, s.About, s.Peer = "l2", "explain", "rosa" })
			return liveDoc(v, LiveList{
				At: v.Now, Open: []LiveStatus{sampleLive(v, Asked, nil), going}, Ended: map[string]int{Came: 14, None: 2},
				Names: map[ref.Account]string{"rosa": "Rosa"},
			})
		}},
		{Name: "bridge/live-none", Doc: func(v *page.View) page.Doc { return liveDoc(v, LiveList{At: v.Now}) }},
		{Name: "bridge/live-one", Doc: func(v *page.View) page.Doc {
			return liveOneDoc(v, "a", sampleLive(v, Asked, func(s *LiveStatus) { s.Steps, s.Asks = s.stepsOf("peer", "rosa"), "/rota/asked/1" }))
		}},
		{Name: "bridge/live-mine", Doc: func(v *page.View) page.Doc {
			return liveOneDoc(v, "a", sampleLive(v, Coming, func(s *LiveStatus) { s.Peer, s.Steps = "rosa", s.steps("peer") }))
		}},
		{Name: "bridge/live-over", Doc: func(v *page.View) page.Doc { return liveOneDoc(v, "a", sampleLive(v, Came, nil)) }},
	}
}

func sampleWard() Ward { return Ward{ID: "s1", Name: "Lanternford General, ward 4", Duty: "555-0143"} }

func sampleLive(v *page.View, state string, change func(*LiveStatus)) LiveStatus {
	ago := func(minutes int) time.Time { return v.Now.Add(-time.Duration(minutes) * time.Minute) }
	s := LiveStatus{
		At: v.Now, Ward: sampleWard(), Token: "t",
		Live: Live{ID: "l1", About: "calm", Where: "Bay 7", Language: "es", State: state, AskedAt: ago(6), DueAt: v.Now.Add(24 * time.Minute)},
	}
	switch state {
	case Coming:
		s.TakenAt = ago(2)
	case Came, None:
		s.Where, s.TakenAt, s.EndedAt, s.EndedBy = "", ago(4), ago(1), "system"
	}
	if change != nil {
		change(&s)
	}
	return s
}
