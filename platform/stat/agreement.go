package stat

import (
	"math"

	"alongside/platform/stat/dist"
)

// Alpha returns Cronbach's alpha of items, each a column over the same people:
// k/(k−1) (1 − Σ item variances / variance of the sum). It says how far the
// items move together, not that they measure one thing. Feldt's interval.
// Source: Cronbach 1951; Feldt 1965. R: psych::alpha.
func Alpha(items [][]float64, level float64) (Estimate, error) {
	n, err := checkRatings(items, level)
	if err != nil {
		return Estimate{}, err
	}
	total, parts := make([]float64, n), 0.0
	for _, item := range items {
		parts += Variance(item)
		for i, v := range item {
			total[i] += v
		}
	}
	whole := Variance(total)
	if whole == 0 {
		return Estimate{}, Refuse(NoSpread, "every person has the same total, so alpha has no value")
	}
	k := float64(len(items))
	alpha := k / (k - 1) * (1 - parts/whole)
	d1, d2, tail := float64(n-1), float64(n-1)*(k-1), (1-level)/2
	return Estimate{alpha, Interval{
		Lower: 1 - (1-alpha)*dist.FQuantile(1-tail, d1, d2),
		Upper: 1 - (1-alpha)*dist.FQuantile(tail, d1, d2),
	}}, nil
}

// checkRatings wants two columns or more of the same length, two rows or more.
func checkRatings(columns [][]float64, level float64) (rows int, err error) {
	if len(columns) < 2 || len(columns[0]) < 2 {
		return 0, Refuse(TooFew, "agreement needs two columns and two rows or more")
	}
	rows = len(columns[0])
	for _, c := range columns {
		if len(c) != rows {
			return 0, Refuse(Uneven, "every column needs a value for every person")
		}
	}
	if err := finite(columns...); err != nil {
		return 0, err
	}
	return rows, CheckLevel(level)
}

// Kappa returns Cohen's κ of a square table: counts[i][j] people put in class
// i by one rater and j by the other. (agreed − expected)/(1 − expected), with
// the large-sample interval. Source: Cohen 1960; Fleiss, Cohen and Everitt
// 1969. R: psych::cohen.kappa, vcd::Kappa.
func Kappa(counts [][]int, level float64) (Estimate, error) {
	p, n, err := shares(counts)
	if err != nil {
		return Estimate{}, err
	}
	if err := CheckLevel(level); err != nil {
		return Estimate{}, err
	}
	rows, cols := margins(p)
	agreed, expected := 0.0, 0.0
	for i := range p {
		agreed += p[i][i]
		expected += rows[i] * cols[i]
	}
	if expected >= 1 {
		return Estimate{}, Refuse(NoSpread, "both raters used one class for everybody, so κ has no value")
	}
	kappa := (agreed - expected) / (1 - expected)
	v := kappaVariance(p, kappa, expected) / n
	return Estimate{kappa, Around(kappa, ZAt(level)*math.Sqrt(v))}, nil
}

func kappaVariance(p [][]float64, kappa, expected float64) float64 {
	rows, cols := margins(p)
	miss, total := 1-kappa, 0.0
	for i := range p {
		for j := range p {
			off := miss * (cols[i] + rows[j])
			if i == j {
				off = 1 - off
			}
			total += p[i][j] * off * off
		}
	}
	back := kappa - expected*miss
	return (total - back*back) / ((1 - expected) * (1 - expected))
}

func shares(counts [][]int) (p [][]float64, n float64, err error) {
	for _, row := range counts {
		if len(row) != len(counts) {
			return nil, 0, Refuse(Uneven, "κ needs a square table: the same classes for both raters")
		}
		for _, c := range row {
			if c < 0 {
				return nil, 0, Refuse(OutOfRange, "counts cannot be below 0")
			}
			n += float64(c)
		}
	}
	if n == 0 {
		return nil, 0, Refuse(TooFew, "nobody was rated")
	}
	for _, row := range counts {
		line := make([]float64, len(row))
		for j, c := range row {
			line[j] = float64(c) / n
		}
		p = append(p, line)
	}
	return p, n, nil
}

func margins(p [][]float64) (rows, cols []float64) {
	rows, cols = make([]float64, len(p)), make([]float64, len(p))
	for i := range p {
		for j, v := range p[i] {
			rows[i] += v
			cols[j] += v
		}
	}
	return rows, cols
}
