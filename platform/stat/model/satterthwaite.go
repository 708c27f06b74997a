package model

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// freedom returns Satterthwaite's degrees of freedom of each coefficient,
// 2f²/(∇f' A ∇f): f is its variance as a function of Λ and σ, A the covariance
// of these, twice the inverse curvature of the deviance. Where a spread lies
// at its edge there is no such covariance. A lone spread of 0 leaves an
// ordinary regression, whose degrees are known; with slopes the normal
// distribution is used instead: the degrees are infinite, and normal is true.
func (v *variance) freedom(f fit, edge bool) (df []float64, normal bool) {
	out, otherwise := make([]float64, v.p), math.Inf(1)
	if v.q == 1 {
		otherwise = float64(v.n - v.p)
	}
	for j := range out {
		out[j] = otherwise
	}
	if edge {
		return out, v.q == 2
	}
	k := len(v.free(f.factor))
	var solver mat.Cholesky
	if !solver.Factorize(v.joint(f)) {
		for j := range out {
			out[j] = math.Inf(1)
		}
		return out, true
	}
	change := make([][]float64, k)
	for i := range k {
		change[i] = v.across(f, i, v.covariance)
	}
	here := v.covariance(f)
	for j := range out {
		by, solved := mat.NewVecDense(k+1, nil), mat.NewVecDense(k+1, nil)
		for i := range k {
			by.SetVec(i, change[i][j]/here[j]) // of log f, whose size no unit changes
		}
		by.SetVec(k, 2/f.sigma)
		_ = solver.SolveVecTo(solved, by)
		out[j] = 1 / mat.Dot(by, solved)
		if !(out[j] > 0) {
			out[j], normal = math.Inf(1), true
		}
	}
	return out, normal
}

// joint is the curvature of the deviance by Λ and σ together, σ not profiled:
// log |V| + ν log 2πσ² + r²/σ² + [REML] log |X'MX|.
func (v *variance) joint(f fit) *mat.SymDense {
	sigma, nu := f.sigma, v.degrees()
	byFactor := v.curvature(f, func(g fit) []float64 { return v.gradient(g, sigma*sigma) })
	k := byFactor.SymmetricDim()
	h := mat.NewSymDense(k+1, nil)
	for i := range k {
		for j := i; j < k; j++ {
			h.SetSym(i, j, byFactor.At(i, j))
		}
		change := v.across(f, i, func(g fit) []float64 { return []float64{g.rss} })
		h.SetSym(i, k, -2*change[0]/(sigma*sigma*sigma))
	}
	h.SetSym(k, k, -2*nu/(sigma*sigma)+6*f.rss/(sigma*sigma*sigma*sigma))
	return h
}
