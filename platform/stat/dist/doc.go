// Package dist gives the handful of distribution functions that the
// statistics of this program need: tails as two-sided p, and quantiles.
//
// It stands between the statistics and gonum for one reason: far out in the
// tail gonum's own F survival loses digits (one minus a number near one), and
// a p-value of 1e-20 must not be printed as 1e-16. Everything here keeps its
// relative accuracy in the tail, and is held against R in the tests.
package dist

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Z returns the standard normal quantile of p, 0 < p < 1. R: qnorm.
func Z(p float64) float64 { return mathext.NormalQuantile(p) }

// Normal returns the standard normal distribution function. R: pnorm.
func Normal(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// NormalTwoSided returns the chance of a standard normal value at least as far
// from 0 as z. R: 2*pnorm(-abs(z)).
func NormalTwoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// TTwoSided returns the chance that Student's t with df degrees of freedom is
// at least as far from 0 as t. df may be broken; without one, NaN, there is no
// p. R: 2*pt(-abs(t), df).
func TTwoSided(t, df float64) float64 {
	if math.IsInf(df, 1) {
		return NormalTwoSided(t)
	}
	if math.IsInf(t, 0) {
		return 0
	}
	p, _ := incBeta(df/2, 0.5, df/(df+t*t), t*t/(df+t*t))
	return p
}

// TQuantile returns the quantile of Student's t, 0 < p < 1. R: qt.
func TQuantile(p, df float64) float64 {
	if math.IsInf(df, 1) {
		return Z(p)
	}
	if !(df > 0) {
		return math.NaN()
	}
	if p == 0.5 {
		return 0
	}
	if p < 0.5 {
		return -TQuantile(1-p, df)
	}
	tail := 2 * (1 - p)
	x := mathext.InvRegIncBeta(df/2, 0.5, tail)
	t := math.Sqrt(df * (1 - x) / x)
	for range 2 { // Newton steps win back what 1-x lost near 0
		t += (TTwoSided(t, df) - tail) / (2 * tDensity(t, df))
	}
	return t
}

func tDensity(t, df float64) float64 {
	a, _ := math.Lgamma((df + 1) / 2)
	b, _ := math.Lgamma(df / 2)
	return math.Exp(a-b-(df+1)/2*math.Log1p(t*t/df)) / math.Sqrt(df*math.Pi)
}

// ChiSquaredTail returns the chance of a chi-square value with df degrees of
// freedom of at least x. R: pchisq(x, df, lower.tail=FALSE).
func ChiSquaredTail(x, df float64) float64 {
	if x <= 0 {
		return 1
	}
	return mathext.GammaIncRegComp(df/2, x/2)
}

// FTail returns the chance of an F value with d1 and d2 degrees of freedom of
// at least x. R: pf(x, d1, d2, lower.tail=FALSE).
func FTail(x, d1, d2 float64) float64 {
	if x <= 0 {
		return 1
	}
	p, _ := incBeta(d2/2, d1/2, d2/(d2+d1*x), d1*x/(d2+d1*x))
	return p
}

// FQuantile returns the quantile of F, 0 < p < 1. R: qf.
func FQuantile(p, d1, d2 float64) float64 {
	x := BetaUpperQuantile(p, d2/2, d1/2)
	return d2 / d1 * (1 - x) / x
}
