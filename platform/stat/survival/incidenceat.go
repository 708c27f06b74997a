package survival

import (
	"math"
	"sort"

	"alongside/platform/stat"
)

// At returns the shares at a time: nobody before the first event, the last
// step before or at the time after it, and NaN past the longest time watched.
func (in *Incidence) At(t float64) Share {
	i := sort.Search(len(in.Steps), func(i int) bool { return in.Steps[i].Time > t })
	out := Share{Time: t, AtRisk: in.group.atRisk(t), None: CauseShare{Value: 1}, Of: make([]CauseShare, len(in.Causes))}
	switch {
	case t > in.last:
		unknown := CauseShare{math.NaN(), math.NaN()}
		out.None = unknown
		for k := range out.Of {
			out.Of[k] = unknown
		}
	case i > 0:
		out.None, out.Of = in.Steps[i-1].None, in.Steps[i-1].Of
	}
	return out
}

// Last is the longest time anybody was watched.
func (in *Incidence) Last() float64 { return in.last }

// Limits returns the interval of a share at time t; NaN where the share is 0
// and somebody was already watched to the end, as R prints NA. On the plain
// scale R has 0 to 0 there.
func (in *Incidence) Limits(c CauseShare, t float64, l Limits) stat.Interval {
	if c.SE == 0 && (t < in.first || l.scale == Plain) {
		return stat.Interval{Lower: c.Value, Upper: c.Value}
	}
	if c.SE == 0 {
		return l.around(c.Value, 0)
	}
	return l.around(c.Value, c.SE/c.Value)
}

// span is the shortest and the longest time in the group.
func (g *Group) span() (first, last float64) {
	first, last = math.Inf(1), 0
	for _, r := range g.byCode {
		if n := len(r.time); n > 0 {
			first, last = math.Min(first, r.time[0]), math.Max(last, r.time[n-1])
		}
	}
	return first, last
}

// atRisk counts those whose time is t or later.
func (g *Group) atRisk(t float64) int {
	n := 0
	for _, r := range g.byCode {
		for i := sort.SearchFloat64s(r.time, t); i < len(r.time); i++ {
			n += int(r.count[i])
		}
	}
	return n
}
