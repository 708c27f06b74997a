package survival

import (
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/dist"
)

// Restricted is the mean time without the event, counted up to tau only.
type Restricted struct {
	Group string
	stat.Estimate
	SE float64
}

// RestrictedMean returns the area under the curve from 0 to tau, with
// SE √Σ A(t)² d/(n(n−d)), A(t) the area from t to tau. It refuses a tau beyond
// what anybody in the group was watched, unless everybody has had the event by
// then; beyond by no more than times that count as one (see joinTies) is not
// beyond. Where every time up to tau ends alike (nobody had the event, or all had
// it at once) SE is 0, as R has it, and the interval NaN: nothing was seen of how
// far chance could move it. Source: Klein and Moeschberger 2003, section 4.5.
// R: print(survfit, rmean=tau), which goes on past the data.
func (c *Curve) RestrictedMean(tau, level float64) (Restricted, error) {
	if !(tau > 0) || math.IsInf(tau, 0) {
		return Restricted{}, stat.Refuse(stat.OutOfRange, "tau must be above 0")
	}
	if err := stat.CheckLevel(level); err != nil {
		return Restricted{}, err
	}
	last := len(c.time) - 1
	if c.survival[last] > 0 && !tied(tau-c.time[last], c.time[last]) {
		return Restricted{}, stat.Refuse(stat.NotReached,
			"tau %g lies beyond the longest time watched in group %s, %g", tau, c.Group, c.time[last])
	}
	area, variance := c.areas(tau)
	se := math.Sqrt(variance)
	in := stat.Around(area, stat.ZAt(level)*se)
	if se == 0 {
		in = stat.Interval{Lower: math.NaN(), Upper: math.NaN()}
	}
	return Restricted{c.Group, stat.Estimate{Value: area, Interval: in}, se}, nil
}

// areas goes back from tau, adding the strips under the curve.
func (c *Curve) areas(tau float64) (area, variance float64) {
	right := tau
	for i := len(c.time) - 1; i >= 0; i-- {
		if c.time[i] > tau {
			continue
		}
		area += c.survival[i] * (right - c.time[i])
		right = c.time[i]
		n, d := float64(c.atRisk[i]), float64(c.events[i])
		if d < n {
			variance += area * area * d / (n * (n - d))
		}
	}
	return area + right, variance
}

// CompareRestricted returns the difference of two restricted means (the second
// less the first) with a normal test. It needs no assumption that hazards are
// in proportion. With an SE of 0 in either the difference stands alone, without
// interval and test: a group is not certain because it is small. Source: Royston and Parmar 2013. R: survRM2::rmst2.
func CompareRestricted(first, second Restricted, level float64) (stat.Estimate, stat.Test) {
	d := second.Value - first.Value
	se := math.Hypot(first.SE, second.SE)
	if first.SE == 0 || second.SE == 0 {
		se = math.NaN()
	}
	z := d / se
	return stat.Estimate{Value: d, Interval: stat.Around(d, stat.ZAt(level)*se)},
		stat.Test{Statistic: z, DF: math.NaN(), P: dist.NormalTwoSided(z)}
}
