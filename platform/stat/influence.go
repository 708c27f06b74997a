package stat

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// influence learns, from the draws of a bootstrap, how much each row moves the
// statistic: the slope of the statistic on how often the row was drawn.
// Source: Davison and Hinkley 1997, section 2.7.4. R: boot::empinf(type="reg").
type influence struct {
	n     int
	draws float64
	total float64   // Σ t
	often []float64 // Σ f, by row
	pairs []float64 // Σ f f', by row and row
	moved []float64 // Σ f t, by row
	row   []float64 // f of the present draw
}

// regressionMost is the number of rows above which the jackknife is used: the
// work grows with its square for every draw.
const regressionMost = 200

// newInfluence returns nil where the draws are too few for the regression.
func newInfluence(n, draws int) *influence {
	if n > regressionMost || draws < 10*n {
		return nil
	}
	return &influence{
		n: n, often: make([]float64, n), pairs: make([]float64, n*n),
		moved: make([]float64, n), row: make([]float64, n),
	}
}

func (in *influence) add(rows []int, t float64) {
	clear(in.row)
	for _, r := range rows {
		in.row[r]++
	}
	in.draws++
	in.total += t
	for i, f := range in.row {
		if f == 0 {
			continue
		}
		in.often[i] += f
		in.moved[i] += f * t
		line := in.pairs[i*in.n : (i+1)*in.n]
		for j, g := range in.row {
			line[j] += f * g
		}
	}
}

// acceleration is Σ L³ / (6 (Σ L²)^1.5) of the influences; NaN when they
// cannot be told apart. The first row is the base of the regression, because
// the counts of a draw add up to n.
func (in *influence) acceleration() float64 {
	k := in.n - 1
	cross, with := mat.NewSymDense(k, nil), mat.NewVecDense(k, nil)
	for i := range k {
		a := i + 1
		with.SetVec(i, in.moved[a]-in.often[a]*in.total/in.draws)
		for j := i; j < k; j++ {
			b := j + 1
			cross.SetSym(i, j, in.pairs[a*in.n+b]-in.often[a]*in.often[b]/in.draws)
		}
	}
	var solver mat.Cholesky
	slopes := mat.NewVecDense(k, nil)
	if !solver.Factorize(cross) || solver.SolveVecTo(slopes, with) != nil {
		return math.NaN()
	}
	level := append([]float64{0}, slopes.RawVector().Data...)
	for i := range level {
		level[i] = -level[i] // Acceleration measures from the mean down
	}
	return Acceleration(level)
}
