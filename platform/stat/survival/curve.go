package survival

import (
	"math"
	"sort"

	"alongside/platform/stat"
)

// Curve is the Kaplan–Meier estimate of one group: the share S(t) who have not
// had the event by time t, Π (1 − d/n) over event times.
// Source: Kaplan and Meier 1958. R: survfit(Surv(time, event) ~ group).
type Curve struct {
	Group  string
	N      int // people
	Events int

	time     []float64 // distinct times, of events and of censoring
	atRisk   []uint32  // just before the time
	events   []uint32
	survival []float64 // from that time on
	variance []float64 // Greenwood's sum Σ d/(n(n−d)): the variance of log S
}

// Point is the curve at one time. What R prints as NA is NaN.
type Point struct {
	Time     float64
	AtRisk   int // watched and without the event just before Time
	Events   int // at this very time
	Censored int // at this very time
	Survival float64
	SE       float64 // Greenwood: S √Σ d/(n(n−d))
	stat.Interval
}

// Curves returns the Kaplan–Meier curve of each group, in the order of the
// groups' names. Every event counts, whatever its kind: with several kinds of
// event this is the share who have had none, not one minus the share of one
// kind (see Incidence).
func (s *Study) Curves() ([]*Curve, error) {
	if err := s.settle(); err != nil {
		return nil, err
	}
	curves := make([]*Curve, len(s.groups))
	for i, g := range s.groups {
		curves[i] = g.curve()
	}
	return curves, nil
}

func (g *Group) curve() *Curve {
	most := 0
	for _, r := range g.byCode {
		most = max(most, len(r.time))
	}
	c := &Curve{Group: g.name, N: g.n}
	c.reserve(most)
	w := walk(g.runs())
	atRisk, s, v := g.n, 1.0, 0.0
	for {
		died, gone := 0, 0
		t, ok := w.next(func(code int, count uint32) {
			gone += int(count)
			if code != Censored {
				died += int(count)
			}
		})
		if !ok {
			return c
		}
		if died > 0 {
			n, d := float64(atRisk), float64(died)
			s *= (n - d) / n
			v += d / (n * (n - d))
		}
		c.step(t, atRisk, died, s, v)
		atRisk -= gone
	}
}

func (c *Curve) reserve(n int) {
	c.time, c.survival, c.variance = make([]float64, 0, n), make([]float64, 0, n), make([]float64, 0, n)
	c.atRisk, c.events = make([]uint32, 0, n), make([]uint32, 0, n)
}

func (c *Curve) step(t float64, atRisk, died int, s, v float64) {
	c.Events += died
	c.time = append(c.time, t)
	c.atRisk = append(c.atRisk, uint32(atRisk))
	c.events = append(c.events, uint32(died))
	c.survival = append(c.survival, s)
	c.variance = append(c.variance, v)
}

// Len is the number of distinct times.
func (c *Curve) Len() int { return len(c.time) }

// Last is the longest time anybody was watched.
func (c *Curve) Last() float64 { return c.time[len(c.time)-1] }

// Step returns the i-th distinct time, from 0, with limits of the kind.
func (c *Curve) Step(i int, l Limits) Point {
	p := Point{
		Time: c.time[i], AtRisk: int(c.atRisk[i]), Events: int(c.events[i]),
		Survival: c.survival[i], SE: c.survival[i] * math.Sqrt(c.variance[i]),
	}
	next := 0
	if i+1 < len(c.atRisk) {
		next = int(c.atRisk[i+1])
	}
	p.Censored = p.AtRisk - p.Events - next
	p.Interval = l.around(c.survival[i], math.Sqrt(c.variance[i]))
	return p
}

// At returns the curve at a time: 1 before the first event, the last step
// before or at the time after it. Past the longest time that anybody was
// watched nothing is known: nobody is at risk and the rest is NaN.
// R: summary(fit, times=t), which leaves such a time out.
func (c *Curve) At(t float64, l Limits) Point {
	i := sort.SearchFloat64s(c.time, t)
	exact := i < len(c.time) && c.time[i] == t
	if i == len(c.time) {
		nan := math.NaN()
		return Point{Time: t, Survival: nan, SE: nan, Interval: stat.Interval{Lower: nan, Upper: nan}}
	}
	p := Point{Time: t, Survival: 1, Interval: stat.Interval{Lower: 1, Upper: 1}}
	if exact {
		p = c.Step(i, l)
	} else if i > 0 {
		p = c.Step(i-1, l)
		p.Time, p.Events, p.Censored = t, 0, 0
	}
	p.AtRisk = int(c.atRisk[i])
	return p
}
