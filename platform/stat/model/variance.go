package model

import (
	"math"
	"slices"

	"alongside/platform/stat"

	"gonum.org/v1/gonum/mat"
)

// variance is a mixed model ready to be searched. The fixed columns are
// replaced by an orthonormal basis Q of them and the outcome by its residual e,
// so that no digits are lost to their scales; the slope is centred and in
// standard deviations, for the same reason. Rows enter only by their cross
// products: what lies across each subject's own columns Z is added up once for
// all, what lies along them is kept by subject, so that a step costs nothing per
// row and spreads of very different sizes do not cancel.
type variance struct {
	n, p, q      int
	ml           bool
	subjects     []subject
	across2      *mat.SymDense // Q'Q, Q'e and e'e of what is left of the rows after Z;
	acrossE      []float64     // they do not depend on the spreads
	acrossEE     float64
	logR         float64 // log |R|², the part of log |X'MX| that Q leaves out
	middle, unit float64 // the slope less this, divided by that
	least        *least
	beta         []float64 // where e starts
}

// subject is what Z = UT sees of one subject: T, U'Q and U'e. Z is its ones and
// its slope, U orthonormal, T upper triangular.
type subject struct {
	n float64
	t pair // upper left, upper right, lower right
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
		v.q, v.middle = 2, stat.Mean(d.Slope)
		v.unit = stat.SD(d.Slope)
		if !(v.unit > 0) {
			return nil, stat.Refuse(stat.Redundant, "the slope is the same in every row")
		}
	}
	beta, rest := l.solve(d.Y)
	v.beta = beta
	if length(rest) <= 1e-13*length(d.Y) {
		return nil, stat.Refuse(stat.NoSpread, "the columns meet the outcome exactly, so no spread is left to share out")
	}
	for j := range v.p {
		v.logR -= 2 * math.Log(math.Abs(l.back.At(j, j)))
	}
	v.gather(d, rest)
	return v, v.enough()
}

// enough refuses subjects that cannot be told from chance.
func (v *variance) enough() error {
	if len(v.subjects) < 2 {
		return stat.Refuse(stat.OneGroup, "a mixed model needs two subjects or more")
	}
	own := "levels"
	if v.q == 2 {
		own = "levels and slopes"
	}
	if len(v.subjects)*v.q >= v.n {
		return stat.Refuse(stat.TooFew,
			"%d rows are too few to tell the own %s of %d subjects from chance: measure them again", v.n, own, len(v.subjects))
	}
	if v.q == 2 && !slices.ContainsFunc(v.subjects, func(s subject) bool { return s.t.c > 0 }) {
		return stat.Refuse(stat.Redundant, "the slope's column never changes within a subject, so nobody's own slope can be seen")
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
