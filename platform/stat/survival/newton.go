package survival

import (
	"math"

	"alongside/platform/stat"
)

// maximum is where the partial likelihood is highest, in scaled units.
type maximum struct {
	beta         []float64
	null, loglik float64
	score        float64     // U' I⁻¹ U at 0
	inverse      [][]float64 // I⁻¹ at beta
	rounds       int
}

const (
	roundsMost = 40
	settledBy  = 1e-9  // a step this small, in standard deviations, ends the search
	strides    = 1e-3  // a step this long that gains nothing goes towards infinity
	nothing    = 1e-10 // a column of which less is left, others out, is redundant
)

// maximise climbs by Newton steps, halved when the likelihood falls. The
// likelihood has one top; when a column sorts events from the rest, the top
// lies at infinity, the steps never shrink, and the column is named.
func (c *cohort) maximise() (maximum, error) {
	m := maximum{beta: make([]float64, c.p)}
	at := c.pass(m.beta, nil)
	m.null, m.loglik = at.loglik, at.loglik
	if j := at.info.factor(nothing); j >= 0 {
		return m, stat.Refuse(stat.Redundant, "column %s adds nothing that the columns before it do not say of those with the event", c.names[j])
	}
	step := at.info.solve(at.score)
	m.score = inner(step, at.score)
	for m.rounds = 1; m.rounds <= roundsMost; m.rounds++ {
		before := m.loglik
		at = c.climb(&m, step)
		flat := m.loglik-before < 1e-11*math.Abs(m.null)
		if at.info.factor(0) >= 0 || flat && math.Abs(step[largest(step)]) > strides {
			break
		}
		if small(step, m.beta) {
			m.inverse = at.info.inverse()
			return m, nil
		}
		step = at.info.solve(at.score)
	}
	return m, stat.Refuse(stat.Separation,
		"column %s separates those with the event from the rest, so its coefficient has no end", c.names[c.farthest(step)])
}

// farthest is the column whose coefficient the step changes most, in standard
// deviations of it.
func (c *cohort) farthest(step []float64) int {
	moves := c.unplaced(step)
	for j := range moves {
		moves[j] *= c.sd[j]
	}
	return largest(moves)
}

// climb takes the step, or as many halves of it as the likelihood needs to rise.
func (c *cohort) climb(m *maximum, step []float64) slope {
	allowed := 1e-10 * math.Abs(m.null)
	part := append([]float64(nil), step...)
	for range 30 {
		next := plus(m.beta, part)
		at := c.pass(next, nil)
		if at.loglik >= m.loglik-allowed {
			m.beta, m.loglik = next, at.loglik
			return at
		}
		for j := range part {
			part[j] /= 2
		}
	}
	return c.pass(m.beta, nil)
}

func small(step, beta []float64) bool {
	for j, d := range step {
		if !(math.Abs(d) <= settledBy*math.Max(1, math.Abs(beta[j]))) {
			return false
		}
	}
	return true
}

func largest(step []float64) int {
	at := 0
	for j, d := range step {
		if math.Abs(d) > math.Abs(step[at]) {
			at = j
		}
	}
	return at
}

func plus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] + b[i]
	}
	return out
}

func inner(a, b []float64) float64 {
	total := 0.0
	for i := range a {
		total += a[i] * b[i]
	}
	return total
}
