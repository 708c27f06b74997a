package survival

import (
	"cmp"
	"math"
	"slices"

	"alongside/platform/stat"
)

// cohort is the data of a Cox model, latest time first, so that the people at
// risk at a time are those already passed. Covariates lie row by row, centred
// and in standard deviations, which keeps exp in range and the steps alike.
type cohort struct {
	n, p   int
	events int
	ties   Ties
	names  []string
	x      []float64 // n rows of p
	event  []bool
	last   []bool // the row is the last of its time
	order  []uint32
	scale  []float64
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

// place fills the rows of x, centred and scaled.
func (c *cohort) place(d CoxData) error {
	c.x, c.scale = make([]float64, c.n*c.p), make([]float64, c.p)
	for j, column := range d.X.Columns {
		mean := stat.Mean(column)
		spread := 0.0
		for _, v := range column {
			spread += (v - mean) * (v - mean)
		}
		sd := math.Sqrt(spread / float64(c.n))
		if !(sd > 1e-12*math.Abs(mean)) {
			return stat.Refuse(stat.Redundant, "column %s is the same for everybody, so it explains nothing", d.X.Names[j])
		}
		c.scale[j] = sd
		for i, row := range c.order {
			c.x[i*c.p+j] = (column[row] - mean) / sd
		}
	}
	return nil
}

// unscaled turns a covariance back to the units of the columns.
func (c *cohort) unscaled(v [][]float64) [][]float64 {
	out := make([][]float64, c.p)
	for i := range out {
		out[i] = make([]float64, c.p)
		for j := range out[i] {
			out[i][j] = v[i][j] / (c.scale[i] * c.scale[j])
		}
	}
	return out
}
