package dist

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mathext"
)

// nodes is the number of Gauss–Legendre points over each integral. The
// integrands are smooth and bell-shaped; 160 points leave an error near 1e-12.
const nodes = 160

// nodesMost bounds the points added for a steep integrand.
const nodesMost = 1 << 16

// scaleTail is the chance that overScale leaves out at either end.
const scaleTail = 1e-15

// overScale averages f over s = sqrt(X/df), X chi-square with df degrees of
// freedom: what an estimated standard deviation does to a known one. It goes
// in steps of log s, because with few degrees of freedom s may be tiny and all
// of a far tail lies there. The density is divided by its own sum, so that its
// constant, two large numbers that cancel, is not needed. An f that changes
// within 1/steep of log s gets four more points for each such piece.
func overScale(df, steep float64, f func(s float64) float64) float64 {
	lo, hi := scaleRange(df)
	points := nodes + int(math.Min(4*steep*(hi-lo), nodesMost))
	at, weight := make([]float64, points), make([]float64, points)
	quad.Legendre{}.FixedLocations(at, weight, lo, hi)
	sum, all := 0.0, 0.0
	for i, log := range at {
		s := math.Exp(log)
		density := weight[i] * math.Exp(df*(log-(s*s-1)/2))
		all += density
		sum += density * f(s)
	}
	return sum / all
}

// scaleRange returns the ends of log s. The inverse of the incomplete gamma
// function gives 0 where it runs out of digits; there its first term
// P(a, x) ≤ x^a/Γ(a+1) bounds the low end.
func scaleRange(df float64) (lo, hi float64) {
	a := df / 2
	lg, _ := math.Lgamma(a + 1)
	first := (math.Log(scaleTail) + lg) / a
	low := math.Max(first, math.Log(mathext.GammaIncRegInv(a, scaleTail)))
	high := math.Log(mathext.GammaIncRegCompInv(a, scaleTail))
	return (low - math.Log(a)) / 2, (high - math.Log(a)) / 2
}

// NoncentralTTail returns the chance that a t value with df degrees of freedom
// and noncentrality delta is above t. R: pt(t, df, delta, lower.tail=FALSE).
func NoncentralTTail(t, df, delta float64) float64 {
	return overScale(df, math.Abs(delta), func(s float64) float64 { return Normal(delta - t*s) })
}
