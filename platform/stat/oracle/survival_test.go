package oracle

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/stattest"
	"alongside/platform/stat/survival"
)

const closed, fitted = stattest.Closed, stattest.Fitted

func (w *world) study(d watched) *survival.Study {
	s := &survival.Study{}
	for i, t := range d.time {
		if err := s.Group(d.group[i]).Add(t, d.cause[i]); err != nil {
			w.Fatal(err)
		}
	}
	return s
}

func (w *world) curves(set int) {
	curves, err := w.study(w.watched[set]).Curves()
	if err != nil {
		w.Fatal(err)
	}
	var time, risk, events, share, se []float64
	for _, scale := range []survival.Scale{survival.Log, survival.LogLog, survival.Plain} {
		l, _ := survival.NewLimits(scale, stat.Level)
		var lower, upper, median []float64
		time, risk, events, share, se = nil, nil, nil, nil, nil
		for _, c := range curves {
			for i := range c.Len() {
				p := c.Step(i, l)
				lower, upper = append(lower, p.Lower), append(upper, p.Upper)
				time, risk = append(time, p.Time), append(risk, float64(p.AtRisk))
				events, share, se = append(events, float64(p.Events)), append(share, p.Survival), append(se, p.SE)
			}
			m := c.Median(l)
			median = append(median, m.Value, m.Lower, m.Upper)
		}
		w.same(set, string(scale)+".lower", closed, 1e-15, lower...)
		w.same(set, string(scale)+".upper", closed, 1e-15, upper...)
		w.same(set, string(scale)+".median", closed, 0, median...)
	}
	w.same(set, "time", 1e-15, 0, time...)
	w.same(set, "risk", 0, 0, risk...)
	w.same(set, "events", 0, 0, events...)
	w.same(set, "survival", closed, 1e-15, share...)
	w.same(set, "se", closed, 1e-15, se...)
	w.restricted(set, curves)
}

func (w *world) restricted(set int, curves []*survival.Curve) {
	if !w.has(set, "tau") {
		return
	}
	var mean, se []float64
	for _, c := range curves {
		m, err := c.RestrictedMean(w.r[set]["tau"][0], stat.Level)
		if err != nil {
			w.refused(set, "rmst", err)
			return
		}
		mean, se = append(mean, m.Value), append(se, m.SE)
	}
	w.same(set, "rmst", closed, 0, mean...)
	w.same(set, "rmst.se", closed, 1e-14*slices.Max(mean), se...)
}

func (w *world) tests(set int) {
	s := w.study(w.watched[set])
	for rho := range 2 {
		r, err := s.LogRank(float64(rho))
		key := fmt.Sprint("chisq", rho)
		if err != nil {
			w.refused(set, key, err)
			continue
		}
		var observed, expected []float64
		for _, g := range r.Groups {
			observed, expected = append(observed, g.Observed), append(expected, g.Expected)
		}
		w.same(set, key, closed, 1e-12, r.Statistic)
		w.same(set, fmt.Sprint("df", rho), 0, 0, r.DF)
		w.same(set, fmt.Sprint("obs", rho), closed, 1e-12, observed...)
		w.same(set, fmt.Sprint("exp", rho), closed, 1e-12, expected...)
	}
}

func (w *world) incidence(set int) {
	groups, err := w.study(w.watched[set]).Incidences()
	if err != nil {
		w.refused(set, "cif1", err)
		return
	}
	l, _ := survival.NewLimits(survival.Log, stat.Level)
	plain, _ := survival.NewLimits(survival.Plain, stat.Level)
	for k := range groups[0].Causes {
		var share, se, lower, low, high []float64
		times := w.r[set]["cif.time"]
		for i, rows := range w.r[set]["cif.rows"] {
			g := groups[i]
			for _, t := range times[:int(rows)] {
				s := g.At(t)
				share, se = append(share, s.Of[k].Value), append(se, s.Of[k].SE)
				lower = append(lower, g.Limits(s.Of[k], t, l).Lower)
				in := g.Limits(s.Of[k], t, plain)
				low, high = append(low, in.Lower), append(high, in.Upper)
			}
			times = times[int(rows):]
		}
		w.same(set, fmt.Sprint("cif", k+1), closed, 1e-14, share...)
		w.same(set, fmt.Sprint("cif.se", k+1), closed, 1e-15, se...)
		w.same(set, fmt.Sprint("cif.lower", k+1), closed, 1e-15, lower...)
		w.same(set, fmt.Sprint("cif.plain", k+1), closed, 1e-15, append(low, high...)...)
	}
}

func (w *world) cox(set int) {
	d := w.watched[set]
	x, err := design.Model{Terms: []string{"x1", "x2", "x3"}}.Build([]design.Column{
		design.Numeric("x1", d.x1), design.Numeric("x2", d.x2), design.Factor("x3", d.x3),
	})
	if err != nil {
		return
	}
	data := survival.CoxData{Time: d.time, X: x, Event: make([]bool, len(d.time))}
	for i, cause := range d.cause {
		data.Event[i] = cause > 0
	}
	for _, ties := range []survival.Ties{survival.Efron, survival.Breslow} {
		fit, err := survival.FitCox(data, survival.CoxOptions{Ties: ties})
		if err != nil {
			w.unanswered(set, string(ties), x, err)
			continue
		}
		if w.r[set][string(ties)+".warned"][0] == 1 {
			w.Errorf("set %d %s: answered %v, but R warned", set, ties, fit.Coefficients)
			continue
		}
		w.model(set, string(ties), fit)
		data.Cluster = nil
		fit, err = survival.FitCox(data, survival.CoxOptions{Ties: ties, Robust: true})
		w.errors(set, string(ties)+".robust", fit, err)
		data.Cluster = d.cluster
		fit, err = survival.FitCox(data, survival.CoxOptions{Ties: ties})
		w.errors(set, string(ties)+".cluster", fit, err)
		data.Cluster = nil
	}
}

func (w *world) model(set int, ties string, fit *survival.Cox) {
	var coef, se []float64
	for _, c := range fit.Coefficients {
		coef, se = append(coef, c.Coef), append(se, c.SE)
	}
	w.same(set, ties+".coef", fitted, 1e-8, coef...)
	w.same(set, ties+".se", fitted, 0, se...)
	w.same(set, ties+".loglik", closed, 1e-12, fit.LogLik[0], fit.LogLik[1])
	w.same(set, ties+".score", fitted, 1e-9, fit.Score.Statistic)
	w.same(set, ties+".wald", fitted, 1e-9, fit.Wald.Statistic)
}

func (w *world) errors(set int, key string, fit *survival.Cox, err error) {
	if err != nil {
		w.refused(set, key, err)
		return
	}
	var se []float64
	for _, c := range fit.Coefficients {
		se = append(se, c.SE)
	}
	w.same(set, key, fitted, 1e-10, se...)
}

// unanswered allows a refusal where R warned, left a coefficient out (or gave
// it no error, because the events say nothing of it), or went so far (eight
// standard deviations of a column) that it is no estimate.
func (w *world) unanswered(set int, ties string, x design.Matrix, err error) {
	var r *stat.Refusal
	if !errors.As(err, &r) {
		w.Fatal(err)
	}
	coef, ok := w.r[set][ties+".coef"]
	if !ok || w.r[set][ties+".warned"][0] == 1 {
		return
	}
	se := w.r[set][ties+".se"]
	for j, c := range coef {
		if math.IsNaN(c) || !(se[j] > 0) || math.Abs(c)*stat.SD(x.Columns[j]) > 8 {
			return
		}
	}
	w.Errorf("set %d %s: refused (%v), R has %v", set, ties, err, coef)
}
