package survival

import "math"

// lower is a symmetric matrix held as its lower triangle, then its Cholesky
// factor. It is small (one row per covariate) and says which row it stopped
// at, so that a refusal can name the column.
type lower struct {
	n int
	a []float64
}

func newLower(n int) *lower { return &lower{n, make([]float64, n*(n+1)/2)} }

func (l *lower) row(i int) []float64 { return l.a[i*(i+1)/2 : i*(i+1)/2+i+1] }

// factor turns the matrix into its Cholesky factor. It returns -1, or the
// first row of which less than the share least is left after the rows before
// it are taken out.
func (l *lower) factor(least float64) int {
	for i := range l.n {
		line := l.row(i)
		whole := line[i]
		for j := range i {
			other := l.row(j)
			for k := range j {
				line[j] -= line[k] * other[k]
			}
			line[j] /= other[j]
			line[i] -= line[j] * line[j]
		}
		if !(line[i] > least*whole) || whole <= 0 {
			return i
		}
		line[i] = math.Sqrt(line[i])
	}
	return -1
}

// solve returns x with L L' x = b.
func (l *lower) solve(b []float64) []float64 {
	x := append([]float64(nil), b...)
	for i := range l.n {
		line := l.row(i)
		for k := range i {
			x[i] -= line[k] * x[k]
		}
		x[i] /= line[i]
	}
	for i := l.n - 1; i >= 0; i-- {
		x[i] /= l.row(i)[i]
		for k := range i {
			x[k] -= l.row(i)[k] * x[i]
		}
	}
	return x
}

// inverse returns (L L')⁻¹ in full.
func (l *lower) inverse() [][]float64 {
	out := make([][]float64, l.n)
	for i := range out {
		unit := make([]float64, l.n)
		unit[i] = 1
		out[i] = l.solve(unit)
	}
	return out
}
