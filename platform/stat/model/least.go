package model

import (
	"math"
	"slices"

	"alongside/platform/stat"
	"alongside/platform/stat/design"

	"gonum.org/v1/gonum/mat"
)

// least is a least squares problem, factored by Householder QR.
type least struct {
	n, p int
	x    design.Matrix
	qr   mat.QR
	back *mat.TriDense // R⁻¹
}

// independent is the share of a column that must be left after the columns
// before it are taken out. R's lm uses the same.
const independent = 1e-7

func factored(x design.Matrix) (*least, error) {
	l := &least{n: x.Rows(), p: len(x.Columns), x: x}
	if l.p == 0 {
		return nil, stat.Refuse(stat.TooFew, "a regression needs a column")
	}
	if l.n <= l.p {
		return nil, stat.Refuse(stat.TooFew, "there are too few rows: a regression needs more rows than coefficients, and they are %d to %d", l.n, l.p)
	}
	if err := x.Finite(); err != nil {
		return nil, err
	}
	dense := mat.NewDense(l.n, l.p, nil)
	for j, c := range x.Columns {
		dense.SetCol(j, c)
	}
	l.qr.Factorize(dense)
	var r mat.Dense
	l.qr.RTo(&r)
	upper := mat.NewTriDense(l.p, mat.Upper, nil)
	for j, c := range x.Columns {
		for i := range j + 1 {
			upper.SetTri(i, j, r.At(i, j))
		}
		if math.Abs(r.At(j, j)) <= independent*length(c) {
			if j > 0 && slices.Min(c) == slices.Max(c) {
				return nil, stat.Refuse(stat.Redundant, "column %s is the same in every row, so it explains nothing", x.Names[j])
			}
			return nil, stat.Refuse(stat.Redundant, "column %s says only what the columns before it say", x.Names[j])
		}
	}
	l.back = mat.NewTriDense(l.p, mat.Upper, nil)
	if err := l.back.InverseTri(upper); err != nil {
		return nil, stat.Refuse(stat.Redundant, "the columns are too nearly alike to tell apart")
	}
	return l, nil
}

func length(c []float64) float64 {
	total := 0.0
	for _, v := range c {
		total += v * v
	}
	return math.Sqrt(total)
}

// solve returns β and the residuals of y: a first solution and two rounds of
// Björck's refinement, with residuals in doubled precision, which give back the
// digits that nearly collinear columns cost. Source: Björck 1967.
func (l *least) solve(y []float64) (beta, rest []float64) {
	beta, rest = make([]float64, l.p), make([]float64, l.n)
	for range 3 {
		f, g := l.misses(y, rest, beta)
		l.correct(beta, rest, f, g)
	}
	return beta, rest
}

// misses returns f = y − r − Xβ and g = −X'r.
func (l *least) misses(y, rest, beta []float64) (f *mat.VecDense, g *mat.VecDense) {
	f, g = mat.NewVecDense(l.n, nil), mat.NewVecDense(l.p, nil)
	for i := range y {
		var d doubled
		d.add(y[i])
		d.add(-rest[i])
		for j, c := range l.x.Columns {
			d.product(-beta[j], c[i])
		}
		f.SetVec(i, d.value())
	}
	for j, c := range l.x.Columns {
		var d doubled
		for i, r := range rest {
			d.product(-r, c[i])
		}
		g.SetVec(j, d.value())
	}
	return f, g
}

// left returns y − Xβ.
func (l *least) left(y, beta []float64) []float64 {
	f, _ := l.misses(y, make([]float64, l.n), beta)
	return f.RawVector().Data
}

// correct solves δr + Xδβ = f, X'δr = g and adds the result. An error of
// gonum's is only its warning about the condition, which factored has judged.
func (l *least) correct(beta, rest []float64, f, g *mat.VecDense) {
	var h, step mat.VecDense
	_ = l.qr.SolveVecTo(&h, true, g)
	h.SubVec(f, &h)
	_ = l.qr.SolveVecTo(&step, false, &h)
	for j := range beta {
		beta[j] += step.AtVec(j)
	}
	for i := range rest {
		fit := 0.0
		for j, c := range l.x.Columns {
			fit += c[i] * step.AtVec(j)
		}
		rest[i] += f.AtVec(i) - fit
	}
}

// spread returns (X'X)⁻¹ = R⁻¹R⁻ᵀ.
func (l *least) spread() *mat.SymDense {
	out := mat.NewSymDense(l.p, nil)
	out.SymOuterK(1, l.back)
	return out
}

// basis fills q with a row of Q = X R⁻¹, whose columns are orthonormal.
func (l *least) basis(row int, q []float64) {
	for j := range q {
		q[j] = 0
		for k := range j + 1 {
			q[j] += l.x.Columns[k][row] * l.back.At(k, j)
		}
	}
}
