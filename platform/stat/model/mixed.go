package model

import (
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
)

// MixedData is an outcome measured more than once in each subject.
type MixedData struct {
	Y     []float64
	X     design.Matrix // fixed effects, intercept among them
	Group []uint32      // the subject of each row, counted from 0
	Slope []float64     // the column whose effect differs by subject; nil for none
}

// MixedOptions says how the model is fitted.
type MixedOptions struct {
	ML    bool    // maximum likelihood; else REML, which is right for the spreads
	Level float64 // stat.Level when 0
}

// Mixed is a fitted mixed model.
type Mixed struct {
	N, Groups   int
	Fixed       []Term  // DF by Satterthwaite; see Singular
	SDIntercept float64 // of the subjects' own levels
	SDSlope     float64 // of their own slopes; NaN without
	Correlation float64 // of level and slope; NaN without, or where one of them is 0
	Sigma       float64 // of what is left
	Criterion   float64 // −2 log likelihood, restricted unless ML
	LogLik      float64

	// Singular says that a spread is 0 or a correlation ±1: the data show no
	// more. Without slopes what is left is an ordinary regression, with its
	// degrees of freedom; with slopes DF is infinite.
	Singular bool
	Normal   bool // the degrees of freedom could not be found: DF is infinite
}

// FitMixed fits y = Xβ + b₀ + b₁·slope + ε, with subjects' own level b₀ (and
// slope b₁, correlated with it) and ε all normal. The deviance is profiled
// over β and σ and minimised on the Cholesky factor of the subjects' relative
// covariance, as lme4 does, but by Newton's method on the exact gradient, so
// that the minimum is met to the precision of the machine.
// Source: Bates, Mächler, Bolker and Walker 2015; Satterthwaite's degrees of
// freedom as Kuznetsova, Brockhoff and Christensen 2017.
// R: lme4::lmer(y ~ x + (slope | subject)), lmerTest.
func FitMixed(d MixedData, o MixedOptions) (*Mixed, error) {
	level, err := orLevel(o.Level)
	if err != nil {
		return nil, err
	}
	v, err := newVariance(d, o.ML)
	if err != nil {
		return nil, err
	}
	best, err := v.minimise(pair{a: 1, c: float64(v.q - 1)})
	if err == nil && best.sigma < 1e-2*stat.SD(d.Y) {
		// from the β found, so that little is lost where subjects differ by far
		// more than what is left
		v.beta = v.fixed(best)
		v.gather(d, v.least.left(d.Y, v.beta))
		best, err = v.minimise(best.factor)
	}
	if best.sigma <= exact*stat.SD(d.Y) {
		return nil, stat.Refuse(stat.NoSpread, "the columns and the subjects' own effects meet the outcome exactly, so nothing is left to judge errors by")
	}
	if err != nil {
		return nil, err
	}
	m := &Mixed{N: v.n, Groups: len(v.subjects), Criterion: best.deviance, LogLik: -best.deviance / 2}
	m.spreads(v, best)
	beta := v.fixed(best)
	cov := v.covariance(best)
	var df []float64
	df, m.Normal = v.freedom(best, m.Singular)
	for j, name := range d.X.Names {
		m.Fixed = append(m.Fixed, term(name, beta[j], best.sigma*math.Sqrt(cov[j]), df[j], level))
	}
	return m, reckoned(m.Fixed)
}

// exact is the share of the outcome's spread below which what is left is
// rounding: the likelihood has no top there, and the search ends in noise.
const exact = 1e-9

// singular is lme4's own limit for a spread that is as good as 0; below gone it
// is 0 but for rounding.
const singular, gone = 1e-4, 1e-8

// spreads turns Λ, found for a slope in standard deviations from its middle,
// into spreads of the level where the slope's column is 0 and of the slope.
func (m *Mixed) spreads(v *variance, best fit) {
	l := best.factor
	m.Sigma = best.sigma
	m.SDSlope, m.Correlation = math.NaN(), math.NaN()
	m.Singular = math.Abs(l.a) < singular
	level := [2]float64{l.a, 0}
	if v.q == 2 {
		k := v.middle / v.unit
		level = [2]float64{l.a - k*l.b, -k * l.c}
	}
	size := math.Hypot(level[0], level[1])
	if size > gone {
		m.SDIntercept = m.Sigma * size
	}
	if v.q == 2 {
		long := math.Hypot(l.b, l.c)
		m.SDSlope = m.Sigma * long / v.unit
		if size > singular && long > singular {
			m.Correlation = (level[0]*l.b + level[1]*l.c) / (size * long)
		}
		m.Singular = m.Singular || math.Abs(l.c) < singular
	}
}

func (d MixedData) check() error {
	n := len(d.Y)
	if d.X.Rows() != n || len(d.Group) != n || d.Slope != nil && len(d.Slope) != n {
		return stat.Refuse(stat.Uneven, "each row needs an outcome, every column and a subject")
	}
	if err := finite(d.Y, "the outcome"); err != nil {
		return err
	}
	return finite(d.Slope, "the slope")
}
