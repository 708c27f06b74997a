package model_test

import (
	"fmt"
	"math"
	"testing"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/model"
	"alongside/platform/stat/stattest"
)

// R: summary(lm(y ~ x)), confint.
func TestNorrisInFull(t *testing.T) {
	d := stattest.Load(t, "norris.csv")
	m := linear(t, d.Numbers("y"), build(t, []string{"x"}, design.Numeric("x", d.Numbers("x"))))
	near(t, "adjusted R²", m.AdjR2, "0.99999356193912")
	for i, want := range [][4]string{
		{"-1.1267290749864", "2.6774674233305e-01", "-0.73546665210168", "0.21082050455345"},
		{"2331.6057858904364", "4.6540408524736e-90", "1.00124336573558", "1.00299027030533"},
	} {
		one := m.Terms[i]
		near(t, one.Name+" t", one.T, want[0])
		near(t, one.Name+" p", one.P, want[1])
		near(t, one.Name+" lower", one.Lower, want[2])
		near(t, one.Name+" upper", one.Upper, want[3])
	}
	if m.N != 36 || m.DF != 34 || m.DF2 != 34 || m.F.DF != 1 || m.Clusters != 0 || len(m.Residual) != 36 {
		t.Errorf("%d rows, %g and %g on %g", m.N, m.DF, m.DF2, m.F.DF)
	}
	l := stattest.Load(t, "longley.csv")
	var columns []design.Column
	for _, name := range longleyColumns {
		columns = append(columns, design.Numeric(name, l.Numbers(name)))
	}
	m = linear(t, l.Numbers("Employed"), build(t, longleyColumns, columns...))
	near(t, "adjusted R²", m.AdjR2, "0.99246500762883")
	near(t, "F", m.F.Statistic, "330.28533923459")
	near(t, "its p", m.F.P, "4.9840305287249e-10")
}

// R: summary(glm(case ~ spontaneous + induced, binomial)), confint.default.
func TestInfertInFull(t *testing.T) {
	d := stattest.Load(t, "infert.csv")
	var happened []bool
	for _, v := range d.Numbers("case") {
		happened = append(happened, v == 1)
	}
	x := build(t, []string{"spontaneous", "induced"},
		design.Numeric("spontaneous", d.Numbers("spontaneous")), design.Numeric("induced", d.Numbers("induced")))
	m, err := model.FitLogistic(happened, x, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][4]string{
		{"0.26770948368823", "1.7763493479062e-10", "-2.232561017708514", "-1.18315912501103"},
		{"0.21164328462721", "1.5430066449437e-08", "0.782391819853983", "1.61201825073217"},
		{"0.20562745649713", "4.2008924154459e-02", "0.015106986080829", "0.82115180401473"},
	} {
		one := m.Terms[i]
		fitted(t, one.Name+" SE", one.SE, want[0])
		fitted(t, one.Name+" p", one.P, want[1])
		fitted(t, one.Name+" lower", one.Lower, want[2])
		fitted(t, one.Name+" upper", one.Upper, want[3])
	}
	near(t, "null deviance", m.Null, "316.1711108164")
	for i, want := range []string{"0.75113585597738", "0.21589840013948", "0.29492121795343"} {
		fitted(t, "fitted", m.Fitted[i], want)
	}
	if m.N != 248 || m.Events != 83 {
		t.Errorf("%d of %d", m.Events, m.N)
	}
	if _, err := model.FitLogistic(happened[:9], x, 0); err == nil {
		t.Error("nine outcomes of 248 rows were taken")
	}
}

// panel is two groups over four periods, two rows for each.
func panel() model.Panel {
	p := model.Panel{From: 3, Outcome: []float64{3.1, 2.7, 4.4, 3.9, 5.2, 4.8, 7.9, 8.3, 2.2, 2.9, 3.1, 2.5, 3.6, 3.3, 4.1, 4.6}}
	for i := range p.Outcome {
		p.Treated, p.Period = append(p.Treated, i < 8), append(p.Period, float64(i/2%4+1))
	}
	return p
}

// R: summary(lm(y ~ treated * after)), and lm(y ~ treated * period) before.
func TestDiffInDiffInFull(t *testing.T) {
	d, err := model.DiffInDiff(panel(), 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "effect", d.Effect.Value, "1.800")
	near(t, "SE", d.Effect.SE, "1.04103314068285")
	near(t, "t", d.Effect.T, "1.7290515831411")
	near(t, "p", d.Effect.P, "0.10941507602257677")
	near(t, "lower", d.Effect.Lower, "-0.46821636302856")
	near(t, "slopes before", d.Trend.Value, "1")
	near(t, "their SE", d.Trend.SE, "0.56124860801609")
	near(t, "their p", d.Trend.P, "0.149380794629617")
	for g, want := range [2][2]string{{"2.675", "3.9"}, {"3.525", "6.55"}} {
		for after := range want {
			near(t, "mean", d.Cells[g][after], want[after])
			if d.Counts[g][after] != 4 {
				t.Errorf("%d rows", d.Counts[g][after])
			}
		}
	}
	if d.Before != 2 || len(d.Periods) != 4 {
		t.Fatalf("%d before, %d periods", d.Before, len(d.Periods))
	}
	last := d.Periods[3]
	near(t, "treated last", last.Treated, "8.1")
	near(t, "others last", last.Other, "4.35")
	if last.Period != 4 || last.ThoseN != 2 || last.OtherN != 2 {
		t.Errorf("%+v", last)
	}
	four := model.Panel{From: 2, Outcome: []float64{1, 2, 3, 7}, Treated: []bool{false, false, true, true}, Period: []float64{1, 2, 1, 2}}
	d, err = model.DiffInDiff(four, 0)
	if err != nil || d.Effect.Value != 3 || !math.IsNaN(d.Effect.SE) || !math.IsNaN(d.Effect.Lower) || d.Trend != nil {
		t.Errorf("%+v %v", d, err)
	}
	late := panel()
	late.From = 4
	if d, err = model.DiffInDiff(late, 0); err != nil || d.Before != 3 || d.Counts != [2][2]int{{6, 2}, {6, 2}} {
		t.Errorf("from the fourth period: %+v %v", d, err)
	}
	late.From = 9
	if _, err := model.DiffInDiff(late, 0); err == nil {
		t.Error("nobody after the change")
	}
	late.From = 1
	if _, err := model.DiffInDiff(late, 0); err == nil {
		t.Error("nobody before the change")
	}
	late = panel()
	late.Treated = late.Treated[1:]
	if _, err := model.DiffInDiff(late, 0); err == nil {
		t.Error("a row without a group")
	}
}

// The toy of DOMAIN.md, section 9: what it does not list, by hand in R.
func TestWeighingInFull(t *testing.T) {
	score, y := []float64{.8, .6, .4, .2, .7, .3}, []float64{10, 8, 9, 5, 7, 4}
	treated := []bool{true, true, true, false, false, false}
	all, _ := model.Weights(score, treated, model.Everybody)
	c, _ := model.Compare(y, treated, all, model.Everybody)
	near(t, "ESS of the others", c.ESSOther, "2.4562966530219")
	b, err := model.Balance(build(t, []string{"y"}, design.Numeric("y", y)), treated, all)
	if err != nil || len(b) != 1 {
		t.Fatal(b, err)
	}
	near(t, "before", b[0].Before, "2.8401877872188")
	near(t, "after", b[0].After, "2.3639062099395")
	those, _ := model.Weights(score, treated, model.Treated)
	c, _ = model.Compare(y, treated, those, model.Treated)
	near(t, "Horvitz–Thompson of the treated", c.HorvitzThompson, "2.5674603174603")
	near(t, "Hájek of the treated", c.Hajek, "2.5928853754941")
	near(t, "ESS of their others", c.ESSOther, "1.5941274624561")
	near(t, "ESS of the treated", c.ESSTreated, "3")
	for what, err := range map[string]error{
		"a score of 0":      second(model.Weights([]float64{0, .5}, []bool{true, false}, model.Everybody)),
		"a target of none":  second(model.Weights(score, treated, "some")),
		"uneven":            second(model.Weights(score[1:], treated, model.Everybody)),
		"nobody without it": second(model.Compare(y, []bool{true, true, true, true, true, true}, all, model.Everybody)),
		"nobody with it":    second(model.Compare(y, make([]bool, 6), all, model.Everybody)),
		"uneven weights":    second(model.Compare(y, treated, all[1:], model.Everybody)),
		"one with it":       second(model.Balance(build(t, []string{"y"}, design.Numeric("y", y[2:])), treated[2:], all[2:])),
		"balance of others": second(model.Balance(build(t, []string{"y"}, design.Numeric("y", y)), treated[1:], all)),
	} {
		if err == nil {
			t.Errorf("%s: answered", what)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// Where subjects do not differ the model is an ordinary regression, with its
// degrees of freedom; where slopes lie at their edge there are none to be had.
func TestSpreadsAtTheirEdge(t *testing.T) {
	var d model.MixedData
	var x []float64
	for i := range 24 {
		x = append(x, float64(i%4))
		d.Group = append(d.Group, uint32(i/4))
		d.Y = append(d.Y, float64(2*(i%4))+[]float64{1, -1, 1, -1, -1, 1, -1, 1}[i%8]) // each subject has the same mean
	}
	d.X = build(t, []string{"x"}, design.Numeric("x", x))
	for _, ml := range []bool{false, true} {
		m := mixed(t, d, ml)
		if !m.Singular || m.Normal || m.Fixed[1].DF != 22 || !(m.SDIntercept < 1e-3) || !math.IsNaN(m.SDSlope) || !math.IsNaN(m.Correlation) {
			t.Errorf("ml %v: %+v", ml, m)
		}
		plain, share := linear(t, d.Y, d.X), 1.0
		if ml {
			share = math.Sqrt(22. / 24) // of what is left ML takes the mean over all rows
		}
		stattest.Same(t, "slope", m.Fixed[1].Value, plain.Terms[1].Value, 1e-9, 0)
		stattest.Same(t, "its error", m.Fixed[1].SE, share*plain.Terms[1].SE, 1e-7, 0)
	}
	d.Slope = x
	m := mixed(t, d, false)
	if !m.Singular || !math.IsInf(m.Fixed[1].DF, 1) || m.Groups != 6 || m.N != 24 {
		t.Errorf("slopes: %+v", m)
	}
}

func TestMixedRefuses(t *testing.T) {
	y, x := []float64{1, 3, 2, 5, 4, 7}, []float64{0, 1, 2, 0, 1, 2}
	m := build(t, []string{"x"}, design.Numeric("x", x))
	for what, d := range map[string]model.MixedData{
		"one subject":              {Y: y, X: m, Group: make([]uint32, 6)},
		"as many subjects as rows": {Y: y, X: m, Group: []uint32{0, 1, 2, 3, 4, 5}},
		"slopes of half the rows":  {Y: y, X: m, Group: []uint32{0, 0, 1, 1, 2, 2}, Slope: x},
		"uneven":                   {Y: y[1:], X: m, Group: make([]uint32, 6)},
		"a group too few":          {Y: y, X: m, Group: make([]uint32, 5)},
		"a slope too few":          {Y: y, X: m, Group: []uint32{0, 0, 0, 1, 1, 1}, Slope: x[1:]},
		"a slope that stays":       {Y: y, X: m, Group: []uint32{0, 0, 0, 1, 1, 1}, Slope: make([]float64, 6)},
		"no number":                {Y: []float64{1, 3, math.NaN(), 5, 4, 7}, X: m, Group: []uint32{0, 0, 0, 1, 1, 1}},
		"exact":                    {Y: []float64{0, 2, 4, 0, 2, 4}, X: m, Group: []uint32{0, 0, 0, 1, 1, 1}},
	} {
		if fit, err := model.FitMixed(d, model.MixedOptions{}); err == nil {
			t.Errorf("%s: %+v", what, fit)
		}
	}
}

func TestMixedAtOtherLevels(t *testing.T) {
	y := []float64{1, 3, 2, 5, 4, 7}
	m := build(t, []string{"x"}, design.Numeric("x", []float64{0, 1, 2, 0, 1, 2}))
	if _, err := model.FitMixed(model.MixedData{Y: y, X: m, Group: []uint32{0, 0, 0, 1, 1, 1}}, model.MixedOptions{Level: 1.5}); err == nil {
		t.Error("a level of 1.5")
	}
	d := model.MixedData{Y: y, X: m, Group: []uint32{0, 0, 0, 1, 1, 1}}
	wide, narrow := mixed(t, d, false), model.MixedOptions{Level: .5}
	half, err := model.FitMixed(d, narrow)
	if err != nil {
		t.Fatal(err)
	}
	d.Group = []uint32{4, 4, 4, 1, 1, 1} // numbers of subjects may have gaps
	gaps := mixed(t, d, false)
	stattest.Same(t, "criterion", gaps.Criterion, wide.Criterion, 1e-12, 0)
	if gaps.Groups != 2 {
		t.Errorf("%d subjects", gaps.Groups)
	}
	reach := half.Fixed[1].Upper - half.Fixed[1].Value
	near(t, "half a level", reach/half.Fixed[1].SE, fmt.Sprint(stat.TAt(.5, half.Fixed[1].DF)))
	near(t, "the usual level", (wide.Fixed[1].Upper-wide.Fixed[1].Value)/wide.Fixed[1].SE, fmt.Sprint(stat.TAt(.95, wide.Fixed[1].DF)))
}
