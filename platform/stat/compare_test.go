package stat_test

import (
	"math"
	"testing"

	"alongside/platform/stat"
	"alongside/platform/stat/stattest"

	"pgregory.net/rapid"
)

func TestSleep(t *testing.T) {
	d := stattest.Load(t, "sleep.csv")
	a, b := d.Where("extra", "group", "1"), d.Where("extra", "group", "2")
	p, err := stat.PairedT(a, b, stat.Level)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "t", p.Statistic, "-4.062127683")
	near(t, "df", p.DF, "9")
	near(t, "p", p.P, ".0028328902")
	near(t, "lower", p.Difference.Lower, "-2.459885763")
	near(t, "upper", p.Difference.Upper, "-.700114237")
	w, _ := stat.WelchT(a, b, stat.Level)
	near(t, "Welch t", w.Statistic, "-1.860813467")
	near(t, "Welch df", w.DF, "17.77647352")
	near(t, "Welch p", w.P, ".0793941402")
	r, _ := stat.SignedRank(a, b, stat.Level)
	near(t, "V", r.V, "0")
	near(t, "corrected p", r.P(), ".00909069802")
	near(t, "plain p", r.Plain, ".00763244165")
}

func TestSleepEffects(t *testing.T) {
	d := stattest.Load(t, "sleep.csv")
	a, b := d.Where("extra", "group", "2"), d.Where("extra", "group", "1")
	p, err := stat.EffectPaired(a, b, stat.Level)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "d_z", p.DZ.Value, "1.28455756")
	near(t, "d_av", p.DAv, ".83349634")
	g, _ := stat.EffectGroups(a, b, stat.Level)
	near(t, "pooled d", g.D.Value, ".83218108")
	near(t, "Hedges", g.Hedges, ".79693524")
	near(t, "Hedges approx", g.HedgesApprox, ".79701850")
	c, _ := stat.Cliff(a, b)
	near(t, "Cliff", c, ".49")
	if !(p.DZ.Lower > 0 && p.DZ.Lower < p.DZ.Value && p.DZ.Value < p.DZ.Upper) {
		t.Errorf("interval of d_z: %+v", p.DZ)
	}
}

func TestPlantGrowth(t *testing.T) {
	d := stattest.Load(t, "plantgrowth.csv")
	groups := [][]float64{
		d.Where("weight", "group", "ctrl"), d.Where("weight", "group", "trt1"), d.Where("weight", "group", "trt2"),
	}
	a, err := stat.OneWay(groups...)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "F", a.F, "4.84609")
	near(t, "p", a.P, ".01591")
	k, _ := stat.KruskalWallis(groups...)
	near(t, "H", k.Statistic, "7.988228749")
	near(t, "H p", k.P, ".0184237557")
	pairs, _ := a.Tukey(stat.Level)
	last := pairs[2]
	near(t, "difference", last.Difference.Value, ".865")
	near(t, "Tukey p", last.P, ".0120064")
	// R's qtukey stops at an error of 0.0001, so its limits are not exact.
	stattest.Same(t, "lower", last.Difference.Lower, .17378395, 0, 1e-5)
	stattest.Same(t, "upper", last.Difference.Upper, 1.55621605, 0, 1e-5)
}

func TestReliableChange(t *testing.T) {
	c, err := stat.ReliableChange(7.54, .88, 32.5, 47.5)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "S_E", c.SE, "2.61193261781")
	near(t, "S_diff", c.SDiff, "3.69383053212")
	near(t, "RC", c.RC, "4.0608251704")
	near(t, "threshold", c.Threshold, "7.23990784295")
	barc, _ := stat.ReliableChange(8, .90, 40, 48)
	near(t, "BARC-10 threshold", barc.Threshold, "7.0123")
	seven, _ := stat.ReliableChange(8, .90, 40, 47)
	if !barc.Reliable || seven.Reliable {
		t.Error("8 points are reliable and 7 are not")
	}
	cut, _ := stat.Cutoff(110, 18, 80, 20)
	near(t, "cut-off c", cut, "95.7894736842")
	near(t, "cut-off a", stat.CutoffBy(80, 20, 2), "120")
	near(t, "cut-off b", stat.CutoffBy(110, 18, -2), "74")
}

func TestRatesAndPower(t *testing.T) {
	r, err := stat.CompareRates(11, 800, 21, 3011, stat.Level)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "RR", r.Value, "1.97148809524")
	near(t, "lower", r.Lower, ".858426403")
	near(t, "upper", r.Upper, "4.277265944")
	near(t, "p", r.P, ".079668633")
	n, _ := stat.NeedForMeans(.5, .8, .05)
	near(t, "n for d", n, "63.7657637")
	n, _ = stat.NeedForShares(.50, .65, .8, .05)
	near(t, "n for shares", n, "169.311371")
}

func TestCardKrueger(t *testing.T) {
	d := (21.03 - 20.44) - (21.17 - 23.33)
	near(t, "difference in differences", d, "2.75")
}

func TestBenjaminiHochberg(t *testing.T) {
	p := []float64{.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1}
	q, err := stat.BenjaminiHochberg(p)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{".0015", ".003", ".0095", ".035625", ".0603", ".0638571429", ".0638571429", ".0645", ".0765"} {
		near(t, "adjusted p", q[i], want)
	}
	rejected := 0
	for _, v := range q {
		if v <= .05 {
			rejected++
		}
	}
	if rejected != 4 {
		t.Errorf("%d rejected, the paper rejects 4", rejected)
	}
}

func TestTurningTheSigns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 40).Draw(t, "n")
		value := rapid.Float64Range(-50, 50)
		a, b := rapid.SliceOfN(value, n, n).Draw(t, "a"), rapid.SliceOfN(value, n, n).Draw(t, "b")
		one, err := stat.PairedT(a, b, stat.Level)
		two, err2 := stat.PairedT(b, a, stat.Level)
		if (err == nil) != (err2 == nil) {
			t.Fatal("refused one way only")
		}
		if err == nil && (one.Statistic != -two.Statistic || one.P != two.P) {
			t.Fatalf("%v %v", one, two)
		}
		ra, err := stat.SignedRank(a, b, stat.Level)
		rb, _ := stat.SignedRank(b, a, stat.Level)
		if err == nil && (ra.V+rb.V != float64(ra.N*(ra.N+1))/2 || math.Abs(ra.P()-rb.P()) > 1e-12) {
			t.Fatalf("%+v %+v", ra, rb)
		}
		c, _ := stat.Cliff(a, b)
		d, _ := stat.Cliff(b, a)
		if c != -d || c < -1 || c > 1 {
			t.Fatalf("Cliff %v %v", c, d)
		}
	})
}
