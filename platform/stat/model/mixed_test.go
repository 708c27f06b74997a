package model_test

import (
	"testing"

	"alongside/platform/stat/design"
	"alongside/platform/stat/model"
	"alongside/platform/stat/stattest"
)

func fitted(t *testing.T, what string, got float64, want string) {
	t.Helper()
	stattest.Near(t, what, got, want, stattest.Fitted)
}

func mixed(t *testing.T, d model.MixedData, ml bool) *model.Mixed {
	t.Helper()
	m, err := model.FitMixed(d, model.MixedOptions{ML: ml})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func sleepstudy(t *testing.T) model.MixedData {
	d := stattest.Load(t, "sleepstudy.csv")
	days := d.Numbers("Days")
	return model.MixedData{
		Y: d.Numbers("Reaction"), X: build(t, []string{"Days"}, design.Numeric("Days", days)),
		Group: design.Factor("Subject", d.Text("Subject")).Codes, Slope: days,
	}
}

// The published spreads are where lme4's default search stops, 1.5e-9 above the
// least criterion; with tight tolerances lme4 goes to ours (24.74045, 5.922133,
// .06555136, 25.591816). They are held to what that stop leaves, the criterion
// to all its digits, and ours must not be the higher.
func TestSleepstudySlopes(t *testing.T) {
	stopped := func(what string, got float64, want string) {
		t.Helper()
		stattest.Near(t, what, got, want, 1e-5)
	}
	m := mixed(t, sleepstudy(t), false)
	fitted(t, "intercept", m.Fixed[0].Value, "251.405104848")
	stopped("its SE", m.Fixed[0].SE, "6.82459669")
	fitted(t, "Days", m.Fixed[1].Value, "10.4672859596")
	stopped("its SE", m.Fixed[1].SE, "1.54578964")
	stopped("SD intercept", m.SDIntercept, "24.740657995")
	stopped("SD slope", m.SDSlope, "5.922137659")
	stopped("correlation", m.Correlation, ".0655512382")
	stopped("sigma", m.Sigma, "25.591795722")
	fitted(t, "criterion", m.Criterion, "1743.62827196")
	if m.Criterion > 1743.62827195995 {
		t.Errorf("criterion %.14g is above lme4's", m.Criterion)
	}
	for what, c := range map[string][2]float64{ // lmer with rhoend = 1e-12
		"SD intercept": {m.SDIntercept, 24.7404476}, "SD slope": {m.SDSlope, 5.9221333},
		"correlation": {m.Correlation, .065551343}, "sigma": {m.Sigma, 25.5918159},
	} {
		stattest.Same(t, what, c[0], c[1], 1e-6, 0)
	}
	// balanced data: exactly 17 = 18 subjects less one
	stattest.Same(t, "df", m.Fixed[1].DF, 17, 1e-5, 0)
}

func TestSleepstudyLevels(t *testing.T) {
	d := sleepstudy(t)
	d.Slope = nil
	r := mixed(t, d, false)
	fitted(t, "REML variance", r.SDIntercept*r.SDIntercept, "1378.17851381")
	fitted(t, "residual", r.Sigma*r.Sigma, "960.45657856")
	fitted(t, "criterion", r.Criterion, "1786.46508539")
	m := mixed(t, d, true)
	fitted(t, "ML variance", m.SDIntercept*m.SDIntercept, "1296.87004549")
	fitted(t, "residual", m.Sigma*m.Sigma, "954.52783422")
	fitted(t, "log likelihood", m.LogLik, "-897.039321503")
}

func TestOrthodont(t *testing.T) {
	d := stattest.Load(t, "orthodont.csv")
	x, err := design.Model{Terms: []string{"age*Sex"}, Intercept: true, Reference: map[string]string{"Sex": "Male"}}.Build(
		[]design.Column{design.Numeric("age", d.Numbers("age")), design.Factor("Sex", d.Text("Sex"))})
	if err != nil {
		t.Fatal(err)
	}
	m := mixed(t, model.MixedData{Y: d.Numbers("distance"), X: x, Group: design.Factor("Subject", d.Text("Subject")).Codes}, false)
	for i, want := range []string{"16.340625", ".784375", "1.0321022727", "-.3048295455"} {
		fitted(t, m.Fixed[i].Name, m.Fixed[i].Value, want)
	}
	fitted(t, "SD subject", m.SDIntercept, "1.8162142")
	fitted(t, "SD rest", m.Sigma, "1.3863819")
	fitted(t, "log likelihood", m.LogLik, "-216.878624601")
}

// summary of lmerTest 3.1-3, which differentiates by differences where lme4
// stopped: six digits of the degrees of freedom are what it has.
func TestSatterthwaite(t *testing.T) {
	d := stattest.Load(t, "orthodont.csv")
	x, err := design.Model{Terms: []string{"age*Sex"}, Intercept: true, Reference: map[string]string{"Sex": "Male"}}.Build(
		[]design.Column{design.Numeric("age", d.Numbers("age")), design.Factor("Sex", d.Text("Sex"))})
	if err != nil {
		t.Fatal(err)
	}
	data := model.MixedData{Y: d.Numbers("distance"), X: x, Group: design.Factor("Subject", d.Text("Subject")).Codes}
	m := mixed(t, data, false)
	for i, want := range []float64{103.98636, 79, 103.98636, 79} {
		stattest.Same(t, m.Fixed[i].Name, m.Fixed[i].DF, want, 1e-6, 0)
	}
	stattest.Same(t, "p", m.Fixed[3].P, 1.409745037864e-02, 1e-6, 0)
	s := sleepstudy(t)
	gone := map[int]bool{1: true, 2: true, 15: true, 33: true, 50: true, 51: true, 52: true, 99: true, 120: true, 121: true, 170: true}
	var y, days []float64
	var group []uint32
	for i := range s.Y {
		if !gone[i+1] {
			y, days, group = append(y, s.Y[i]), append(days, s.Slope[i]), append(group, s.Group[i])
		}
	}
	m = mixed(t, model.MixedData{Y: y, X: build(t, []string{"Days"}, design.Numeric("Days", days)), Group: group, Slope: days}, false)
	stattest.Same(t, "df of unbalanced data", m.Fixed[0].DF, 16.85266941162, 1e-4, 0)
	stattest.Same(t, "df of the slope", m.Fixed[1].DF, 16.52340057768, 1e-4, 0)
	stattest.Same(t, "its estimate", m.Fixed[1].Value, 9.752941834074, 1e-6, 0)
}
