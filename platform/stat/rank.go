package stat

import (
	"math"
	"sort"

	"alongside/platform/stat/dist"
)

// ranks gives each value its place from 1, ties the mean of theirs, and the
// sum of t³−t over ties of size t.
func ranks(x []float64) (rank []float64, ties float64) {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(i, j int) bool { return x[order[i]] < x[order[j]] })
	rank = make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && x[order[j]] == x[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			rank[k] = float64(i+1+j) / 2
		}
		size := float64(j - i)
		ties += size*size*size - size
		i = j
	}
	return rank, ties
}

// Ranked is the outcome of Wilcoxon's signed-rank test.
type Ranked struct {
	V          float64  // sum of the ranks of the positive differences
	N          int      // differences that are not 0
	Zeros      int      // differences of 0, left out
	Exact      float64  // exact p; NaN with ties or zeros, or from 50 differences
	Corrected  float64  // normal p with continuity correction
	Plain      float64  // normal p without it
	Median     float64  // Hodges–Lehmann pseudo-median of the differences
	MedianEnds Interval // of Median: exact where Exact is, else by the corrected normal curve; NaN with too few
}

// P is the p that R prints: exact where it can be, else corrected.
func (r Ranked) P() float64 {
	if math.IsNaN(r.Exact) {
		return r.Corrected
	}
	return r.Exact
}

// SignedRank tests that differences a−b are as often and as far above 0 as
// below. It assumes that they are symmetric around their middle. Source:
// Wilcoxon 1945; Hollander and Wolfe. R: wilcox.test(a, b, paired=TRUE).
func SignedRank(a, b []float64, level float64) (Ranked, error) {
	d, err := differences(a, b)
	if err != nil {
		return Ranked{}, err
	}
	if err := CheckLevel(level); err != nil {
		return Ranked{}, err
	}
	moved := make([]float64, 0, len(d))
	for _, v := range d {
		if v != 0 {
			moved = append(moved, v)
		}
	}
	if len(moved) == 0 {
		return Ranked{}, Refuse(NoSpread, "no pair differs, so there is nothing to rank")
	}
	return signedRank(moved, len(d)-len(moved), level), nil
}

func signedRank(d []float64, zeros int, level float64) Ranked {
	size := make([]float64, len(d))
	for i, v := range d {
		size[i] = math.Abs(v)
	}
	rank, ties := ranks(size)
	r := Ranked{N: len(d), Zeros: zeros, Exact: math.NaN(), MedianEnds: Interval{math.NaN(), math.NaN()}}
	for i, v := range d {
		if v > 0 {
			r.V += rank[i]
		}
	}
	r.Corrected, r.Plain = rankNormal(r.V, float64(len(d)), ties)
	walsh := walshAverages(d)
	r.Median = middle(walsh)
	if ties == 0 && zeros == 0 && len(d) < 50 {
		r.Exact = exactRank(r.V, len(d))
		r.MedianEnds = walshEnds(walsh, len(d), level)
	} else {
		r.MedianEnds = normalEnds(d, walsh, level)
	}
	return r
}

func rankNormal(v, n, ties float64) (corrected, plain float64) {
	z := v - n*(n+1)/4
	sigma := rankSpread(n, ties)
	nearer := z - math.Copysign(0.5, z)
	if z == 0 {
		nearer = 0
	}
	return dist.NormalTwoSided(nearer / sigma), dist.NormalTwoSided(z / sigma)
}

// rankSpread is the standard deviation of V when signs fall by chance.
func rankSpread(n, ties float64) float64 { return math.Sqrt(n*(n+1)*(2*n+1)/24 - ties/48) }

func exactRank(v float64, n int) float64 {
	total := float64(n*(n+1)) / 2
	lower := math.Min(v, total-v)
	return math.Min(1, 2*dist.SignedRankLower(lower, n))
}
