package stat_test

import (
	"math"
	"slices"
	"testing"

	"alongside/platform/stat"
	"alongside/platform/stat/stattest"
)

// R 4.2.2 on four, six and three values with ties.
func TestUnevenGroups(t *testing.T) {
	groups := [][]float64{{3, 5, 5, 8}, {1, 2, 2, 5, 7, 3}, {9, 6, 8}}
	a, err := stat.OneWay(groups...)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "F", a.F, "4.46469")
	near(t, "p", a.P, "0.041145")
	near(t, "between", a.Between, "2")
	near(t, "within", a.Within, "10")
	pairs, err := a.Tukey(stat.Level)
	if err != nil || len(pairs) != 3 {
		t.Fatal(pairs, err)
	}
	for i, want := range [][4]float64{
		{-1.916666667, -5.5752944915, 1.741961158, 0.36034481108},
		{2.416666667, -1.9122801550, 6.745613488, 0.31858335797},
		{4.333333333, 0.3255073549, 8.341159312, 0.03470257279},
	} {
		p := pairs[i] // R's qtukey and ptukey stop early
		for k, got := range []float64{p.Difference.Value, p.Difference.Lower, p.Difference.Upper, p.P} {
			stattest.Same(t, "Tukey", got, want[k], 0, 5e-4)
		}
	}
	k, _ := stat.KruskalWallis(groups...)
	near(t, "H", k.Statistic, "5.9243697479")
	near(t, "its p", k.P, "0.05170582296")
	g, _ := stat.EffectGroups(groups[0], groups[1], stat.Level)
	near(t, "d", g.D.Value, "0.8784642789686")
	near(t, "Hedges", g.Hedges, "0.7929926331406")
	near(t, "approx", g.HedgesApprox, "0.7934516068103")
	stattest.Same(t, "lower", g.D.Lower, -0.4797977791813, 1e-8, 0)
	stattest.Same(t, "upper", g.D.Upper, 2.1883609264085, 1e-8, 0)
	back, _ := stat.EffectGroups(groups[1], groups[0], stat.Level)
	stattest.Same(t, "turned round", back.D.Lower, -g.D.Upper, 1e-9, 0)
}

// R 4.2.2, t.test and wilcox.test.
func TestTwoByTwoValues(t *testing.T) {
	w, err := stat.WelchT([]float64{1, 2}, []float64{4, 8}, stat.Level)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "t", w.Statistic, "-2.1828206253")
	near(t, "df", w.DF, "1.1245136187")
	near(t, "p", w.P, "0.250979819")
	near(t, "lower", w.Difference.Lower, "-24.74337890699")
	p, _ := stat.PairedT([]float64{1, 4}, []float64{2, 9}, stat.Level)
	near(t, "paired t", p.Statistic, "-1.5")
	near(t, "paired p", p.P, "0.3743340836")
	near(t, "upper", p.Difference.Upper, "22.41240947235")
	g, _ := stat.EffectGroups([]float64{1, 2}, []float64{4, 8}, stat.Level)
	near(t, "Hedges of two and two", g.Hedges, "-1.231524659563")
	near(t, "variance of two", stat.Variance([]float64{1, 4}), "4.5")
	if v := stat.Variance([]float64{1}); !math.IsNaN(v) {
		t.Errorf("variance of one: %g", v)
	}
}

// R 4.2.2: exact below fifty differences, by the normal curve from there.
func TestSignedRankFromExactToNormal(t *testing.T) {
	moves := func(n int) ([]float64, []float64) {
		d := make([]float64, n)
		for i := range d {
			d[i] = float64(i + 1)
			if i%3 == 2 {
				d[i] = -d[i]
			}
		}
		return d, make([]float64, n)
	}
	a, b := moves(49)
	r, _ := stat.SignedRank(a, b, stat.Level)
	near(t, "p of 49", r.Exact, "0.04170385423242")
	near(t, "V", r.V, "817")
	near(t, "lower", r.MedianEnds.Lower, "0.5")
	near(t, "upper", r.MedianEnds.Upper, "18.5")
	a, b = moves(50)
	r, _ = stat.SignedRank(a, b, stat.Level)
	if !math.IsNaN(r.Exact) {
		t.Errorf("exact p of fifty: %g", r.Exact)
	}
	near(t, "p of 50", r.P(), "0.02706349217605")
	r, _ = stat.SignedRank([]float64{1, -4, 0, 4, -1, 0}, make([]float64, 6), stat.Level)
	if r.N != 4 || r.Zeros != 2 || r.Corrected != 1 || r.Plain != 1 {
		t.Errorf("as many ranks above as below: %+v", r)
	}
}

// R: chisq.test, Katz and Woolf on 3 of 4 beside 9 of 13.
func TestSmallTables(t *testing.T) {
	g, _ := stat.Groups(3, 4, 9, 13)
	chi, _ := g.ChiSquared(false)
	near(t, "chi-square", chi.Statistic, "0.04903846153846")
	yates, _ := g.ChiSquared(true) // R takes away no more than there is
	if yates.Statistic != 0 || yates.P != 1 {
		t.Errorf("Yates: %+v", yates)
	}
	near(t, "Fisher", g.Fisher(), "1")
	rr, _ := g.RiskRatio(stat.Level)
	near(t, "RR lower", rr.Lower, "0.553297093264")
	near(t, "RR upper", rr.Upper, "2.121122856778")
	or, _ := g.OddsRatio(stat.Level)
	near(t, "OR lower", or.Lower, "0.1039734944492")
	near(t, "OR upper", or.Upper, "17.0983748040345")
	m, err := stat.McNemar(4, 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "McNemar p", m.P, "0.04550026389636")
	near(t, "exact", m.Exact, "0.125")
	near(t, "corrected", m.Corrected.Statistic, "2.25")
	even, _ := stat.McNemar(3, 3)
	if even.Statistic != 0 || even.Corrected.Statistic != 0 || even.Corrected.P != 1 || even.Exact != 1 {
		t.Errorf("as many each way: %+v", even)
	}
	r, err := stat.CompareRates(0, 10, 5, 20, stat.Level)
	if err != nil || r.Value != 0 || r.Lower != 0 {
		t.Fatalf("%+v %v", r, err)
	}
	near(t, "rate upper", r.Upper, "2.182558210365")
	near(t, "rate p", r.P, "0.1769547325")
	// power.t.test and power.prop.test with tol = 1e-13
	n, _ := stat.NeedForMeans(-1.2, .9, .01)
	near(t, "n for means", n, "22.3878232338")
	n, _ = stat.NeedForShares(.1, .2, .9, .01)
	near(t, "n for shares", n, "376.9444854339")
	if n, _ = stat.NeedForMeans(6, .8, .05); n != 2 {
		t.Errorf("%g in each group, and two are the least", n)
	}
}

// J by the two Γ below four hundred degrees of freedom and by Stirling's series
// above: R's lgamma at 398 and 402.
func TestHedgesWhereTheSeriesTakesOver(t *testing.T) {
	for n, want := range map[int]string{200: "0.9981141958126", 202: "0.9981329736596"} {
		a, b := make([]float64, n), make([]float64, n)
		for i := range a {
			a[i], b[i] = float64(i%5), float64(i%5)+float64(i%2)
		}
		g, err := stat.EffectGroups(a, b, stat.Level)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "Hedges over d", g.Hedges/g.D.Value, want)
	}
	far, err := stat.EffectPaired([]float64{1e6, 1e6 + 1, 1e6 + 2.5}, []float64{0, 0, 0}, stat.Level)
	if err != nil || !math.IsNaN(far.DZ.Lower) {
		t.Errorf("a difference of a million spreads: %+v %v", far, err)
	}
	far, err = stat.EffectPaired([]float64{0, 0, 0}, []float64{1e6, 1e6 + 1, 1e6 + 2.5}, stat.Level)
	if err != nil || !math.IsNaN(far.DZ.Upper) {
		t.Errorf("one of as many below: %+v %v", far, err)
	}
	if w, err := stat.WelchT([]float64{-1e15 - 1, -1e15 - 2}, []float64{-1e15 - 2, -1e15 - 4}, stat.Level); err == nil {
		t.Errorf("below 0 what is rounding alone has a test: %+v", w)
	}
	if _, err := stat.NeedForShares(1, .5, .8, .05); err == nil {
		t.Error("a share of 1 is never missed")
	}
}

// Draws are in order by rank: the ends where the level asks for more than there
// is, the draw itself where the rank is whole.
func TestQuantilesOfDraws(t *testing.T) {
	x := []float64{3, 1, 4, 1, 5, 9, 2, 6, 5.5, 3.25}
	for draws, c := range map[int]struct {
		level float64
		lower int
	}{199: {.95, 4}, 120: {.999, 0}} {
		var seen []float64
		b, err := stat.Bootstrap(len(x), func(rows []int) float64 {
			sum := 0.0
			for _, r := range rows {
				sum += x[r]
			}
			seen = append(seen, sum)
			return sum
		}, stat.Drawing{Draws: draws, Seed: 3, Level: c.level})
		if err != nil {
			t.Fatal(err)
		}
		drawn := seen[1 : 1+draws] // the first is the data themselves, the last leave one out
		slices.Sort(drawn)
		stattest.Same(t, "lower", b.Percentile.Lower, drawn[c.lower], 1e-9, 0)
		stattest.Same(t, "upper", b.Percentile.Upper, drawn[draws-1-c.lower], 1e-9, 0)
		stattest.Same(t, "SE", b.SE, stat.SD(drawn), 1e-12, 0)
		stattest.Same(t, "bias", b.Bias, stat.Mean(drawn)-b.Value, 1e-12, 1e-12)
	}
}
