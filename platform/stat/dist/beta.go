package dist

import "math"

// BetaQuantile returns the quantile of the beta distribution, 0 < p < 1: the
// closed form where a or b is 1, else where the distribution function passes p,
// found between bounds, on the scale of log x or log(1−x). R: qbeta.
func BetaQuantile(p, a, b float64) float64 {
	switch {
	case b == 1:
		return math.Pow(p, 1/a)
	case a == 1:
		return -math.Expm1(math.Log1p(-p) / b)
	}
	if half, _ := incBeta(a, b, 0.5, 0.5); half < p {
		return 1 - below(func(x float64) float64 { _, up := incBeta(b, a, x, 1-x); return p - up })
	}
	return below(func(x float64) float64 { low, _ := incBeta(a, b, x, 1-x); return low - p })
}

// BetaUpperQuantile returns what BetaQuantile does of 1−p, without losing the
// digits of a small p. R: qbeta(lower.tail=FALSE).
func BetaUpperQuantile(p, a, b float64) float64 {
	switch {
	case a == 1:
		return -math.Expm1(math.Log(p) / b)
	case b == 1:
		return math.Exp(math.Log1p(-p) / a)
	}
	if _, half := incBeta(a, b, 0.5, 0.5); half > p {
		return 1 - below(func(x float64) float64 { low, _ := incBeta(b, a, x, 1-x); return low - p })
	}
	return below(func(x float64) float64 { _, up := incBeta(a, b, x, 1-x); return p - up })
}

// below finds the x up to a half at which off, which rises, changes its sign.
func below(off func(x float64) float64) float64 {
	hi := math.Log(0.5)
	lo := hi - 1
	for step := 1.0; off(math.Exp(lo)) > 0 && lo > -700; step *= 2 {
		hi, lo = lo, lo-step
	}
	return math.Exp(Root(func(l float64) float64 { return off(math.Exp(l)) }, lo, hi))
}
