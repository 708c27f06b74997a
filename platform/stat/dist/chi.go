package dist

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mathext"
)

// nodes is the number of Gauss–Legendre points over each integral. The
// integrands are smooth and bell-shaped; 160 points leave an error near 1e-12.
const nodes = 160

// overScale averages f over s = sqrt(X/df), X chi-square with df degrees of
// freedom: what an estimated standard deviation does to a known one.
func overScale(df float64, f func(s float64) float64) float64 {
	lo := math.Sqrt(2 * mathext.GammaIncRegInv(df/2, 1e-15) / df)
	hi := math.Sqrt(2 * mathext.GammaIncRegCompInv(df/2, 1e-15) / df)
	lg, _ := math.Lgamma(df / 2)
	c := math.Ln2 + df/2*math.Log(df/2) - lg
	density := func(s float64) float64 { return math.Exp(c + (df-1)*math.Log(s) - df*s*s/2) }
	return quad.Fixed(func(s float64) float64 { return density(s) * f(s) }, lo, hi, nodes, quad.Legendre{}, 0)
}

// NoncentralTTail returns the chance that a t value with df degrees of freedom
// and noncentrality delta is above t. R: pt(t, df, delta, lower.tail=FALSE).
func NoncentralTTail(t, df, delta float64) float64 {
	return overScale(df, func(s float64) float64 { return Normal(delta - t*s) })
}

// RangeTail returns the chance that the studentized range of k means with df
// degrees of freedom for the standard deviation is above q.
// R: ptukey(q, k, df, lower.tail=FALSE).
func RangeTail(q float64, k int, df float64) float64 {
	if q <= 0 {
		return 1
	}
	return overScale(df, func(s float64) float64 { return normalRangeTail(q*s, k) })
}

// normalRangeTail is the chance that k standard normal values spread wider
// than w: k ∫ φ(z) [Φ(z)^(k-1) − (Φ(z)−Φ(z−w))^(k-1)] dz.
func normalRangeTail(w float64, k int) float64 {
	power := float64(k - 1)
	tail := quad.Fixed(func(z float64) float64 {
		up := Normal(z)
		return math.Exp(-z*z/2) * (math.Pow(up, power) - math.Pow(up-Normal(z-w), power))
	}, -8.5, 8.5, nodes, quad.Legendre{}, 0)
	return float64(k) * tail / math.Sqrt(2*math.Pi)
}

// RangeQuantile returns the q that RangeTail gives the tail 1-p. R: qtukey,
// which stops at an error of 0.0001; this one goes to 1e-11.
func RangeQuantile(p float64, k int, df float64) float64 {
	lo, hi := 0.0, 1.0
	for RangeTail(hi, k, df) > 1-p && hi < 1e4 {
		lo, hi = hi, 2*hi
	}
	return Root(func(q float64) float64 { return 1 - p - RangeTail(q, k, df) }, lo, hi)
}
