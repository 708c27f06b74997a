package survival_test

import (
	"testing"

	"alongside/platform/stat/design"
	"alongside/platform/stat/stattest"
	"alongside/platform/stat/survival"
)

func fitted(t *testing.T, what string, got float64, want string) {
	t.Helper()
	stattest.Near(t, what, got, want, stattest.Fitted)
}

// coxData reads a data set; names with a leading = are factors.
func coxData(t *testing.T, file, time, status, event string, reference map[string]string, names ...string) survival.CoxData {
	t.Helper()
	plain := make([]string, len(names))
	for i, n := range names {
		plain[i] = n
		if n[0] == '=' {
			plain[i] = n[1:]
		}
	}
	d := stattest.Load(t, file, plain...)
	out := survival.CoxData{Time: d.Numbers(time)}
	for _, s := range d.Text(status) {
		out.Event = append(out.Event, s == event)
	}
	var variables []design.Column
	for i, n := range plain {
		if names[i] == n {
			variables = append(variables, design.Numeric(n, d.Numbers(n)))
			continue
		}
		variables = append(variables, design.Factor(n, d.Text(n)))
	}
	m, err := design.Model{Terms: plain, Reference: reference}.Build(variables)
	if err != nil {
		t.Fatal(err)
	}
	out.X = m
	return out
}

func cox(t *testing.T, d survival.CoxData, o survival.CoxOptions) *survival.Cox {
	t.Helper()
	c, err := survival.FitCox(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCoxLung(t *testing.T) {
	d := coxData(t, "lung.csv", "time", "status", "2", nil, "sex")
	c := cox(t, d, survival.CoxOptions{})
	sex := c.Coefficients[0]
	fitted(t, "Efron", sex.Coef, "-.531023538")
	fitted(t, "SE", sex.SE, ".167178583")
	fitted(t, "HR", sex.HR.Value, ".588002819")
	fitted(t, "lower", sex.HR.Lower, ".42371783")
	fitted(t, "upper", sex.HR.Upper, ".815984813")
	fitted(t, "LR", c.Ratio.Statistic, "10.63")
	fitted(t, "Wald", c.Wald.Statistic, "10.09")
	b := cox(t, d, survival.CoxOptions{Ties: survival.Breslow})
	fitted(t, "Breslow", b.Coefficients[0].Coef, "-.530396574509")
	c = cox(t, coxData(t, "lung.csv", "time", "status", "2", nil, "age", "sex", "ph.ecog"), survival.CoxOptions{})
	for i, want := range []string{".01106676456", "-.5526123957", ".46372847537"} {
		fitted(t, c.Coefficients[i].Name, c.Coefficients[i].Coef, want)
	}
	if c.N != 227 {
		t.Errorf("n = %d, R has 227", c.N)
	}
}

func TestCoxOvarianAndGehan(t *testing.T) {
	c := cox(t, coxData(t, "ovarian.csv", "futime", "fustat", "1", nil, "rx", "age"), survival.CoxOptions{})
	fitted(t, "rx", c.Coefficients[0].Coef, "-.8039730127")
	fitted(t, "age", c.Coefficients[1].Coef, ".1473265955")
	c = cox(t, coxData(t, "gehan.csv", "time", "cens", "1", nil, "=treat"), survival.CoxOptions{})
	fitted(t, c.Coefficients[0].Name, c.Coefficients[0].Coef, "1.572125149")
	fitted(t, "SE", c.Coefficients[0].SE, ".412396718")
	fitted(t, "HR", c.Coefficients[0].HR.Value, "4.8168739")
}

func TestCoxRetention(t *testing.T) {
	c := cox(t, coxData(t, "retention.csv", "t", "ev", "1", map[string]string{"treatment": "Methadone"}, "=treatment"), survival.CoxOptions{})
	for i, want := range []string{"0.845026481", "1.618058848", "1.433015943"} {
		fitted(t, c.Coefficients[i].Name, c.Coefficients[i].Coef, want)
	}
}
