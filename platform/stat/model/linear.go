package model

import (
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/dist"

	"gonum.org/v1/gonum/mat"
)

// Linear is a fitted linear regression.
type Linear struct {
	N        int
	DF       float64 // residual degrees of freedom, N less coefficients
	Terms    []Term
	Sigma    float64 // residual standard deviation
	R2       float64
	AdjR2    float64
	F        stat.Test // of all terms but the intercept; DF is that of the terms
	DF2      float64   // the other degrees of freedom of F
	Clusters int       // 0 without clusters
	Residual []float64
}

// LinearOptions says how errors are computed.
type LinearOptions struct {
	Cluster []uint32 // rows with the same number belong together; nil for none
	Level   float64  // stat.Level when 0
}

// FitLinear fits y = Xβ + ε by least squares, through QR with refinement, so
// that nearly collinear columns keep their digits. It assumes independent
// errors of one spread. With clusters (sites, people) errors are the sandwich
// of Liang and Zeger with Stata's factor G/(G−1)·(n−1)/(n−p), and t has G−1
// degrees of freedom; they need some 30 clusters to be trusted. F is then Wald's
// from the same errors, with G−1 degrees of freedom, and NaN when the terms are
// as many as the clusters. A coefficient whose clusters cancel out is refused.
// Source: Liang and Zeger 1986.
// R: lm, summary; sandwich::vcovCL(type="HC1").
func FitLinear(y []float64, x design.Matrix, o LinearOptions) (*Linear, error) {
	level, err := orLevel(o.Level)
	if err != nil {
		return nil, err
	}
	if len(y) != x.Rows() || o.Cluster != nil && len(o.Cluster) != len(y) {
		return nil, stat.Refuse(stat.Uneven, "each row needs an outcome and every column")
	}
	if err := finite(y, "the outcome"); err != nil {
		return nil, err
	}
	l, err := factored(x)
	if err != nil {
		return nil, err
	}
	beta, rest := l.solve(y)
	rss := squares(rest)
	if math.Sqrt(rss) <= 1e-14*length(y) {
		return nil, stat.Refuse(stat.NoSpread, "the columns meet the outcome exactly, so nothing is left to judge errors by")
	}
	m := &Linear{N: l.n, DF: float64(l.n - l.p), Residual: rest}
	m.Sigma = math.Sqrt(rss / m.DF)
	m.fit(beta, rss, l)
	cov, df, err := m.errors(l, o.Cluster)
	if err != nil {
		return nil, err
	}
	if o.Cluster != nil {
		m.wald(beta, cov, x.Names[0] == design.Intercept)
	}
	for j, name := range x.Names {
		m.Terms = append(m.Terms, term(name, beta[j], math.Sqrt(cov.At(j, j)), df, level))
	}
	return m, reckoned(m.Terms)
}

// fit fills R² and F. Without an intercept both are against 0, as in R. What the
// terms explain is summed up itself: a difference of two sums has no digits where
// they explain next to nothing.
func (m *Linear) fit(beta []float64, rss float64, l *least) {
	from := 0
	if l.x.Names[0] == design.Intercept {
		from = 1
	}
	explains, gained := float64(l.p-from), make([]float64, l.n)
	for j, c := range l.x.Columns[from:] {
		middle := 0.0
		if from == 1 {
			middle = stat.Mean(c)
		}
		for i, v := range c {
			gained[i] += beta[from+j] * (v - middle)
		}
	}
	ess := squares(gained)
	m.R2 = ess / (ess + rss)
	m.AdjR2 = 1 - rss/(ess+rss)*(m.DF+explains)/m.DF
	m.F, m.DF2 = stat.Test{Statistic: math.NaN(), DF: explains, P: math.NaN()}, m.DF
	if explains > 0 {
		m.F.Statistic = ess / explains / (rss / m.DF)
		m.F.P = dist.FTail(m.F.Statistic, explains, m.DF)
	}
}

func (m *Linear) errors(l *least, cluster []uint32) (*mat.SymDense, float64, error) {
	if cluster != nil {
		return m.byCluster(l, cluster)
	}
	spread := l.spread()
	spread.ScaleSym(m.Sigma*m.Sigma, spread)
	return spread, m.DF, nil
}

// between is R⁻¹ m R⁻ᵀ for a symmetric m.
func between(back *mat.TriDense, m *mat.SymDense) *mat.SymDense {
	n := m.SymmetricDim()
	var full mat.Dense
	full.Product(back, m, back.T())
	out := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			out.SetSym(i, j, (full.At(i, j)+full.At(j, i))/2)
		}
	}
	return out
}

func squares(x []float64) float64 {
	total := 0.0
	for _, v := range x {
		total += v * v
	}
	return total
}
