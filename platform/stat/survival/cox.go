package survival

import (
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/dist"
)

// Ties says how events at the same time share their risk set.
type Ties string

// The two ways. Efron is R's default and nearer the truth with many ties.
const (
	Efron   Ties = "efron"
	Breslow Ties = "breslow"
)

// CoxData is one row for each person.
type CoxData struct {
	Time    []float64
	Event   []bool
	X       design.Matrix // without an intercept
	Cluster []uint32      // rows with the same number belong together; nil for none
}

// CoxOptions says how the model is fitted.
type CoxOptions struct {
	Ties   Ties    // Efron when empty
	Robust bool    // sandwich errors; always on with clusters
	Level  float64 // stat.Level when 0
}

// Cox is a fitted proportional hazards model.
type Cox struct {
	N, Events    int
	Coefficients []Coefficient
	LogLik       [2]float64 // with no covariates, with all
	Ratio        stat.Test  // likelihood ratio of the two
	Wald         stat.Test  // robust if the errors are
	Score        stat.Test  // with one binary covariate and no ties: the log-rank test
	Covariance   [][]float64
	Clusters     int // 0 without clusters
	Rounds       int // Newton steps taken
}

// Coefficient is the effect of one column on the logarithm of the hazard.
type Coefficient struct {
	Name    string
	Coef    float64
	SE      float64 // the one that Z, P and the interval use
	ModelSE float64 // from the information alone; equals SE unless robust
	HR      stat.Estimate
	Z, P    float64
}

// FitCox fits Cox's model, hazard(t) = h₀(t) exp(x'β), by Newton's method on
// the partial likelihood, with Efron's or Breslow's treatment of ties. It
// assumes that hazard ratios stay the same over time. Robust errors are those
// of Lin and Wei, from score residuals summed in each cluster; Wald's test has no
// value when the coefficients are as many as the clusters. It refuses covariates
// that are constant or redundant, coefficients without end, and clusters whose
// residuals cancel out.
// Source: Cox 1972; Efron 1977; Lin and Wei 1989.
// R: coxph(Surv(time, event) ~ x, ties=, robust=, cluster=).
func FitCox(d CoxData, o CoxOptions) (*Cox, error) {
	o, err := o.filled(d)
	if err != nil {
		return nil, err
	}
	c, err := newCohort(d, o.Ties)
	if err != nil {
		return nil, err
	}
	fit, err := c.maximise()
	if err != nil {
		return nil, err
	}
	out := &Cox{N: len(d.Time), Events: c.events, LogLik: [2]float64{fit.null, fit.loglik}, Rounds: fit.rounds}
	cov := fit.inverse
	if o.Robust {
		out.Clusters = distinct(d.Cluster)
		if cov, err = c.sandwich(fit, d.Cluster); err != nil {
			return nil, err
		}
	}
	df := float64(c.p)
	out.Wald = chiTest(quadratic(fit.beta, cov), df)
	if d.Cluster != nil && c.p >= out.Clusters {
		out.Wald = stat.Test{Statistic: math.NaN(), DF: df, P: math.NaN()}
	}
	out.Score = chiTest(fit.score, df)
	out.Ratio = chiTest(2*(fit.loglik-fit.null), df)
	out.Covariance = c.unscaled(cov)
	beta, plain := c.unplaced(fit.beta), c.unscaled(fit.inverse)
	for j, name := range d.X.Names {
		out.Coefficients = append(out.Coefficients, coefficient(name, beta[j],
			math.Sqrt(out.Covariance[j][j]), math.Sqrt(plain[j][j]), o.Level))
	}
	return out, nil
}

func (o CoxOptions) filled(d CoxData) (CoxOptions, error) {
	if o.Ties == "" {
		o.Ties = Efron
	}
	if o.Level == 0 {
		o.Level = stat.Level
	}
	o.Robust = o.Robust || d.Cluster != nil
	if o.Ties != Efron && o.Ties != Breslow {
		return o, stat.Refuse(stat.OutOfRange, "ties are treated by efron or breslow")
	}
	n := len(d.Time)
	if len(d.Event) != n || d.X.Rows() != n || d.Cluster != nil && len(d.Cluster) != n {
		return o, stat.Refuse(stat.Uneven, "each person needs a time, an event and every covariate")
	}
	for _, t := range d.Time {
		if !(t >= 0 && t <= stat.Largest) {
			return o, stat.Refuse(stat.OutOfRange, "a time must be 0 or more, and below 1e150")
		}
	}
	if err := d.X.Finite(); err != nil {
		return o, err
	}
	return o, stat.CheckLevel(o.Level)
}

func coefficient(name string, coef, se, modelSE, level float64) Coefficient {
	by := stat.ZAt(level) * se
	return Coefficient{
		Name: name, Coef: coef, SE: se, ModelSE: modelSE,
		HR: stat.Estimate{Value: math.Exp(coef), Interval: stat.Interval{Lower: math.Exp(coef - by), Upper: math.Exp(coef + by)}},
		Z:  coef / se, P: dist.NormalTwoSided(coef / se),
	}
}

func distinct(cluster []uint32) int {
	seen := map[uint32]bool{}
	for _, g := range cluster {
		seen[g] = true
	}
	return len(seen)
}

func chiTest(x, df float64) stat.Test {
	return stat.Test{Statistic: x, DF: df, P: dist.ChiSquaredTail(x, df)}
}

// quadratic is b' V⁻¹ b; NaN where V has no inverse.
func quadratic(b []float64, v [][]float64) float64 {
	l := newLower(len(b))
	for i := range b {
		copy(l.row(i), v[i][:i+1])
	}
	if l.factor(0) >= 0 {
		return math.NaN()
	}
	x := l.solve(b)
	total := 0.0
	for i := range b {
		total += b[i] * x[i]
	}
	return total
}
