package oracle

import (
	"math"
	"slices"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/model"
)

func (w *world) pairs(set int) {
	d := w.measured[set]
	for key, test := range map[string]func(a, b []float64, level float64) (stat.TTest, error){"paired": stat.PairedT, "welch": stat.WelchT} {
		r, err := test(d.a, d.b, stat.Level)
		if err != nil {
			w.refused(set, key, err)
			continue
		}
		w.same(set, key, closed, 1e-9, r.Statistic, r.DF, r.P, r.Difference.Lower, r.Difference.Upper)
	}
	r, err := stat.SignedRank(d.a, d.b, stat.Level)
	if err != nil {
		w.refused(set, "signed", err)
		return
	}
	w.same(set, "signed", closed, 0, r.V, r.P())
	w.same(set, "signed.plain", closed, 0, r.Plain)
	if math.IsNaN(r.Exact) {
		w.same(set, "signed.normal", fitted, 1e-9, r.MedianEnds.Lower, r.MedianEnds.Upper)
	}
	w.same(set, "signed.ci", closed, 0, r.Median, r.MedianEnds.Lower, r.MedianEnds.Upper)
}

func (w *world) counts(set int) {
	d := w.measured[set]
	wilson, _ := stat.Wilson(d.x1, d.n1, stat.Level)
	w.same(set, "wilson", closed, 1e-15, wilson.Lower, wilson.Upper)
	apart, _ := stat.Newcombe(d.x1, d.n1, d.x2, d.n2, stat.Level)
	w.same(set, "newcombe", closed, 1e-14, apart.Lower, apart.Upper)
	exact, _ := stat.ClopperPearson(d.x1, d.n1, stat.Level)
	w.same(set, "exact", closed, 0, exact.Lower, exact.Upper)
	t, err := stat.Groups(d.x1, d.n1, d.x2, d.n2)
	if err != nil {
		w.Fatal(err)
	}
	w.same(set, "fisher", closed, 0, t.Fisher())
	if chi, err := t.ChiSquared(false); err == nil {
		yates, _ := t.ChiSquared(true)
		w.same(set, "chisq", closed, 1e-12, chi.Statistic)
		w.same(set, "yates", closed, 0, yates.P)
	} else {
		w.refused(set, "chisq", err)
	}
	if m, err := stat.McNemar(d.x1, d.x2); err == nil && d.x1 != d.x2 {
		w.same(set, "mcnemar", closed, 0, m.Statistic, m.Corrected.P, m.Exact)
	}
	if r, err := stat.CompareRates(d.x1, float64(d.n1), d.x2, float64(d.n2), stat.Level); err == nil {
		w.same(set, "poisson", closed, 0, r.Value, r.P, r.Lower, r.Upper)
	} else {
		w.refused(set, "poisson", err)
	}
	q, _ := stat.BenjaminiHochberg(d.p)
	w.same(set, "bh", closed, 0, q...)
}

func (w *world) matrix(d measured, terms ...string) design.Matrix {
	x, err := design.Model{Terms: terms, Intercept: true}.Build([]design.Column{
		design.Numeric("b", d.b), design.Numeric("z", d.z), design.Factor("f", d.f),
	})
	if err != nil {
		w.Fatal(err)
	}
	return x
}

func (w *world) linear(set int) {
	d := w.measured[set]
	if !w.has(set, "lm") {
		return
	}
	x := w.matrix(d, "b", "z", "f")
	fit, err := model.FitLinear(d.a, x, model.LinearOptions{})
	if err != nil {
		w.refused(set, "lm", err)
		return
	}
	var coef, se, p []float64
	for _, t := range fit.Terms {
		coef, se, p = append(coef, t.Value), append(se, t.SE), append(p, t.P)
	}
	// R does not refine its solution, so it is off where columns lie far out
	w.same(set, "lm", fitted, 1e-9*slices.Max(se), coef...)
	w.same(set, "lm.se", fitted, 0, se...)
	w.same(set, "lm.p", 1e-6, 1e-12, p...)
	w.same(set, "lm.fit", fitted, 1e-9, fit.Sigma, fit.R2, fit.AdjR2, fit.F.Statistic)
	// where columns lie 1e6 from 0, R's own sandwich is good to 1e-3 only
	if !w.has(set, "lm.cluster") || set%5 == 1 {
		return
	}
	fit, err = model.FitLinear(d.a, x, model.LinearOptions{Cluster: d.g})
	if err != nil {
		w.refused(set, "lm.cluster", err)
		return
	}
	for i, t := range fit.Terms {
		se[i] = t.SE
	}
	w.same(set, "lm.cluster", fitted, 1e-9*slices.Max(se), se...)
	w.same(set, "lm.wald", 1e-6, 1e-12, fit.F.Statistic, fit.F.P)
}

func (w *world) logistic(set int) {
	d := w.measured[set]
	if !w.has(set, "glm") {
		return
	}
	fit, err := model.FitLogistic(d.yes, w.matrix(d, "z", "f"), stat.Level)
	coef := w.r[set]["glm"]
	far := slices.ContainsFunc(coef, func(v float64) bool { return math.IsNaN(v) || math.Abs(v) > 12 })
	if err != nil {
		if !far && w.r[set]["glm.warned"][0] == 0 {
			w.refused(set, "glm", err)
		}
		return
	}
	// far out and still finite: one group's outcomes cross, so the slope has an end
	if slices.ContainsFunc(coef, math.IsNaN) || w.r[set]["glm.warned"][0] == 1 {
		w.Errorf("set %d: logistic regression answered %v, R has %v", set, fit.Terms, coef)
		return
	}
	var value, se []float64
	for _, t := range fit.Terms {
		value, se = append(value, t.Value), append(se, t.SE)
	}
	w.same(set, "glm", fitted, 1e-8, value...)
	w.same(set, "glm.se", fitted, 0, se...)
	w.same(set, "glm.dev", fitted, 0, fit.Deviance, fit.Null)
}

// groups compares the groups of f in a, in the order of their names.
func (w *world) groups(set int) {
	d := w.measured[set]
	names := slices.Clone(d.f)
	slices.Sort(names)
	names = slices.Compact(names)
	groups := make([][]float64, len(names))
	for i, v := range d.a {
		k := slices.Index(names, d.f[i])
		groups[k] = append(groups[k], v)
	}
	if k, err := stat.KruskalWallis(groups...); err == nil {
		w.same(set, "kruskal", closed, 1e-12, k.Statistic, k.P)
	} else {
		w.refused(set, "kruskal", err)
	}
	if !w.has(set, "aov") {
		return
	}
	a, err := stat.OneWay(groups...)
	if err != nil {
		w.refused(set, "aov", err)
		return
	}
	w.same(set, "aov", 1e-8, 1e-10, a.F, a.P)
	pairs, err := a.Tukey(stat.Level)
	if err != nil {
		w.Fatal(err)
	}
	var diff, p []float64
	for _, pair := range pairs {
		diff, p = append(diff, pair.Difference.Value), append(p, pair.P)
	}
	// R's ptukey is off by up to 1.5e-5 with three degrees of freedom; ours
	// agrees with the integral done by R's integrate (dist.TestRangeOfThree)
	w.same(set, "tukey", 1e-6, 2e-5, append(diff, p...)...)
}
