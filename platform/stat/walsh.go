package stat

import (
	"math"
	"slices"
	"sort"

	"alongside/platform/stat/dist"
)

// walshMost bounds the number of differences whose pairwise means are held:
// 4,000 make 64 MB. Above it the pseudo-median is NaN.
const walshMost = 4000

// walshAverages returns the means of every pair of d, each with itself too, in
// order.
func walshAverages(d []float64) []float64 {
	n := len(d)
	if n > walshMost {
		return nil
	}
	means := make([]float64, 0, n*(n+1)/2)
	for i := range d {
		for _, other := range d[i:] {
			means = append(means, (d[i]+other)/2)
		}
	}
	sort.Float64s(means)
	return means
}

// middle is the median of sorted values; NaN of none.
func middle(sorted []float64) float64 {
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// walshEnds is the exact interval of the pseudo-median from the order of the
// pairwise means. R: wilcox.test(conf.int=TRUE)$conf.int. It is NaN where so few
// differences miss the level by half of what is outside it or more: R gives all
// of the means there and lowers the level.
func walshEnds(walsh []float64, n int, level float64) Interval {
	tail := (1 - level) / 2
	k := 0
	for dist.SignedRankLower(float64(k), n) < tail {
		k++
	}
	k = max(k, 1)
	if missed := dist.SignedRankLower(float64(k-1), n) - tail; missed > tail/2 {
		return Interval{math.NaN(), math.NaN()}
	}
	return Interval{walsh[k-1], walsh[len(walsh)-k]}
}

// normalEnds is the interval of the pseudo-median by the normal curve: all values
// that the test with continuity correction would not reject. Between two means
// of pairs the statistic, the number of means above, does not change, so each
// end is one of them. R: wilcox.test(exact=FALSE, conf.int=TRUE)$conf.int, which
// searches the same step to a tolerance of 1e-4. NaN where there are too few
// differences for the level, and R lowers it.
func normalEnds(d, walsh []float64, level float64) Interval {
	n, z := float64(len(d)), ZAt(level)
	if len(walsh) == 0 || !(edge(d, slices.Min(d)) >= z) || !(edge(d, slices.Max(d)) >= z) {
		return Interval{math.NaN(), math.NaN()}
	}
	_, alike := ranks(d) // away from 0 only equal differences tie
	sigma, half := rankSpread(n, alike), n*(n+1)/4
	k := sort.Search(len(walsh), func(k int) bool {
		off := float64(len(walsh)-1-k) - half
		return (off-math.Copysign(0.5, off))/sigma < z
	})
	return Interval{walsh[k], walsh[len(walsh)-1-k]}
}

// edge is the corrected statistic when every difference is taken from one that
// lies at their edge, those equal to it left out, as R has it.
func edge(d []float64, at float64) float64 {
	var size []float64
	for _, v := range d {
		if v != at {
			size = append(size, math.Abs(v-at))
		}
	}
	_, ties := ranks(size)
	n := float64(len(size))
	return (n*(n+1)/4 - 0.5) / rankSpread(n, ties)
}
