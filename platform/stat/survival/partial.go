package survival

import "math"

// slope is the log partial likelihood at some β with its first and second
// derivatives.
type slope struct {
	loglik float64
	score  []float64
	info   *lower
}

// riskSum adds up people: Σw, Σwx, Σwxx' with w = exp(x'β).
type riskSum struct {
	w  float64
	x  []float64
	xx []float64 // lower triangle
}

func newRiskSum(p int) riskSum {
	return riskSum{x: make([]float64, p), xx: make([]float64, p*(p+1)/2)}
}

func (r *riskSum) add(w float64, x []float64) {
	r.w += w
	k := 0
	sums, squares := r.x[:len(x)], r.xx
	for a, v := range x {
		wv := w * v
		sums[a] += wv
		line := squares[k : k+a+1]
		for b := range line {
			line[b] += wv * x[b]
		}
		k += a + 1
	}
}

func (r *riskSum) clear() {
	r.w = 0
	clear(r.x)
	clear(r.xx)
}

// pass goes through the cohort once, from the latest time back, and returns
// the likelihood and its derivatives at beta. atTime, if given, sees each time
// with events: the sums of all at risk and of those with the event.
func (c *cohort) pass(beta []float64, atTime func(row, died int, risk, dead *riskSum)) slope {
	s := slope{score: make([]float64, c.p), info: newLower(c.p)}
	risk, dead, mean := newRiskSum(c.p), newRiskSum(c.p), make([]float64, c.p)
	died := 0
	for i := range c.n {
		x := c.x[i*c.p : (i+1)*c.p]
		eta := 0.0
		for j, b := range beta {
			eta += b * x[j]
		}
		w := math.Exp(eta)
		risk.add(w, x)
		if c.event[i] {
			died++
			s.loglik += eta
			for j, v := range x {
				s.score[j] += v
			}
			dead.add(w, x)
		}
		if !c.last[i] || died == 0 {
			continue
		}
		s.leave(c.ties, died, &risk, &dead, mean)
		if atTime != nil {
			atTime(i, died, &risk, &dead)
		}
		died = 0
		dead.clear()
	}
	return s
}

// leave takes in the events of one time: each is drawn from the people at risk
// less, with Efron, the share of the tied that already went.
func (s *slope) leave(ties Ties, died int, risk, dead *riskSum, mean []float64) {
	for l := range died {
		gone := 0.0
		if ties == Efron {
			gone = float64(l) / float64(died)
		}
		w := risk.w - gone*dead.w
		s.loglik -= math.Log(w)
		k := 0
		for a := range mean {
			mean[a] = (risk.x[a] - gone*dead.x[a]) / w
			s.score[a] -= mean[a]
			line := s.info.a[k : k+a+1]
			all, out := risk.xx[k:k+a+1], dead.xx[k:k+a+1]
			for b := range line {
				line[b] += (all[b]-gone*out[b])/w - mean[a]*mean[b]
			}
			k += a + 1
		}
	}
}
