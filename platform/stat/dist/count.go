package dist

import "math"

// LogChoose returns the logarithm of n choose k. R: lchoose.
func LogChoose(n, k float64) float64 {
	a, _ := math.Lgamma(n + 1)
	b, _ := math.Lgamma(k + 1)
	c, _ := math.Lgamma(n - k + 1)
	return a - b - c
}

// BinomialTwoSided returns the exact two-sided p of x events among n when each
// has the chance prob: the chances of all outcomes no likelier than x are
// added. R: binom.test(x, n, prob)$p.value, with its 1e-7 allowance for ties.
func BinomialTwoSided(x, n int, prob float64) float64 {
	return sumNoLikelier(0, n, x, func(k int) float64 {
		return LogChoose(float64(n), float64(k)) + logTimes(float64(k), prob) + logTimes(float64(n-k), 1-prob)
	})
}

// HypergeometricTwoSided returns the exact two-sided p of x marked ones in a
// draw of k from m marked and n unmarked. R: fisher.test of the 2×2 table.
func HypergeometricTwoSided(x, m, n, k int) float64 {
	lo, hi := max(0, k-n), min(k, m)
	return sumNoLikelier(lo, hi, x, func(i int) float64 {
		return LogChoose(float64(m), float64(i)) + LogChoose(float64(n), float64(k-i))
	})
}

// sumNoLikelier adds the chances from lo to hi that are no greater than that of
// x, over the sum of all. logChance need not be normalised.
func sumNoLikelier(lo, hi, x int, logChance func(int) float64) float64 {
	top := logChance(lo)
	for i := lo + 1; i <= hi; i++ {
		top = math.Max(top, logChance(i))
	}
	limit := math.Exp(logChance(x)-top) * (1 + 1e-7)
	sum, all := 0.0, 0.0
	for i := lo; i <= hi; i++ {
		chance := math.Exp(logChance(i) - top)
		all += chance
		if chance <= limit {
			sum += chance
		}
	}
	return math.Min(1, sum/all)
}

func logTimes(k, p float64) float64 {
	if k == 0 {
		return 0
	}
	return k * math.Log(p)
}

// SignedRankLower returns the chance that the sum of the positive ranks of n
// differences, without ties, is at most v. R: psignrank(v, n).
func SignedRankLower(v float64, n int) float64 {
	ways := make([]float64, n*(n+1)/2+1)
	ways[0] = 1
	for r := 1; r <= n; r++ {
		for s := r * (r + 1) / 2; s >= r; s-- {
			ways[s] += ways[s-r]
		}
	}
	sum := 0.0
	for s := 0; s <= int(math.Floor(v)) && s < len(ways); s++ {
		sum += ways[s]
	}
	return math.Min(1, math.Ldexp(sum, -n))
}
