package model

import (
	"math"

	"alongside/platform/stat"

	"gonum.org/v1/gonum/mat"
)

// variance is a mixed model ready to be searched. The fixed columns are
// replaced by an orthonormal basis Q of them and the outcome by its residual e
// on Q, so that no digits are lost to their scales; each subject is reduced to
// its cross products, so that a step costs nothing per row.
type variance struct {
	n, p, q  int
	ml       bool
	subjects []subject
	ee       float64 // e'e
	logR     float64 // log |R|², the part of log |X'MX| that Q leaves out
	unit     float64 // the slope was divided by this
	least    *least
	beta     []float64 // least squares, where e starts
}

// subject is one subject's A = Z'Z, B = Z'Q, c = Z'e; Z is its ones and slope.
type subject struct {
	a pair // upper left, off, lower right
	b [2][]float64
	c [2]float64
}

func newVariance(d MixedData, ml bool) (*variance, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	l, err := factored(d.X)
	if err != nil {
		return nil, err
	}
	v := &variance{n: l.n, p: l.p, q: 1, ml: ml, least: l, unit: 1}
	if d.Slope != nil {
		v.q = 2
		v.unit = length(d.Slope) / math.Sqrt(float64(v.n))
		if v.unit == 0 {
			return nil, stat.Refuse(stat.Redundant, "the slope is 0 in every row")
		}
	}
	beta, rest := l.solve(d.Y)
	v.beta, v.ee = beta, squares(rest)
	if math.Sqrt(v.ee) <= 1e-13*length(d.Y) {
		return nil, stat.Refuse(stat.NoSpread, "the columns meet the outcome exactly, so no spread is left to share out")
	}
	for j := range v.p {
		v.logR -= 2 * math.Log(math.Abs(l.back.At(j, j)))
	}
	v.gather(d, rest)
	return v, v.enough(d)
}

// gather sums the rows of each subject. The basis is Q = X R⁻¹.
func (v *variance) gather(d MixedData, rest []float64) {
	q := make([]float64, v.p)
	for i, g := range d.Group {
		for int(g) >= len(v.subjects) {
			v.subjects = append(v.subjects, subject{b: [2][]float64{make([]float64, v.p), make([]float64, v.p)}})
		}
		v.least.basis(i, q)
		z := 0.0
		if v.q == 2 {
			z = d.Slope[i] / v.unit
		}
		v.subjects[g].add(z, rest[i], q)
	}
}

func (s *subject) add(z, rest float64, q []float64) {
	s.a.a++
	s.a.b += z
	s.a.c += z * z
	s.c[0] += rest
	s.c[1] += z * rest
	for j, w := range q {
		s.b[0][j] += w
		s.b[1][j] += z * w
	}
}

func (v *variance) enough(d MixedData) error {
	kept := v.subjects[:0]
	for _, s := range v.subjects {
		if s.a.a > 0 {
			kept = append(kept, s)
		}
	}
	v.subjects = kept
	if len(kept) < 2 {
		return stat.Refuse(stat.OneGroup, "a mixed model needs two subjects or more")
	}
	if len(kept)*v.q >= v.n {
		return stat.Refuse(stat.TooFew,
			"%d rows are too few to tell %d subjects' own effects from chance: measure them again", v.n, len(kept)*v.q)
	}
	return nil
}

// degrees is n, or n − p for REML.
func (v *variance) degrees() float64 {
	if v.ml {
		return float64(v.n)
	}
	return float64(v.n - v.p)
}

// fixed returns β: least squares, moved by the weights of the subjects.
func (v *variance) fixed(f fit) []float64 {
	move := mat.NewVecDense(v.p, f.gamma)
	var by mat.VecDense
	by.MulVec(v.least.back, move)
	out := make([]float64, v.p)
	for j := range out {
		out[j] = v.beta[j] + by.AtVec(j)
	}
	return out
}

// covariance returns the diagonal of R⁻¹ C⁻¹ R⁻ᵀ: variances of β over σ².
func (v *variance) covariance(f fit) []float64 {
	var full mat.Dense
	full.Product(v.least.back, f.spread, v.least.back.T())
	out := make([]float64, v.p)
	for j := range out {
		out[j] = full.At(j, j)
	}
	return out
}
