package dist

import "math"

// tieAllowance is how much likelier than the outcome seen another may be and
// still count as no likelier: R's own, against rounding.
const tieAllowance = 1e-7

// vanished is a chance that is as good as none. Products below it lose their
// digits and never quite reach 0.
const vanished = 1e-300

// BinomialTwoSided returns the exact two-sided p of x events among n when each
// has the chance prob: the chances of all outcomes no likelier than x are
// added. R: binom.test(x, n, prob)$p.value, with its 1e-7 allowance for ties.
func BinomialTwoSided(x, n int, prob float64) float64 {
	odds := prob / (1 - prob)
	return outcomes{0, n, min(n, int(float64(n+1)*prob)), func(k int) float64 {
		return float64(n-k) / float64(k+1) * odds
	}}.noLikelier(x)
}

// HypergeometricTwoSided returns the exact two-sided p of x marked ones in a
// draw of k from m marked and n unmarked. R: fisher.test of the 2×2 table.
func HypergeometricTwoSided(x, m, n, k int) float64 {
	lo, hi := max(0, k-n), min(k, m)
	middle := int(float64(k+1) * float64(m+1) / float64(m+n+2))
	return outcomes{lo, hi, min(max(lo, middle), hi), func(i int) float64 {
		return float64(m-i) * float64(k-i) / (float64(i+1) * float64(n-k+i+1))
	}}.noLikelier(x)
}

// outcomes are counts whose chances rise to a top and fall after it. They are
// known by the ratio of each chance to the one before, which has no rounding
// of large logarithms, and are followed from the top until they vanish: some
// forty standard deviations, however many there are.
type outcomes struct {
	lo, hi int
	top    int               // where the chance is greatest, or next to it
	ratio  func(int) float64 // chance of k+1 over chance of k
}

// each goes through the outcomes with a chance to speak of, that of the top
// being 1.
func (o outcomes) each(see func(k int, chance float64)) {
	chance := 1.0
	for k := o.top; chance > vanished; k++ {
		see(k, chance)
		if k == o.hi {
			break
		}
		chance *= o.ratio(k)
	}
	chance = 1
	for k := o.top; k > o.lo && chance > vanished; k-- {
		chance /= o.ratio(k - 1)
		see(k-1, chance)
	}
}

// noLikelier is the share of the chances that are no greater than that of x.
func (o outcomes) noLikelier(x int) float64 {
	limit := 0.0
	o.each(func(k int, chance float64) {
		if k == x {
			limit = chance * (1 + tieAllowance)
		}
	})
	sum, all := 0.0, 0.0
	o.each(func(_ int, chance float64) {
		all += chance
		if chance <= limit {
			sum += chance
		}
	})
	return math.Min(1, sum/all)
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
