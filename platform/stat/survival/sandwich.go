package survival

import (
	"math"

	"alongside/platform/stat"
)

// hazardStep is what one time with events adds to the hazard of those at risk,
// and what it takes back from those who had the event in it (Efron).
type hazardStep struct {
	row         int // the last row of that time
	all, back   float64
	allX, backX []float64 // the same, times the mean covariate
	mean        []float64 // mean covariate over the events
}

// sandwich returns I⁻¹ (Σ rr') I⁻¹, r the score residuals summed over each
// cluster (rows alone without clusters): the errors of Lin and Wei 1989.
// It refuses clusters that are one, and those whose residuals cancel out: what
// is left is rounding and no error. R: coxph(robust=TRUE).
func (c *cohort) sandwich(fit maximum, cluster []uint32) ([][]float64, error) {
	var steps []hazardStep
	c.pass(fit.beta, func(row, died int, risk, dead *riskSum) {
		steps = append(steps, c.hazard(row, died, risk, dead))
	})
	meat := newMeat(c.p, cluster)
	total := hazardStep{allX: make([]float64, c.p)}
	var here hazardStep
	r := make([]float64, c.p)
	for i := c.n - 1; i >= 0; i-- {
		if k := len(steps) - 1; k >= 0 && steps[k].row == i {
			here, steps = steps[k], steps[:k]
			total.grow(here)
		}
		x := c.x[i*c.p : (i+1)*c.p]
		w := math.Exp(inner(fit.beta, x))
		for j, v := range x {
			r[j] = -w * (v*total.all - total.allX[j])
			if c.event[i] {
				r[j] += v - here.mean[j] + w*(v*here.back-here.backX[j])
			}
		}
		meat.add(c.order[i], r)
	}
	cov := between(fit.inverse, meat.sum())
	if cluster == nil {
		return cov, nil
	}
	own, alone := c.unscaled(cov), c.unscaled(between(fit.inverse, meat.rows))
	for j := range cov {
		if !(own[j][j] > cancelled*cancelled*alone[j][j]) {
			return nil, stat.Refuse(stat.TooFew,
				"within each cluster the residuals of column %s add up to 0, so the clusters say nothing of its error; take other clusters, or none", c.names[j])
		}
	}
	return cov, nil
}

// cancelled is the share of an error by rows below which the error by clusters
// is what rounding left of 0.
const cancelled = 1e-6

func (c *cohort) hazard(row, died int, risk, dead *riskSum) hazardStep {
	h := hazardStep{row: row, allX: make([]float64, c.p), backX: make([]float64, c.p), mean: make([]float64, c.p)}
	for l := range died {
		gone := 0.0
		if c.ties == Efron {
			gone = float64(l) / float64(died)
		}
		w := risk.w - gone*dead.w
		h.all += 1 / w
		h.back += gone / w
		for j := range h.mean {
			mean := (risk.x[j] - gone*dead.x[j]) / w
			h.mean[j] += mean / float64(died)
			h.allX[j] += mean / w
			h.backX[j] += gone * mean / w
		}
	}
	return h
}

func (h *hazardStep) grow(by hazardStep) {
	h.all += by.all
	for j, v := range by.allX {
		h.allX[j] += v
	}
}

// meat sums outer products of residuals, by cluster.
type meat struct {
	p       int
	cluster []uint32
	byGroup [][]float64
	total   [][]float64
	rows    [][]float64 // the same with each row a cluster
}

func newMeat(p int, cluster []uint32) *meat {
	m := &meat{p: p, cluster: cluster, total: make([][]float64, p), rows: make([][]float64, p)}
	for i := range m.total {
		m.total[i], m.rows[i] = make([]float64, p), make([]float64, p)
	}
	return m
}

func (m *meat) add(row uint32, r []float64) {
	if m.cluster == nil {
		outer(m.total, r)
		return
	}
	outer(m.rows, r)
	g := int(m.cluster[row])
	for len(m.byGroup) <= g {
		m.byGroup = append(m.byGroup, make([]float64, m.p))
	}
	for j, v := range r {
		m.byGroup[g][j] += v
	}
}

func outer(to [][]float64, r []float64) {
	for i, a := range r {
		for j, b := range r {
			to[i][j] += a * b
		}
	}
}

func (m *meat) sum() [][]float64 {
	for _, r := range m.byGroup {
		outer(m.total, r)
	}
	return m.total
}

// between is a m a for symmetric a.
func between(a, m [][]float64) [][]float64 {
	p := len(a)
	half, out := make([][]float64, p), make([][]float64, p)
	for i := range p {
		half[i], out[i] = make([]float64, p), make([]float64, p)
		for j := range p {
			for k := range p {
				half[i][j] += a[i][k] * m[k][j]
			}
		}
	}
	for i := range p {
		for j := range p {
			out[i][j] = inner(half[i], a[j])
		}
	}
	return out
}
