package handoff

import (
	"math"
	"strconv"
	"time"

	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// A hand-off's course is drawn on a line whose first third is an hour, whose
// second is a day, and whose third is two weeks: minutes matter first, then
// hours, then days.
const (
	chartWidth = 600.0
	chartThird = chartWidth / 3
)

// along is where on the line a stretch of time since the ask stands.
func along(d time.Duration) float64 {
	part := func(d, from, to time.Duration) float64 {
		return chartThird * math.Min(1, float64(d-from)/float64(to-from))
	}
	const hour, whole = time.Hour, day * time.Hour
	switch {
	case d <= 0:
		return 0
	case d <= hour:
		return part(d, 0, hour)
	case d <= whole:
		return chartThird + part(d, hour, whole)
	}
	return 2*chartThird + part(d, whole, 14*whole)
}

func px(x float64) string { return strconv.FormatFloat(x+10, 'f', 1, 64) }

// point is one thing on the line, each with a shape of its own.
type point struct {
	Shape string // circle, square, diamond, triangle or ring
	X     float64
	Words string
}

// shape is what a mark on the line looks like, and what it stands for.
type shape struct{ shape, key string }

func shapes() []shape {
	return []shape{{"circle", "said"}, {"square", "met"}, {"diamond", "introduced"}, {"triangle", "connected"}}
}

// marks are what happened, in the order of the path.
func (c Course) marks(v *page.View) []point {
	var out []point
	for i, m := range shapes() {
		if at := []time.Time{c.Said, c.Met, c.Intro, c.Arrived}[i]; !at.IsZero() {
			d := at.Sub(c.Asked)
			out = append(out, point{m.shape, along(d), v.T("handoff.chart.after", "What", v.T("handoff.figures.line-"+m.key), "Time", lasted(v, max(0, d)))})
		}
	}
	return out
}

// end is how far the line is drawn: to the last mark, or to now.
func (c Course) end(v *page.View) float64 {
	last := v.Now
	if c.State == Closed || c.State == NotNow || !c.Arrived.IsZero() {
		last = c.Asked
		for _, t := range []time.Time{c.Said, c.Met, c.Intro, c.Arrived} {
			if t.After(last) {
				last = t
			}
		}
	}
	return along(last.Sub(c.Asked))
}

// says is the whole chart in a sentence, for who cannot see it.
func (c Course) says(v *page.View) string {
	says := v.T("handoff.chart.asked", "Site", c.Site, "When", v.When(c.Asked))
	for _, m := range c.marks(v) {
		says += " · " + m.Words
	}
	return says + " · " + stateWords(v, c.State)
}

// promised is where the line stands by which a peer should be there.
func (c Course) promised() float64 { return along(c.Due.Sub(c.Asked)) }

// chartTicks are the times written under a line.
func chartTicks() []time.Duration {
	return []time.Duration{0, 30 * time.Minute, time.Hour, 12 * time.Hour, day * time.Hour, 7 * day * time.Hour, 14 * day * time.Hour}
}

// fine ticks have no room on a narrow page.
func fine(t time.Duration) bool {
	return t == 30*time.Minute || t == 12*time.Hour || t == 7*day*time.Hour
}

// courseRows are the same as a table.
func courseRows(v *page.View, list []Course) [][]ui.Cell {
	since := func(c Course, t time.Time) ui.Cell {
		if t.IsZero() {
			return ui.Cell{Words: "–"}
		}
		return ui.Cell{Words: lasted(v, max(0, t.Sub(c.Asked)))}
	}
	out := make([][]ui.Cell, len(list))
	for i, c := range list {
		out[i] = []ui.Cell{
			{Words: c.Site + ", " + v.When(c.Asked), Path: "/handoff/" + string(c.ID)},
			since(c, c.Said), since(c, c.Met), since(c, c.Intro), since(c, c.Arrived),
			{Words: stateWords(v, c.State)},
		}
	}
	return out
}
