package handoff

import (
	"context"
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Tally is what came of the hand-offs that were asked for in a period. All
// counts are of hand-offs that somebody asked for: who said not now, who was not
// found, whom we do not hear from and who died stay in it. Asked by mistake and
// joined to another are apart, for they are nobody's.
type Tally struct {
	Asked      int64
	Said       int64 // a peer said yes
	Met        int64
	Agreed     int64 // the person said yes to a service
	Referred   int64 // a service was asked
	Introduced int64
	Warm       int64 // of those, three or more together
	Connected  int64
	Month      int64 // connected at least thirty days ago
	Retained30 int64 // of those, still there
	Quarter    int64
	Retained90 int64
	NotNow     int64
	NotFound   int64
	Lost       int64 // out of touch now, also where it rests since
	Died       int64
	Open       int64 // still on the way
	Mistakes   int64 // apart: asked by mistake
	Joined     int64 // apart: the same as another
	ToYes      []time.Duration
	ToMet      []time.Duration
	ToIntro    []time.Duration
	ToFirst    []time.Duration
}

// Figures are the tallies of a period: of all, by site, and by the hour of the
// day at which was asked.
type Figures struct {
	From, To time.Time
	All      Tally
	Sites    []Part
	Hours    []Part
}

// Part is one of the parts of a whole.
type Part struct {
	Name string
	Tally
}

// hoursTogether is how many hours of the day are one part: with fewer in each,
// most places would show nothing.
const hoursTogether = 4

// Figures counts what was asked for from one instant to another.
func (s *Service) Figures(ctx context.Context, from, to time.Time, zone *time.Location) (Figures, error) {
	out := Figures{From: from, To: to}
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.figures"); err != nil {
			return err
		}
		out.Sites, out.Hours, out.All = nil, make([]Part, 24/hoursTogether), Tally{}
		for i := range out.Hours {
			out.Hours[i].Name = hourSpan(i)
		}
		sites, err := s.sites.List(tx, "WHERE tenant = $1 ORDER BY name, site")
		for _, site := range sites {
			if err == nil {
				err = out.add(tx, site, zone)
			}
		}
		return err
	})
	return out, errs.Wrap("handoff: figures", err)
}

func hourSpan(i int) string {
	at := func(h int) string { return time.Date(1, 1, 1, h%24, 0, 0, 0, time.UTC).Format("15:04") }
	return at(i*hoursTogether) + "–" + at((i+1)*hoursTogether)
}

// notMistaken leaves out an event that was pressed by mistake.
const notMistaken = ` AND NOT EXISTS (SELECT 1 FROM handoff_event u WHERE u.tenant = e.tenant AND u.handoff = e.handoff AND u.step = 'undo' AND u.corrects = e.seq)`

const selectFigures = `SELECT state, closed_reason, mode, requested_at, acknowledged_at, met_at, consent_at, introduced_at, connected_at, retained30_at, retained90_at,
	CASE WHEN EXISTS (SELECT 1 FROM handoff_event e WHERE e.tenant = h.tenant AND e.handoff = h.handoff AND e.step = 'cannot_find'` + notMistaken + `) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM handoff_event e WHERE e.tenant = h.tenant AND e.handoff = h.handoff AND e.step IN ('offer', 'reoffer', 'accept')` + notMistaken + `) THEN 1 ELSE 0 END
	FROM handoff_handoff h WHERE h.tenant = $1 AND h.site = $2 AND h.requested_at >= $3 AND h.requested_at < $4`

// story is one hand-off as the figures see it: states and times.
type story struct {
	state, closed, mode                                    string
	asked, said, met, agreed, intro, first, month, quarter time.Time
	missing, referred                                      bool
}

func (f *Figures) add(tx *db.Tx, site Site, zone *time.Location) error {
	rows, err := tx.Query(selectFigures, site.ID, f.From, f.To)
	if err != nil {
		return err
	}
	defer rows.Close()
	part := Part{Name: site.Name}
	for rows.Next() {
		var st story
		if err := st.scan(rows); err != nil {
			return err
		}
		part.count(st, tx.Now())
		f.All.count(st, tx.Now())
		f.Hours[st.asked.In(zone).Hour()/hoursTogether].count(st, tx.Now())
	}
	if part.Asked > 0 {
		f.Sites = append(f.Sites, part)
	}
	return rows.Err()
}

func (st *story) scan(rows *db.Rows) error {
	var at [8]int64
	var missing, referred int64
	err := rows.Scan(&st.state, &st.closed, &st.mode, &at[0], &at[1], &at[2], &at[3], &at[4], &at[5], &at[6], &at[7], &missing, &referred)
	for i, t := range []*time.Time{&st.asked, &st.said, &st.met, &st.agreed, &st.intro, &st.first, &st.month, &st.quarter} {
		*t = db.Instant(at[i])
	}
	st.missing, st.referred = missing > 0, referred > 0
	return err
}

// count adds one hand-off.
func (t *Tally) count(st story, now time.Time) {
	switch {
	case st.state == Unconfirmed:
		return // a file brought it; nobody asked
	case st.closed == "by_mistake":
		t.Mistakes++
		return
	case st.closed == joined:
		t.Joined++
		return
	}
	t.Asked++
	t.ends(st)
	since := func(n *int64, list *[]time.Duration, at time.Time) {
		if at.IsZero() {
			return
		}
		*n++
		*list = append(*list, max(0, at.Sub(st.asked)))
	}
	since(&t.Said, &t.ToYes, st.said)
	since(&t.Met, &t.ToMet, st.met)
	since(&t.Introduced, &t.ToIntro, st.intro)
	since(&t.Connected, &t.ToFirst, st.first)
	t.Agreed += tick(!st.agreed.IsZero())
	t.Referred += tick(st.referred)
	t.Warm += tick(!st.intro.IsZero() && warm(st.mode))
	t.stayed(st, now)
}

// stayed counts who is still there among those for whom the day has come.
func (t *Tally) stayed(st story, now time.Time) {
	due := func(days int) bool {
		return !st.first.IsZero() && !now.Before(st.first.Add(time.Duration(days)*day*time.Hour))
	}
	t.Month += tick(due(30))
	t.Retained30 += tick(due(30) && !(st.month.IsZero() && st.quarter.IsZero()))
	t.Quarter += tick(due(90))
	t.Retained90 += tick(due(90) && !st.quarter.IsZero())
}

// ends counts how it stands or ended.
func (t *Tally) ends(st story) {
	t.NotNow += tick(st.state == NotNow)
	t.NotFound += tick(st.missing && st.met.IsZero())
	t.Lost += tick(st.state == OutOfTouch || st.state == Resting)
	t.Died += tick(st.closed == died)
	t.Open += tick(st.state != NotNow && st.state != Closed && st.state != Resting && st.first.IsZero())
}

func tick(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// quantile is the q-th of the times, by the nearest rank; false where there is
// none.
func quantile(list []time.Duration, q float64) (time.Duration, bool) {
	if len(list) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(list))
	rank := int(q*float64(len(sorted)) + 0.9999999)
	return sorted[min(max(rank, 1), len(sorted))-1], true
}

// Course is one hand-off as its chart shows it: when it was asked for, and when
// each next thing happened.
type Course struct {
	ID                                    ref.Handoff
	Site                                  string
	State                                 string
	Asked, Due, Said, Met, Intro, Arrived time.Time
}

const selectCourses = `SELECT handoff, site, state, requested_at, due_at, acknowledged_at, met_at, introduced_at, connected_at FROM handoff_handoff
	WHERE tenant = $1 AND lane <> 'file' AND requested_at > $2 ORDER BY requested_at DESC LIMIT 40`

// Courses are the newest hand-offs of the last two weeks.
func (s *Service) Courses(ctx context.Context) (out []Course, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.overview"); err != nil {
			return err
		}
		sites, err := s.siteNames(tx)
		if err != nil {
			return err
		}
		rows, err := tx.Query(selectCourses, tx.Now().Add(-14*day*time.Hour))
		if err != nil {
			return err
		}
		defer rows.Close()
		out = nil
		for rows.Next() {
			var c Course
			var site ref.Site
			var at [6]int64
			if err := rows.Scan(&c.ID, &site, &c.State, &at[0], &at[1], &at[2], &at[3], &at[4], &at[5]); err != nil {
				return err
			}
			for i, t := range []*time.Time{&c.Asked, &c.Due, &c.Said, &c.Met, &c.Intro, &c.Arrived} {
				*t = db.Instant(at[i])
			}
			c.Site = sites[site]
			out = append(out, c)
		}
		return rows.Err()
	})
	return out, errs.Wrap("handoff: courses", err)
}
