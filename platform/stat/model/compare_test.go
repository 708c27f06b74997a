package model_test

import (
	"testing"

	"alongside/platform/stat/design"
	"alongside/platform/stat/model"
	"alongside/platform/stat/stattest"

	"pgregory.net/rapid"
)

func TestInfert(t *testing.T) {
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
	for i, want := range []string{"-1.707860071", "1.197205035", ".418129395"} {
		stattest.Near(t, m.Terms[i].Name, m.Terms[i].Value, want, stattest.Fitted)
	}
	stattest.Near(t, "deviance", m.Deviance, "279.611978834", stattest.Fitted)
}

func TestWeighing(t *testing.T) {
	score := []float64{.8, .6, .4, .2, .7, .3}
	treated := []bool{true, true, true, false, false, false}
	w, err := model.Weights(score, treated, model.Everybody)
	if err != nil {
		t.Fatal(err)
	}
	c, err := model.Compare([]float64{10, 8, 9, 5, 7, 4}, treated, w, model.Everybody)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Horvitz–Thompson", c.HorvitzThompson, "2.17261904762")
	near(t, "Hájek", c.Hajek, "3.05178979436")
	near(t, "ESS", c.ESSTreated, "2.77049180328")
}

// With the true scores of a stratified draw, weighting makes strata even.
func TestWeightsBalance(t *testing.T) {
	var score, x []float64
	var treated []bool
	add := func(stratum, e float64, yes, no int) {
		for i := range yes + no {
			score, x, treated = append(score, e), append(x, stratum), append(treated, i < yes)
		}
	}
	add(0, .25, 10, 30)
	add(1, .75, 30, 10)
	for _, target := range []model.Target{model.Everybody, model.Treated} {
		w, err := model.Weights(score, treated, target)
		if err != nil {
			t.Fatal(err)
		}
		b, err := model.Balance(build(t, []string{"x"}, design.Numeric("x", x)), treated, w)
		if err != nil {
			t.Fatal(err)
		}
		if b[0].Before < 1 || b[0].After > 1e-12 || b[0].After < -1e-12 {
			t.Errorf("%s: %+v", target, b)
		}
	}
	if _, err := model.Weights([]float64{1, .5}, []bool{true, false}, model.Everybody); err == nil {
		t.Error("a score of 1 was taken")
	}
}

func TestCardKruegerMeans(t *testing.T) {
	near(t, "effect", model.DiffInDiffMeans(20.44, 21.03, 23.33, 21.17), "2.75")
}

func TestDiffInDiffIsOfMeans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p model.Panel
		for i := range rapid.IntRange(8, 40).Draw(t, "n") {
			p.Outcome = append(p.Outcome, rapid.Float64Range(-10, 10).Draw(t, "y"))
			p.Treated = append(p.Treated, i%2 == 0)
			p.Period = append(p.Period, float64(i/2%4))
		}
		p.From = 2
		d, err := model.DiffInDiff(p, 0)
		if err != nil {
			return
		}
		want := model.DiffInDiffMeans(d.Cells[1][0], d.Cells[1][1], d.Cells[0][0], d.Cells[0][1])
		if off := d.Effect.Value - want; off > 1e-9 || off < -1e-9 {
			t.Fatalf("%v, from means %v", d.Effect.Value, want)
		}
		if d.Before != 2 || d.Trend == nil && len(p.Outcome) > 16 {
			t.Fatalf("%d periods before, trend %v", d.Before, d.Trend)
		}
	})
}

func TestSeparationIsRefused(t *testing.T) {
	x := build(t, []string{"x"}, design.Numeric("x", []float64{1, 2, 3, 4, 5, 6}))
	if _, err := model.FitLogistic([]bool{false, false, false, true, true, true}, x, 0); err == nil {
		t.Error("a column that separates was answered")
	}
	if _, err := model.FitLogistic(make([]bool, 6), x, 0); err == nil {
		t.Error("an outcome that never happened was answered")
	}
}
