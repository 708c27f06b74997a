package model

import (
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/dist"

	"gonum.org/v1/gonum/mat"
)

// cancelled is the share of an error by rows below which the error by clusters
// is what rounding left of 0.
const cancelled = 1e-6

// byCluster returns the covariance of the coefficients by clusters, and its
// degrees of freedom.
func (m *Linear) byCluster(l *least, cluster []uint32) (*mat.SymDense, float64, error) {
	sums := map[uint32][]float64{}
	basis := make([]float64, l.p)
	byRow := mat.NewSymDense(l.p, nil)
	for i, g := range cluster {
		if sums[g] == nil {
			sums[g] = make([]float64, l.p)
		}
		l.basis(i, basis)
		for j, q := range basis {
			sums[g][j] += q * m.Residual[i]
		}
		byRow.SymRankOne(byRow, m.Residual[i]*m.Residual[i], mat.NewVecDense(l.p, basis))
	}
	m.Clusters = len(sums)
	if m.Clusters < 2 {
		return nil, 0, stat.Refuse(stat.OneGroup, "errors by cluster need two clusters or more")
	}
	meat, groups, n := mat.NewSymDense(l.p, nil), float64(len(sums)), float64(l.n)
	for _, s := range sums {
		meat.SymRankOne(meat, groups/(groups-1)*(n-1)/m.DF, mat.NewVecDense(l.p, s))
	}
	cov, alone := between(l.back, meat), between(l.back, byRow)
	for j := l.p - 1; j >= 0; j-- {
		if !(cov.At(j, j) > cancelled*cancelled*alone.At(j, j)) {
			return nil, 0, stat.Refuse(stat.TooFew,
				"within each cluster what the columns leave of the outcome adds up to 0, so the clusters say nothing of the error of %s; take other clusters, or none", l.x.Names[j])
		}
	}
	return cov, groups - 1, nil
}

// wald puts in the place of F the test of all terms but the intercept by the
// errors of the clusters: b' V⁻¹ b / k on k and G − 1 degrees of freedom.
// R: lmtest::waldtest(vcov = sandwich::vcovCL), test = "F".
func (m *Linear) wald(beta []float64, cov *mat.SymDense, intercept bool) {
	from := 0
	if intercept {
		from = 1
	}
	k, df2 := len(beta)-from, float64(m.Clusters-1)
	m.F = stat.Test{Statistic: math.NaN(), DF: float64(k), P: math.NaN()}
	m.DF2 = df2
	if k == 0 || k >= m.Clusters {
		return
	}
	b, v := mat.NewVecDense(k, beta[from:]), cov.SliceSym(from, len(beta)).(*mat.SymDense)
	scaledB, scaledV := mat.NewVecDense(k, nil), mat.NewSymDense(k, nil)
	for i := range k {
		scaledB.SetVec(i, b.AtVec(i)/math.Sqrt(v.At(i, i)))
		for j := i; j < k; j++ {
			scaledV.SetSym(i, j, v.At(i, j)/math.Sqrt(v.At(i, i)*v.At(j, j)))
		}
	}
	var solver mat.Cholesky
	x := mat.NewVecDense(k, nil)
	if !solver.Factorize(scaledV) || solver.Cond() > 1e12 || solver.SolveVecTo(x, scaledB) != nil {
		return
	}
	m.F.Statistic = mat.Dot(scaledB, x) / float64(k)
	m.F.P = dist.FTail(m.F.Statistic, float64(k), df2)
}
