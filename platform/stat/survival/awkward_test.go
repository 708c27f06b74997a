package survival_test

import (
	"fmt"
	"math"
	"testing"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/stattest"
	"alongside/platform/stat/survival"
)

// years is a column of years with its square: the two say nearly the same.
func years(from float64) survival.CoxData {
	d := survival.CoxData{X: design.Matrix{Names: []string{"year", "square"}, Columns: make([][]float64, 2)}}
	for i := 1; i <= 210; i++ {
		d.Time = append(d.Time, float64(i%37+i*7%11+1))
		d.Event = append(d.Event, i%3 > 0)
		y := float64((i-1)%21) + from
		d.X.Columns[0] = append(d.X.Columns[0], y)
		d.X.Columns[1] = append(d.X.Columns[1], y*y)
	}
	return d
}

// R: coxph(Surv(t, e) ~ year + I(year^2)), the years from 2010 on.
func TestCoxOfColumnsThatSayNearlyTheSame(t *testing.T) {
	near0 := cox(t, years(-10), survival.CoxOptions{})
	fitted(t, "year", near0.Coefficients[0].Coef, "-.02726402369703546")
	fitted(t, "square", near0.Coefficients[1].Coef, ".00134426350678577")
	far := cox(t, years(2000), survival.CoxOptions{})
	fitted(t, "square, far", far.Coefficients[1].Coef, ".00134426350678577")
	fitted(t, "its SE", far.Coefficients[1].SE, ".00256483760192697")
	stattest.Same(t, "year, far", far.Coefficients[0].Coef, -.02726402369703546-4020*.00134426350678577, 1e-7, 0)
}

// Of a day number and its square a millionth is left, and the fit is what it is
// near 0: neither is it refused nor are digits lost.
func TestCoxOfColumnsThatSayTheSameButForAMillionth(t *testing.T) {
	near0 := cox(t, years(-10), survival.CoxOptions{Robust: true})
	for _, from := range []float64{2000, 40_000, 1_000_000} {
		far := cox(t, years(from), survival.CoxOptions{Robust: true})
		square, want := far.Coefficients[1], near0.Coefficients[1]
		stattest.Same(t, fmt.Sprint("square from ", from), square.Coef, want.Coef, 1e-8, 0)
		stattest.Same(t, fmt.Sprint("its SE from ", from), square.SE, want.SE, 1e-8, 0)
		stattest.Same(t, fmt.Sprint("likelihood from ", from), far.Ratio.Statistic, near0.Ratio.Statistic, 1e-8, 0)
	}
}

// Who is gone before the first event is in no risk set, whatever they weigh.
func TestCoxDoesNotHearWhoIsInNoRiskSet(t *testing.T) {
	d := years(-10)
	alone := cox(t, d, survival.CoxOptions{Robust: true})
	d.Time, d.Event = append(d.Time, 0), append(d.Event, false)
	d.X.Columns[0], d.X.Columns[1] = append(d.X.Columns[0], 1e10), append(d.X.Columns[1], -1e10)
	with := cox(t, d, survival.CoxOptions{Robust: true})
	for j, c := range alone.Coefficients {
		stattest.Same(t, c.Name, with.Coefficients[j].Coef, c.Coef, 1e-9, 0)
		stattest.Same(t, "its SE", with.Coefficients[j].SE, c.SE, 1e-9, 0)
	}
}

// R has the errors of two clusters, and no test of more coefficients than one.
func TestCoxWithFewClusters(t *testing.T) {
	d := coxData(t, "aml.csv", "time", "status", "1", nil, "=x")
	d.Cluster = make([]uint32, len(d.Time))
	if fit, err := survival.FitCox(d, survival.CoxOptions{}); err == nil {
		t.Errorf("one cluster: answered with an error of %g", fit.Coefficients[0].SE)
	}
	for i, v := range d.X.Columns[0] {
		d.Cluster[i] = uint32(v)
	}
	fit := cox(t, d, survival.CoxOptions{})
	fitted(t, "SE", fit.Coefficients[0].SE, ".0174428059083")
	if fit.Clusters != 2 {
		t.Errorf("%d clusters", fit.Clusters)
	}
	many := coxData(t, "lung.csv", "time", "status", "2", nil, "age", "sex", "ph.ecog")
	many.Cluster = make([]uint32, len(many.Time))
	for i, v := range many.X.Columns[1] {
		many.Cluster[i] = uint32(v) - 1
	}
	fit = cox(t, many, survival.CoxOptions{})
	fitted(t, "SE of age", fit.Coefficients[0].SE, ".00772162440184")
	if !math.IsNaN(fit.Wald.Statistic) {
		t.Errorf("three coefficients tested by two clusters: %+v", fit.Wald)
	}
}

// A group in which all went alike has no error to be judged by: R's is 0.
func TestRestrictedMeanWithoutSpread(t *testing.T) {
	s, err := survival.Collect([]float64{3, 3, 4, 4, 2, 5}, []bool{true, true, true, true, true, false}, []string{"a", "a", "b", "b", "c", "c"})
	if err != nil {
		t.Fatal(err)
	}
	c := curves(t, s)
	var m [3]survival.Restricted
	for i := range m {
		if m[i], err = c[i].RestrictedMean(3.5, stat.Level); err != nil {
			t.Fatal(err)
		}
	}
	near(t, "a", m[0].Value, "3")
	near(t, "b", m[1].Value, "3.5")
	if m[0].SE != 0 || !math.IsNaN(m[0].Lower) || !math.IsNaN(m[1].Upper) || math.IsNaN(m[2].Lower) {
		t.Errorf("%+v", m)
	}
	d, test := survival.CompareRestricted(m[0], m[2], stat.Level)
	if !math.IsNaN(d.Lower) || !math.IsNaN(test.P) || math.IsNaN(d.Value) {
		t.Errorf("compared to a group without spread: %+v %+v", d, test)
	}
}

// Where all had the one event there is, their share is certain: R has an error of
// 1e-17 there, and a sum of rounded steps one of 1e-9.
func TestShareOfAllHasNoError(t *testing.T) {
	s := &survival.Study{}
	for i := range 29 {
		if err := s.Group("all").Add(float64(i%13+1), 2); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Group("others").Add(2, 1); err != nil {
		t.Fatal(err)
	}
	g, err := s.Incidences()
	if err != nil {
		t.Fatal(err)
	}
	if last := g[0].At(13).Of[1]; last.SE != 0 || math.Abs(last.Value-1) > 1e-14 {
		t.Errorf("%+v", last)
	}
	near(t, "before", g[0].At(12).Of[1].SE, ".04705436133")
}

// R: survfit(Surv(t, factor(e)) ~ 1, conf.type = "plain") has 0 to 0 before the
// first event of a kind, where the log scale has NA.
func TestPlainLimitsOfNothing(t *testing.T) {
	s := &survival.Study{}
	for i, code := range []int{0, 1, 0, 1, 2, 2, 1} {
		if err := s.Group("all").Add(float64(i+1), code); err != nil {
			t.Fatal(err)
		}
	}
	g, err := s.Incidences()
	if err != nil {
		t.Fatal(err)
	}
	share := g[0].At(4).Of[1]
	if in := g[0].Limits(share, 4, limits(t, survival.Plain)); in.Lower != 0 || in.Upper != 0 {
		t.Errorf("plain: %+v", in)
	}
	if in := g[0].Limits(share, 4, limits(t, survival.Log)); !math.IsNaN(in.Lower) {
		t.Errorf("log: %+v", in)
	}
	near(t, "upper", g[0].Limits(g[0].At(5).Of[1], 5, limits(t, survival.Plain)).Upper, ".5697267")
}

// A time whose square is no number would poison the mean up to a time quietly.
func TestTimesBeyondNumbers(t *testing.T) {
	if _, err := survival.Collect([]float64{1, 1e151}, []bool{true, true}, nil); err == nil {
		t.Error("a time whose square is no number was taken")
	}
	d := survival.CoxData{Time: []float64{1, 2, 1e151}, Event: []bool{true, true, true}, X: design.Matrix{Names: []string{"x"}, Columns: [][]float64{{1, 3, 2}}}}
	if _, err := survival.FitCox(d, survival.CoxOptions{}); err == nil {
		t.Error("Cox took such a time")
	}
}
