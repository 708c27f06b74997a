package stat

import (
	"math"

	"alongside/platform/stat/dist"
)

// Anova is a one-way analysis of variance.
type Anova struct {
	F        float64
	Between  float64 // degrees of freedom between groups
	Within   float64 // and within them
	P        float64
	variance float64 // within groups
	means    []float64
	sizes    []float64
}

// OneWay tests that all groups have the same mean: F of the spread between
// over the spread within. It assumes the same spread in each group.
// Source: Fisher 1925. R: oneway.test(var.equal=TRUE), aov.
func OneWay(groups ...[]float64) (Anova, error) {
	n, err := checkGroups(groups)
	if err != nil {
		return Anova{}, err
	}
	a := Anova{Between: float64(len(groups) - 1), Within: float64(n - len(groups))}
	if a.Within < 1 {
		return Anova{}, Refuse(TooFew, "a comparison of means needs two values or more in some group")
	}
	grand, between, within := grandMean(groups, n), 0.0, 0.0
	for _, g := range groups {
		m := Mean(g)
		a.means, a.sizes = append(a.means, m), append(a.sizes, float64(len(g)))
		between += float64(len(g)) * (m - grand) * (m - grand)
		if len(g) > 1 {
			within += squares(g)
		}
	}
	if within == 0 {
		return Anova{}, Refuse(NoSpread, "values do not differ inside any group, so there is no scale to test on")
	}
	a.variance = within / a.Within
	a.F = between / a.Between / a.variance
	a.P = dist.FTail(a.F, a.Between, a.Within)
	return a, nil
}

// PairDifference compares group J to group I, both counted from 0.
type PairDifference struct {
	I, J       int
	Difference Estimate // mean of J less mean of I
	P          float64  // adjusted for all pairs
}

// Tukey compares every two groups of the analysis, with p and intervals that
// hold for all of them together; sizes may differ. Source: Kramer 1956.
// R: TukeyHSD, whose limits carry an error of up to 0.0001 of a quantile.
func (a Anova) Tukey(level float64) ([]PairDifference, error) {
	if err := CheckLevel(level); err != nil {
		return nil, err
	}
	k := len(a.means)
	reach := dist.RangeQuantile(level, k, a.Within)
	var out []PairDifference
	for i := range a.means {
		for j := i + 1; j < k; j++ {
			d := a.means[j] - a.means[i]
			se := math.Sqrt(a.variance / 2 * (1/a.sizes[i] + 1/a.sizes[j]))
			p := dist.RangeTail(math.Abs(d)/se, k, a.Within)
			out = append(out, PairDifference{i, j, Estimate{d, Around(d, reach*se)}, p})
		}
	}
	return out, nil
}

// KruskalWallis tests that no group tends to higher values, from ranks alone,
// corrected for ties. Source: Kruskal and Wallis 1952. R: kruskal.test.
func KruskalWallis(groups ...[]float64) (Test, error) {
	n, err := checkGroups(groups)
	if err != nil {
		return Test{}, err
	}
	var all []float64
	for _, g := range groups {
		all = append(all, g...)
	}
	rank, ties := ranks(all)
	size, h, from := float64(n), 0.0, 0
	for _, g := range groups {
		s := Sum(rank[from : from+len(g)])
		h += s * s / float64(len(g))
		from += len(g)
	}
	spread := 1 - ties/(size*size*size-size)
	if spread == 0 {
		return Test{}, Refuse(NoSpread, "all values are alike, so there is nothing to rank")
	}
	h = (12/(size*(size+1))*h - 3*(size+1)) / spread
	df := float64(len(groups) - 1)
	return Test{Statistic: h, DF: df, P: dist.ChiSquaredTail(h, df)}, nil
}

func checkGroups(groups [][]float64) (n int, err error) {
	if len(groups) < 2 {
		return 0, Refuse(OneGroup, "a comparison needs two groups or more")
	}
	for _, g := range groups {
		if len(g) == 0 {
			return 0, Refuse(TooFew, "a group is empty")
		}
		n += len(g)
	}
	return n, finite(groups...)
}

func grandMean(groups [][]float64, n int) float64 {
	total := 0.0
	for _, g := range groups {
		total += Mean(g) * float64(len(g))
	}
	return total / float64(n)
}
