package survival

import (
	"math"

	"alongside/platform/stat"
)

// Median returns the time by which half have had the event: the first with
// S ≤ 0.5, or, when the curve lies exactly on 0.5, the middle of that flat
// piece. Its limits are where the limits of the curve cross 0.5. NaN stands
// for a median or limit that was not reached. Source: Brookmeyer and Crowley
// 1982. R: print(survfit), whose tolerance for 0.5 is used.
func (c *Curve) Median(l Limits) stat.Estimate {
	var middle, lower, upper crossing
	for i := range c.time {
		if c.events[i] == 0 {
			continue
		}
		ends := l.around(c.survival[i], math.Sqrt(c.variance[i]))
		middle.see(c.time[i], c.survival[i])
		lower.see(c.time[i], ends.Lower)
		upper.see(c.time[i], ends.Upper)
		if middle.done && lower.done && upper.done {
			break
		}
	}
	return stat.Estimate{
		Value:    middle.time(),
		Interval: stat.Interval{Lower: lower.time(), Upper: upper.time()},
	}
}

// crossing finds where a falling curve passes 0.5.
type crossing struct {
	found, done bool
	first, next float64 // times
	level       float64 // of the curve at first
}

func (c *crossing) see(t, s float64) {
	if c.done || math.IsNaN(s) || s >= 0.5+tieTolerance {
		return
	}
	if !c.found {
		c.found, c.first, c.next, c.level = true, t, t, s
		c.done = math.Abs(s-0.5) >= tieTolerance
		return
	}
	if s < c.level {
		c.next, c.done = t, true
	}
}

func (c *crossing) time() float64 {
	if !c.found {
		return math.NaN()
	}
	return (c.first + c.next) / 2
}
