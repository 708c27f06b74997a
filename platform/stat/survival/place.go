package survival

import (
	"math"
	"slices"

	"alongside/platform/stat"
)

// apart is the share of a column that must be left when what the columns before
// it say is taken out; with less it is redundant.
const apart = 1e-7

// place fills the rows of x by Gram and Schmidt: x = centred columns · back. Once
// is enough: what rounding leaves of one column in another is known to back too.
func (c *cohort) place(d CoxData) error {
	c.x, c.sd = make([]float64, c.n*c.p), make([]float64, c.p)
	c.back = make([][]float64, c.p)
	for j, column := range d.X.Columns {
		v := make([]float64, c.n)
		for i, row := range c.order[:c.n] {
			v[i] = column[row]
		}
		if slices.Min(v) == slices.Max(v) {
			return stat.Refuse(stat.Redundant, "column %s is the same for everybody watched when an event happens, so it explains nothing", d.X.Names[j])
		}
		centre(v)
		c.sd[j] = size(v)
		c.back[j] = make([]float64, c.p)
		c.back[j][j] = 1
		c.clear(v, j)
		left := size(v)
		if !(left > apart*c.sd[j]) {
			return stat.Refuse(stat.Redundant, "column %s says only what the columns before it say", d.X.Names[j])
		}
		for k := range j + 1 {
			c.back[k][j] /= left
		}
		for i := range v {
			v[i] /= left
			c.x[i*c.p+j] = v[i]
		}
	}
	return nil
}

// clear takes from v, the j-th column, what those placed before it say of it.
func (c *cohort) clear(v []float64, j int) {
	share := make([]float64, j)
	for i, o := range v {
		for k, x := range c.x[i*c.p : i*c.p+j] {
			share[k] += o * x / float64(c.n)
		}
	}
	for i := range v {
		for k, x := range c.x[i*c.p : i*c.p+j] {
			v[i] -= share[k] * x
		}
	}
	for k, s := range share {
		for h := range k + 1 {
			c.back[h][j] -= s * c.back[h][k]
		}
	}
}

func centre(v []float64) {
	for range 2 { // the first mean is off by rounding
		mean := stat.Mean(v)
		for i := range v {
			v[i] -= mean
		}
	}
}

// size is the standard deviation of a centred column.
func size(v []float64) float64 { return math.Sqrt(inner(v, v) / float64(len(v))) }

// unplaced turns coefficients of the rows of x into those of the columns.
func (c *cohort) unplaced(beta []float64) []float64 {
	out := make([]float64, c.p)
	for i := range out {
		out[i] = inner(c.back[i], beta)
	}
	return out
}

// unscaled turns their covariance.
func (c *cohort) unscaled(v [][]float64) [][]float64 {
	half := make([][]float64, c.p)
	for i := range half {
		half[i] = make([]float64, c.p)
		for j := range half[i] {
			half[i][j] = inner(c.back[i], v[j]) // v is symmetric
		}
	}
	out := make([][]float64, c.p)
	for i := range out {
		out[i] = make([]float64, c.p)
		for j := range out[i] {
			out[i][j] = inner(half[i], c.back[j])
		}
	}
	return out
}
