package model

import (
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/design"

	"gonum.org/v1/gonum/mat"
)

// Logistic is a fitted logistic regression.
type Logistic struct {
	N        int
	Events   int
	Terms    []Term // on the log odds; DF is infinite, T is z
	Deviance float64
	Null     float64 // deviance of the intercept alone
	Fitted   []float64
	Rounds   int
}

// FitLogistic fits log(p/(1−p)) = Xβ by maximum likelihood, with weighted
// least squares repeated until the steps end. It assumes independent rows. It
// refuses an outcome that is the same for all, and columns that separate the
// two outcomes, where R warns of fitted probabilities of 0 or 1.
// Source: McCullagh and Nelder 1989. R: glm(family=binomial).
func FitLogistic(happened []bool, x design.Matrix, level float64) (*Logistic, error) {
	level, err := orLevel(level)
	if err != nil {
		return nil, err
	}
	if len(happened) != x.Rows() {
		return nil, stat.Refuse(stat.Uneven, "each row needs an outcome and every column")
	}
	m := &Logistic{N: len(happened)}
	y := make([]float64, m.N)
	for i, yes := range happened {
		if yes {
			y[i] = 1
			m.Events++
		}
	}
	if m.Events == 0 || m.Events == m.N {
		return nil, stat.Refuse(stat.NoEvents, "the outcome is the same for everybody, so there is nothing to explain")
	}
	share := float64(m.Events) / float64(m.N)
	m.Null = -2 * (float64(m.Events)*math.Log(share) + float64(m.N-m.Events)*math.Log1p(-share))
	if _, err := factored(x); err != nil {
		return nil, err
	}
	beta, spread, err := m.climb(y, x)
	if err != nil {
		return nil, err
	}
	for j, name := range x.Names {
		m.Terms = append(m.Terms, term(name, beta[j], math.Sqrt(spread.At(j, j)), math.Inf(1), level))
	}
	return m, reckoned(m.Terms)
}

// climb repeats weighted least squares. In a likelihood without a top the
// deviance settles while steps go on: that is separation.
func (m *Logistic) climb(y []float64, x design.Matrix) ([]float64, *mat.SymDense, error) {
	const most, settled = 60, 1e-10
	beta, eta := make([]float64, len(x.Columns)), make([]float64, m.N)
	before := math.Inf(1)
	for m.Rounds = 1; m.Rounds <= most; m.Rounds++ {
		scaled, work := weighted(y, eta, x)
		l, err := factored(scaled)
		if err != nil {
			break
		}
		next, _ := l.solve(work)
		step := 0.0
		for j := range beta {
			size := math.Abs(next[j]-beta[j]) * length(x.Columns[j]) / math.Sqrt(float64(m.N))
			step = math.Max(step, size)
		}
		beta = next
		m.predict(beta, x, eta)
		m.Deviance = deviance(y, eta)
		if step < settled*(1+math.Abs(m.Deviance)/float64(m.N)) {
			final, _ := weighted(y, eta, x)
			if l, err = factored(final); err != nil {
				break
			}
			return beta, l.spread(), nil
		}
		if before-m.Deviance < 1e-11*m.Null && step > 1e-2 && m.Rounds > 3 {
			break
		}
		before = m.Deviance
	}
	return nil, nil, stat.Refuse(stat.Separation, "the columns separate the two outcomes, so some coefficient has no end")
}

func (m *Logistic) predict(beta []float64, x design.Matrix, eta []float64) {
	m.Fitted = make([]float64, m.N)
	for i := range eta {
		eta[i] = 0
		for j, c := range x.Columns {
			eta[i] += beta[j] * c[i]
		}
		m.Fitted[i] = 1 / (1 + math.Exp(-eta[i]))
	}
}

// weighted is the least squares problem of one step: rows times √(p(1−p)).
func weighted(y, eta []float64, x design.Matrix) (design.Matrix, []float64) {
	out := design.Matrix{Names: x.Names}
	work, root := make([]float64, len(y)), make([]float64, len(y))
	for i, e := range eta {
		p := 1 / (1 + math.Exp(-e))
		w := math.Max(p*(1-p), 1e-300)
		root[i] = math.Sqrt(w)
		work[i] = root[i] * (e + (y[i]-p)/w)
	}
	for _, c := range x.Columns {
		scaled := make([]float64, len(c))
		for i, v := range c {
			scaled[i] = v * root[i]
		}
		out.Columns = append(out.Columns, scaled)
	}
	return out, work
}

func deviance(y, eta []float64) float64 {
	total := 0.0
	for i, e := range eta {
		if y[i] == 1 {
			e = -e
		}
		total += math.Log1p(math.Exp(-math.Abs(e))) + math.Max(e, 0)
	}
	return 2 * total
}
