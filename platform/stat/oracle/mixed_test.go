package oracle

import (
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/model"
)

// mixed compares to lme4, whose search stops a little short even with tight
// tolerances. So: our criterion is never above lme4's, agrees to nine digits,
// and where it does the rest agrees to what that leaves.
func (w *world) mixed(set int) {
	d := w.repeated[set]
	x, err := design.Model{Terms: []string{"x", "w"}, Intercept: true}.Build(
		[]design.Column{design.Numeric("x", d.x), design.Numeric("w", d.w)})
	if err != nil {
		w.Fatal(err)
	}
	for _, name := range []string{"level", "slope"} {
		data := model.MixedData{Y: d.y, X: x, Group: d.s}
		if name == "slope" {
			data.Slope = d.x
		}
		for _, ml := range []bool{false, true} {
			key := name + map[bool]string{false: ".reml", true: ".ml"}[ml]
			fit, err := model.FitMixed(data, model.MixedOptions{ML: ml, Level: stat.Level})
			if err != nil {
				w.refused(set, key+".crit", err)
				continue
			}
			w.fit(set, key, fit)
		}
	}
}

func (w *world) fit(set int, key string, fit *model.Mixed) {
	if !w.has(set, key+".crit") {
		return
	}
	theirs := w.r[set][key+".crit"][0]
	w.compared++
	if fit.Criterion > theirs+1e-9*math.Abs(theirs) {
		w.Errorf("set %d %s: criterion %.15g is above lme4's %.15g", set, key, fit.Criterion, theirs)
		return
	}
	if theirs-fit.Criterion > 1e-6 {
		w.Logf("set %d %s: lme4 stopped %g above the least criterion", set, key, theirs-fit.Criterion)
		return
	}
	short := 1e-6 + 2*math.Sqrt(math.Max(0, theirs-fit.Criterion))
	sd := []float64{fit.SDIntercept}
	if !math.IsNaN(fit.SDSlope) {
		sd = append(sd, fit.SDSlope)
	}
	w.same(set, key+".sd", 10*short, 1e-3*fit.Sigma, append(sd, fit.Sigma)...)
	for i, t := range fit.Fixed {
		coef, se := w.r[set][key+".coef"][i], w.r[set][key+".se"][i]
		if math.Abs(t.Value-coef) > 10*short*t.SE || math.Abs(t.SE-se) > 20*short*t.SE {
			w.Errorf("set %d %s %s: %v (%v), lme4 has %v (%v)", set, key, t.Name, t.Value, t.SE, coef, se)
		}
		w.compared += 2
	}
}
