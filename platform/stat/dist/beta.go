package dist

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// BetaQuantile returns the quantile of the beta distribution, 0 < p < 1: the
// closed form where a or b is 1, else where the distribution function passes p,
// found between bounds on the scale of log x and, past a half, of log(1−x).
// gonum's own inverse can stop far from it when p is near 0 or 1.
// R: qbeta.
func BetaQuantile(p, a, b float64) float64 {
	switch {
	case b == 1:
		return math.Pow(p, 1/a)
	case a == 1:
		return -math.Expm1(math.Log1p(-p) / b)
	case mathext.RegIncBeta(a, b, 0.5) < p:
		return 1 - lowerBeta(1-p, b, a, func(x float64) float64 { return p - (1 - mathext.RegIncBeta(b, a, x)) })
	}
	return lowerBeta(p, a, b, func(x float64) float64 { return mathext.RegIncBeta(a, b, x) - p })
}

// lowerBeta finds the x up to a half at which off changes its sign.
func lowerBeta(p, a, b float64, off func(x float64) float64) float64 {
	// x^a is at most a B(a, b) I(x) for b ≥ 1, a half at b below
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	least := (math.Log(p) + math.Log(a) + la + lb - lab) / a
	lo := math.Min(least, math.Log(0.5)) - math.Ln2
	return math.Exp(Root(func(l float64) float64 { return off(math.Exp(l)) }, lo, math.Log(0.5)))
}
