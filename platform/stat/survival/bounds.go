package survival

import "math"

// Bounds returns the limits at every step, in the order of Step.
func (c *Curve) Bounds(l Limits) (lower, upper []float64) {
	lower, upper = make([]float64, len(c.time)), make([]float64, len(c.time))
	for i, s := range c.survival {
		in := l.around(s, math.Sqrt(c.variance[i]))
		lower[i], upper[i] = in.Lower, in.Upper
	}
	return lower, upper
}
