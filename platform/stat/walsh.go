package stat

import (
	"math"
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
// pairwise means. R: wilcox.test(conf.int=TRUE)$conf.int. With so few
// differences that the level cannot be met, the interval is all of them.
func walshEnds(walsh []float64, n int, level float64) Interval {
	tail := (1 - level) / 2
	k := 0
	for dist.SignedRankLower(float64(k), n) < tail {
		k++
	}
	k = max(k, 1)
	return Interval{walsh[k-1], walsh[len(walsh)-k]}
}
