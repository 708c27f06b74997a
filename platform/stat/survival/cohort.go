package survival

import (
	"cmp"
	"slices"

	"alongside/platform/stat"
)

// cohort is the data of a Cox model, latest time first, so that the people at
// risk at a time are those already passed. Rows that end before the first event
// are left out: they are in no risk set. Covariates lie row by row, centred, each
// cleared of what those before it say, and in standard deviations, which keeps
// exp in range and the steps alike however near the columns are to one another.
type cohort struct {
	n, p   int // rows that are at risk at some event; columns
	events int
	ties   Ties
	names  []string
	x      []float64 // n rows of p
	event  []bool
	last   []bool // the row is the last of its time
	order  []uint32
	back   [][]float64 // turns a coefficient of the rows of x into one of the columns
	sd     []float64   // of the columns
}

func newCohort(d CoxData, ties Ties) (*cohort, error) {
	c := &cohort{n: len(d.Time), p: len(d.X.Columns), ties: ties, names: d.X.Names}
	for _, e := range d.Event {
		if e {
			c.events++
		}
	}
	if c.p == 0 {
		return nil, stat.Refuse(stat.TooFew, "a Cox model needs a covariate")
	}
	if c.events == 0 {
		return nil, stat.Refuse(stat.NoEvents, "nobody had the event, so there is nothing to explain")
	}
	c.sort(d)
	c.atRisk()
	return c, c.place(d)
}

// sort puts the rows in order and marks where times change, after joining the
// times that differ by rounding only.
func (c *cohort) sort(d CoxData) {
	type key struct {
		time float64
		row  uint32
	}
	keys := make([]key, c.n)
	for i, t := range d.Time {
		keys[i] = key{t, uint32(i)}
	}
	slices.SortFunc(keys, func(a, b key) int { return cmp.Compare(b.time, a.time) })
	c.order, c.event, c.last = make([]uint32, c.n), make([]bool, c.n), make([]bool, c.n)
	distinct, total := 0.0, 0.0
	for i, k := range keys {
		c.order[i], c.event[i] = k.row, d.Event[k.row]
		if i == c.n-1 || keys[i+1].time != k.time {
			distinct++
			total += k.time
		}
	}
	mean := total / distinct
	for i := range keys {
		c.last[i] = i == c.n-1 || keys[i+1].time != keys[i].time && !tied(keys[i].time-keys[i+1].time, mean)
	}
}

// atRisk leaves out the rows that end before the first event.
func (c *cohort) atRisk() {
	last := c.n - 1
	for last >= 0 && !c.event[last] {
		last--
	}
	for !c.last[last] {
		last++
	}
	c.n = last + 1
}
