package model_test

import (
	"math"
	"testing"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/model"
	"alongside/platform/stat/stattest"
)

// A column of years or of day numbers lies far from 0. The model is the same.
func TestMixedDoesNotSeeTheOriginOfTheSlope(t *testing.T) {
	for _, far := range []float64{2015, 20000, 1e6} {
		d := sleepstudy(t)
		shifted := make([]float64, len(d.Slope))
		for i, v := range d.Slope {
			shifted[i] = v + far
		}
		d.Slope, d.X = shifted, build(t, []string{"Days"}, design.Numeric("Days", shifted))
		m := mixed(t, d, false)
		stattest.Same(t, "SE", m.Fixed[1].SE, 1.5457889, 1e-6, 0)
		stattest.Same(t, "df", m.Fixed[1].DF, 17, 1e-5, 0)
		stattest.Same(t, "SD of slopes", m.SDSlope, 5.9221333, 1e-6, 0)
		fitted(t, "criterion", m.Criterion, "1743.62827196")
		if m.Singular || m.Normal {
			t.Errorf("from %g: singular %v, normal %v", far, m.Singular, m.Normal)
		}
	}
}

// subjects are eight people measured five times, who differ a hundred times as
// much as the noise; scale makes the noise smaller.
func subjects(t *testing.T, scale float64) model.MixedData {
	noise := []float64{.3, -1.2, .8, .1, -.4, 1.5, -.7, .2, .9, -1.1, -.3, .6, .4, -.9, 1.3, -.2}
	levels := []float64{61, -80, 15, 122, -34, 7, -145, 90}
	var d model.MixedData
	var x []float64
	for i := range 40 {
		x = append(x, float64(i%5))
		d.Group = append(d.Group, uint32(i/5))
		d.Y = append(d.Y, levels[i/5]+x[i]+scale*noise[(i*i+3*i)%16])
	}
	d.X = build(t, []string{"x"}, design.Numeric("x", x))
	return d
}

// The error of the slope comes from what is left within people, and shrinks with
// it, however much people differ.
func TestMixedKeepsSmallErrorsBesideLargeSpreads(t *testing.T) {
	one := mixed(t, subjects(t, 1), false)
	for _, scale := range []float64{1e-2, 1e-4, 1e-6} {
		m := mixed(t, subjects(t, scale), false)
		stattest.Same(t, "SE", m.Fixed[1].SE/scale, one.Fixed[1].SE, 1e-6, 0)
		stattest.Same(t, "sigma", m.Sigma/scale, one.Sigma, 1e-6, 0)
		stattest.Same(t, "df", m.Fixed[1].DF, 31, 1e-4, 0)
	}
	if _, err := model.FitMixed(subjects(t, 0), model.MixedOptions{}); err == nil {
		t.Error("data that meet the model exactly were answered")
	}
}

// Where the slope's column never changes within anybody, nobody's slope is seen.
func TestMixedRefusesASlopeNobodyShows(t *testing.T) {
	d := subjects(t, 1)
	for i := range d.Y {
		d.Slope = append(d.Slope, float64(i/20))
	}
	if m, err := model.FitMixed(d, model.MixedOptions{}); err == nil {
		t.Errorf("answered %+v", m)
	}
}

// R: sandwich::vcovCL(type = "HC1"), and Wald's F of the same by hand.
func TestWaldByCluster(t *testing.T) {
	d := stattest.Load(t, "orthodont.csv")
	x := build(t, []string{"age*Sex"}, design.Numeric("age", d.Numbers("age")), design.Factor("Sex", d.Text("Sex")))
	m, err := model.FitLinear(d.Numbers("distance"), x, model.LinearOptions{Cluster: design.Factor("s", d.Text("Subject")).Codes})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "F", m.F.Statistic, "48.2012241578320")
	near(t, "p", m.F.P, "9.27482985650548e-11")
	near(t, "df", m.DF2, "26")
}

// Two sites, one with the change and one without: within each, what the four
// means leave adds up to 0, and an error of 0 is no error.
func TestClustersThatCancelAreRefused(t *testing.T) {
	p := model.Panel{
		Outcome: []float64{.1, .7, 4.13, 5.3, 1.9, 3.37, 2.2, 5.71}, Period: []float64{1, 1, 2, 2, 1, 1, 2, 2}, From: 2,
		Treated: []bool{true, true, true, true, false, false, false, false}, Cluster: []uint32{0, 0, 0, 0, 1, 1, 1, 1},
	}
	if d, err := model.DiffInDiff(p, stat.Level); err == nil {
		t.Errorf("answered with an error of %g", d.Effect.SE)
	}
	p.Cluster = nil
	if d, err := model.DiffInDiff(p, stat.Level); err != nil || !(d.Effect.SE > 0.1) {
		t.Errorf("without clusters: %+v %v", d, err)
	}
	// where a third of each is left, rounding leaves 1e-17 of an error
	sites := build(t, []string{"site"}, design.Factor("site", []string{"a", "a", "a", "b", "b", "b", "c", "c", "c"}))
	third := []float64{.1, .2, .43, .3, .35, .9, 1.7, .61, .07}
	if m, err := model.FitLinear(third, sites, model.LinearOptions{Cluster: []uint32{0, 0, 0, 1, 1, 1, 2, 2, 2}}); err == nil {
		t.Errorf("sites by sites: answered with an error of %g", m.Terms[1].SE)
	}
	// as many terms as clusters: each has its error, together they are not tested
	y := []float64{3, 1, 4, 1, 5, 9, 2, 6, 5, 3}
	a, b := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 12}, []float64{2, 7, 1, 8, 2, 8, 1, 8, 2, 9}
	x := build(t, []string{"a", "b"}, design.Numeric("a", a), design.Numeric("b", b))
	m, err := model.FitLinear(y, x, model.LinearOptions{Cluster: []uint32{0, 0, 0, 0, 0, 1, 1, 1, 1, 1}})
	if err != nil || !math.IsNaN(m.F.Statistic) || !(m.Terms[1].SE > 0) {
		t.Errorf("%+v %v", m, err)
	}
}

// What next to nothing is explained has digits too.
func TestWeakR2(t *testing.T) {
	var x, y []float64
	for i := range 40 {
		x = append(x, float64(2*(i%2)-1))
		y = append(y, []float64{1, -1, -1, 1}[i%4]+1e-5*x[i])
	}
	m := linear(t, y, build(t, []string{"x"}, design.Numeric("x", x)))
	stattest.Same(t, "R²", m.R2, 1e-10/(1+1e-10), 1e-9, 0)
	stattest.Same(t, "F", m.F.Statistic, 38e-10, 1e-9, 0)
}

// A unit is somebody's choice: hours or centuries, the model is the same one. Where
// an error runs out of the range of numbers there is no answer, and no search
// without an end.
func TestMixedInAnyUnit(t *testing.T) {
	one := mixed(t, subjects(t, 1), false)
	for _, unit := range []float64{1e-140, 1e-100, 1e100, 1e140} {
		m := mixed(t, inUnit(t, unit), false)
		stattest.Same(t, "slope", m.Fixed[1].Value*unit, one.Fixed[1].Value, 1e-9, 0)
		stattest.Same(t, "df", m.Fixed[1].DF, one.Fixed[1].DF, 1e-6, 0)
		stattest.Same(t, "p", m.Fixed[1].P, one.Fixed[1].P, 1e-6, 0)
	}
	for _, unit := range []float64{1e-200, 1e-300} {
		if m, err := model.FitMixed(inUnit(t, unit), model.MixedOptions{}); err == nil {
			t.Errorf("unit %g: %+v", unit, m.Fixed)
		}
		d := inUnit(t, unit)
		if m, err := model.FitLinear(d.Y, d.X, model.LinearOptions{}); err == nil {
			t.Errorf("unit %g: %+v", unit, m.Terms)
		}
	}
}

func inUnit(t *testing.T, unit float64) model.MixedData {
	d := subjects(t, 1)
	x := make([]float64, len(d.Y))
	for i, v := range d.X.Columns[1] {
		x[i] = v * unit
	}
	d.X = build(t, []string{"x"}, design.Numeric("x", x))
	return d
}
