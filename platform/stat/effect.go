package stat

import (
	"math"
	"sort"

	"alongside/platform/stat/dist"
)

// PairedEffect is the size of a change in the same people, in standard
// deviations of three kinds. Say which one a report gives: they differ.
type PairedEffect struct {
	DZ  Estimate // by the SD of the differences; interval from noncentral t
	DAv float64  // by the mean of the two SDs
}

// EffectPaired returns d_z = d̄/s_d and d_av = d̄/((s_a+s_b)/2) of a−b.
// Source: Cohen 1988; Cumming 2012; Lakens 2013. R: effsize, psych.
func EffectPaired(a, b []float64, level float64) (PairedEffect, error) {
	t, err := PairedT(a, b, level)
	if err != nil {
		return PairedEffect{}, err
	}
	scale := 1 / math.Sqrt(float64(len(a)))
	av := (SD(a) + SD(b)) / 2
	return PairedEffect{
		DZ:  Estimate{t.Statistic * scale, noncentral(t.Statistic, t.DF, scale, level)},
		DAv: t.Difference.Value / av,
	}, nil
}

// GroupEffect is the size of a difference between two groups.
type GroupEffect struct {
	D            Estimate // Cohen's d by the pooled SD; interval from noncentral t
	Hedges       float64  // d times the exact correction for small samples
	HedgesApprox float64  // d times 1 − 3/(4 df − 1)
}

// EffectGroups returns Cohen's d of a over b and Hedges' g, with
// J = Γ(df/2) / (√(df/2) Γ((df−1)/2)), df = n_a + n_b − 2. It assumes the same
// spread in both groups. Source: Hedges 1981. R: effsize::cohen.d.
func EffectGroups(a, b []float64, level float64) (GroupEffect, error) {
	if err := finite(a, b); err != nil {
		return GroupEffect{}, err
	}
	if err := CheckLevel(level); err != nil {
		return GroupEffect{}, err
	}
	if len(a) < 2 || len(b) < 2 {
		return GroupEffect{}, Refuse(TooFew, "an effect size needs two values or more in each group")
	}
	na, nb := float64(len(a)), float64(len(b))
	df := na + nb - 2
	pooled := math.Sqrt((squares(a) + squares(b)) / df)
	if pooled == 0 {
		return GroupEffect{}, Refuse(NoSpread, "all values in a group are alike, so there is no scale to measure by")
	}
	d, scale := (Mean(a)-Mean(b))/pooled, math.Sqrt(1/na+1/nb)
	return GroupEffect{
		D:            Estimate{d, noncentral(d/scale, df, scale, level)},
		Hedges:       d * hedgesExact(df),
		HedgesApprox: d * (1 - 3/(4*df-1)),
	}, nil
}

// hedgesExact is J(df); it has no value below 2 degrees of freedom. With many
// the two Γ are so large that their difference has no digits left, and Stirling's
// series of their ratio takes over.
func hedgesExact(df float64) float64 {
	if df < 2 {
		return math.NaN()
	}
	if df > 400 {
		z := (df - 1) / 2
		return math.Sqrt(1-1/df) * (1 - (1-(1+(5-21/(32*z))/(8*z))/(16*z))/(8*z))
	}
	a, _ := math.Lgamma(df / 2)
	b, _ := math.Lgamma((df - 1) / 2)
	return math.Exp(a-b) / math.Sqrt(df/2)
}

// furthest is the largest t whose noncentrality is looked for; beyond it the
// spread is a thousandth of the difference, and the interval is NaN.
const furthest = 1000

// noncentral turns the interval of the noncentrality of t into that of d.
// Source: Cumming and Finch 2001.
func noncentral(t, df, scale, level float64) Interval {
	if math.Abs(t) > furthest {
		return Interval{math.NaN(), math.NaN()}
	}
	tail := (1 - level) / 2
	end := func(want float64) float64 {
		off := func(delta float64) float64 { return dist.NoncentralTTail(t, df, delta) - want }
		reach := 10 + math.Abs(t)
		for range 10 { // with one degree of freedom an end may lie far out
			if off(t-reach) < 0 && off(t+reach) > 0 {
				break
			}
			reach *= 2
		}
		return scale * dist.Root(off, t-reach, t+reach)
	}
	return Interval{Lower: end(tail), Upper: end(1 - tail)}
}

// Cliff returns Cliff's delta: the chance that a value of a is above one of b,
// less the chance that it is below. It needs order only, so it suits scores
// that are not evenly spaced. Use Bootstrap for an interval.
// Source: Cliff 1993. R: effsize::cliff.delta.
func Cliff(a, b []float64) (float64, error) {
	if err := finite(a, b); err != nil {
		return 0, err
	}
	if len(a) == 0 || len(b) == 0 {
		return 0, Refuse(OneGroup, "Cliff's delta compares two groups, and one is empty")
	}
	sorted := append([]float64(nil), b...)
	sort.Float64s(sorted)
	net := 0
	for _, v := range a {
		below := sort.SearchFloat64s(sorted, v)
		notAbove := sort.Search(len(sorted), func(i int) bool { return sorted[i] > v })
		net += below - (len(sorted) - notAbove)
	}
	return float64(net) / (float64(len(a)) * float64(len(b))), nil
}
