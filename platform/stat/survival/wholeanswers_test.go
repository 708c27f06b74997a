package survival_test

import (
	"math"
	"slices"
	"testing"

	"alongside/platform/stat"
	"alongside/platform/stat/survival"
)

// R: summary(coxph(Surv(time, status) ~ age + sex + ph.ecog, lung)).
func TestCoxLungInFull(t *testing.T) {
	c := cox(t, coxData(t, "lung.csv", "time", "status", "2", nil, "age", "sex", "ph.ecog"), survival.CoxOptions{})
	for i, want := range [][5]string{
		{"1.194159247250", "2.324156809996e-01", "1.0111282277225", "0.9929280971699", "1.0296619622422"},
		{"-3.294476648262", "9.860513721385e-04", "0.5754445561905", "0.4142130185492", "0.7994351273871"},
		{"4.082933944800", "4.447066651857e-05", "1.5899911900543", "1.2726751777743", "1.9864235812876"},
	} {
		one := c.Coefficients[i]
		for k, got := range []float64{one.Z, one.P, one.HR.Value, one.HR.Lower, one.HR.Upper} {
			fitted(t, one.Name, got, want[k])
		}
		if one.ModelSE != one.SE {
			t.Errorf("%s: %g and %g without robust errors", one.Name, one.ModelSE, one.SE)
		}
	}
	fitted(t, "loglik without", c.LogLik[0], "-744.4804557614")
	fitted(t, "loglik with", c.LogLik[1], "-729.2301213749")
	fitted(t, "LR", c.Ratio.Statistic, "30.500668773")
	one := cox(t, coxData(t, "lung.csv", "time", "status", "2", nil, "sex"), survival.CoxOptions{})
	fitted(t, "score", one.Score.Statistic, "10.325148495746")
	fitted(t, "its p", one.Score.P, "0.001312297013513")
	fitted(t, "LR p", one.Ratio.P, "0.001110510377901")
	if one.Events != 165 || one.N != 228 || one.Ratio.DF != 1 || c.Ratio.DF != 3 {
		t.Errorf("%d events of %d, df %g and %g", one.Events, one.N, one.Ratio.DF, c.Ratio.DF)
	}
	if _, err := survival.FitCox(survival.CoxData{}, survival.CoxOptions{Ties: "exact"}); err == nil {
		t.Error("ties by a third way were taken")
	}
}

// R: survdiff(Surv(time, status) ~ sex, lung, rho = 0.5).
func TestLogRankBetween(t *testing.T) {
	s := study(t, "lung.csv", "time", "status", "2", "sex")
	r := logrank(t, s, .5)
	near(t, "chi-square", r.Statistic, "12.25066833725")
	near(t, "observed", r.Groups[0].Observed, "86.36999289496")
	near(t, "expected", r.Groups[1].Expected, "54.91838634795")
	for _, rho := range []float64{-.1, -1e-9, math.NaN(), math.Inf(1)} {
		if _, err := s.LogRank(rho); err == nil {
			t.Errorf("rho %g was taken", rho)
		}
	}
}

// The difference of the two means of DOMAIN.md, section 9, with a normal test.
func TestRestrictedMeansCompared(t *testing.T) {
	c := curves(t, study(t, "lung.csv", "time", "status", "2", "sex"))
	one, err := c[0].RestrictedMean(365, stat.Level)
	if err != nil {
		t.Fatal(err)
	}
	two, _ := c[1].RestrictedMean(365, stat.Level)
	d, test := survival.CompareRestricted(one, two, stat.Level)
	near(t, "difference", d.Value, "55.97032434")
	near(t, "lower", d.Lower, "26.652936377")
	near(t, "upper", d.Upper, "85.287712302")
	near(t, "z", test.Statistic, "3.741800601")
	near(t, "p", test.P, "0.00018270646")
}

func TestTheCurveBeforeAndAfterItsTimes(t *testing.T) {
	s, _ := survival.Collect([]float64{2, 4, 6, 8}, []bool{true, false, true, true}, nil)
	c, l := curves(t, s)[0], limits(t, survival.Log)
	for _, p := range []struct{ at, share, risk, events float64 }{{0, 1, 4, 0}, {1, 1, 4, 0}, {2, .75, 4, 1}, {3, .75, 3, 0}, {4, .75, 3, 0}, {8, 0, 1, 1}} {
		got := c.At(p.at, l)
		if got.Survival != p.share || got.AtRisk != int(p.risk) || got.Events != int(p.events) {
			t.Errorf("at %g: %+v", p.at, got)
		}
	}
	if p := c.At(1, l); p.Lower != 1 || p.Upper != 1 || p.SE != 0 {
		t.Errorf("before the first: %+v", p)
	}
	if p := c.At(8.5, l); !math.IsNaN(p.Survival) || !math.IsNaN(p.Lower) || !math.IsNaN(p.SE) || p.AtRisk != 0 {
		t.Errorf("past the last: %+v", p)
	}
	median := c.Median(l)
	near(t, "median", median.Value, "6")
	flat, _ := survival.Collect([]float64{10, 20, 30, 40}, []bool{true, true, true, true}, nil)
	near(t, "middle of the flat piece", curves(t, flat)[0].Median(l).Value, "25")
}

func TestSharesBeforeAndAfterTheirTimes(t *testing.T) {
	s := &survival.Study{}
	for i, code := range []int{1, 0, 2, 0} {
		if err := s.Group("all").Add(float64(2*i+2), code); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.Incidences()
	if err != nil {
		t.Fatal(err)
	}
	in, l := all[0], limits(t, survival.Log)
	for _, p := range []struct{ at, none, one, two, risk float64 }{
		{1, 1, 0, 0, 4}, {2, .75, .25, 0, 4}, {5, .75, .25, 0, 2}, {6, .375, .25, .375, 2}, {8, .375, .25, .375, 1},
	} {
		got := in.At(p.at)
		near := []float64{got.None.Value - p.none, got.Of[0].Value - p.one, got.Of[1].Value - p.two, float64(got.AtRisk) - p.risk}
		if slices.ContainsFunc(near, func(v float64) bool { return !(math.Abs(v) < 1e-15) }) {
			t.Errorf("at %g: %+v", p.at, got)
		}
	}
	if past := in.At(8.5); !math.IsNaN(past.None.Value) || !math.IsNaN(past.Of[1].Value) || !math.IsNaN(past.Of[1].SE) {
		t.Errorf("past the last: %+v", past)
	}
	if ends := in.Limits(in.At(1).Of[0], 1, l); ends.Lower != 0 || ends.Upper != 0 {
		t.Errorf("before the first: %+v", ends)
	}
	if ends := in.Limits(in.At(2).Of[1], 2, l); !math.IsNaN(ends.Lower) {
		t.Errorf("nobody of this kind yet: %+v", ends)
	}
	if !slices.Equal(in.Causes, []int{1, 2}) || !slices.Equal(in.Counts, []int{1, 1}) {
		t.Errorf("causes %v, counts %v", in.Causes, in.Counts)
	}
}

func TestCodesOfEvents(t *testing.T) {
	s := &survival.Study{}
	g := s.Group("all")
	for _, code := range []int{-1, 32, 99} {
		if err := g.Add(1, code); err == nil || err.Error() != "a kind of event is a whole number from 0 (none) to 31" {
			t.Errorf("code %d: %v", code, err)
		}
		if err := s.Censor(code); err == nil || err.Error() != "a kind of event is a whole number from 0 (none) to 31" {
			t.Errorf("none is %d: %v", code, err)
		}
	}
	for i, code := range []int{31, 7, 7, 1} {
		if err := g.Add(float64(i+1), code); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(s.Codes(), []int{1, 7, 31}) {
		t.Errorf("codes %v", s.Codes())
	}
	if err := s.Censor(0); err != nil {
		t.Error(err)
	}
	if err := s.Group("late").Add(2, 1); err != nil {
		t.Fatal(err)
	}
	if err := s.Censor(7); err != nil {
		t.Fatal(err)
	}
	in, err := s.Incidences()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(in[0].Causes, []int{1, 31}) || !slices.Equal(in[0].Counts, []int{1, 1}) || in[0].N != 4 {
		t.Errorf("%+v", in[0])
	}
	mixed := &survival.Study{}
	_ = mixed.Group("all").Add(1, 0)
	_ = mixed.Group("all").Add(1, 2)
	if err := mixed.Censor(2); err == nil {
		t.Error("0 and 2 both mean none")
	}
}

// A column of 1 and 2, as older data sets have it, in a study with an empty group.
func TestLowerTakesOneFromEachCode(t *testing.T) {
	s := &survival.Study{}
	for i, code := range []int{2, 1, 2, 1} {
		if err := s.Group([]string{"a", "b"}[i/2]).Add(float64(i+1), code); err != nil {
			t.Fatal(err)
		}
	}
	s.Group("nobody yet")
	s.Lower()
	if !slices.Equal(s.Codes(), []int{0, 1}) {
		t.Errorf("codes %v", s.Codes())
	}
	for _, c := range curves(t, s)[:2] {
		if c.N != 2 || c.Events != 1 {
			t.Errorf("%s: %d events of %d", c.Group, c.Events, c.N)
		}
	}
}
