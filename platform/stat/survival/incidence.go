package survival

import (
	"math"

	"alongside/platform/stat"
)

// Incidence is the share of one group who have had each kind of event by each
// time, when one kind keeps the others from happening.
type Incidence struct {
	Group  string
	N      int
	Causes []int   // the codes seen, 1 and up
	Counts []int   // events of each
	Steps  []Share // one for each time at which an event happened

	group       *Group
	first, last float64 // the shortest and longest time that anybody was watched
}

// Share is the state at one time.
type Share struct {
	Time   float64
	AtRisk int // just before the time
	None   CauseShare
	Of     []CauseShare // by cause
}

// CauseShare is the share who have had one kind of event.
type CauseShare struct {
	Value, SE float64
}

// Incidences returns the Aalen–Johansen estimate of each group: at each event
// time the share still free, S(t−), times d_k/n moves to cause k. Unlike one
// minus Kaplan–Meier of a single cause, the shares of all causes and of none
// add up to 1. The standard errors are those of Greenwood's kind (each step a
// multinomial draw), which equal the infinitesimal jackknife here.
// Source: Aalen and Johansen 1978. R: survfit(Surv(time, factor(event))).
func (s *Study) Incidences() ([]*Incidence, error) {
	if err := s.settle(); err != nil {
		return nil, err
	}
	causes := s.causes()
	if len(causes) == 0 {
		return nil, stat.Refuse(stat.NoEvents, "nobody had an event of any kind")
	}
	out := make([]*Incidence, len(s.groups))
	for i, g := range s.groups {
		out[i] = g.incidence(causes)
	}
	return out, nil
}

func (s *Study) causes() []int {
	var out []int
	for code := 1; code < codesMost; code++ {
		for _, g := range s.groups {
			if code < len(g.byCode) && len(g.byCode[code].time) > 0 {
				out = append(out, code)
				break
			}
		}
	}
	return out
}

func (g *Group) incidence(causes []int) *Incidence {
	in := &Incidence{Group: g.name, N: g.n, Causes: causes, Counts: make([]int, len(causes)), group: g}
	in.first, in.last = g.span()
	place := make(map[int]int, len(causes))
	for i, code := range causes {
		place[code] = i
	}
	state := newMoving(len(causes), g.eventTimes())
	in.Steps = make([]Share, 0, g.eventTimes())
	w, atRisk := walk(g.runs()), g.n
	moved := make([]int, len(causes))
	for {
		gone, any := 0, false
		clear(moved)
		t, ok := w.next(func(code int, count uint32) {
			gone += int(count)
			if code != Censored {
				moved[place[code]] += int(count)
				any = true
			}
		})
		if !ok {
			return in
		}
		if any {
			state.step(float64(atRisk), moved)
			for i, d := range moved {
				in.Counts[i] += d
			}
			in.Steps = append(in.Steps, state.at(t, atRisk))
		}
		atRisk -= gone
	}
}

// moving carries shares and their variances from one event time to the next.
type moving struct {
	free, freeVar float64
	share         []float64
	shareVar      []float64
	between       []float64 // covariance of a share with the free
	room          []CauseShare
}

// newMoving makes room for steps of k causes at once, since there may be
// millions.
func newMoving(k, steps int) *moving {
	return &moving{
		free: 1, share: make([]float64, k), shareVar: make([]float64, k), between: make([]float64, k),
		room: make([]CauseShare, 0, k*steps),
	}
}

// eventTimes is at least the number of distinct times with an event.
func (g *Group) eventTimes() int {
	n := 0
	for code := 1; code < len(g.byCode); code++ {
		n += len(g.byCode[code].time)
	}
	return n
}

func (m *moving) step(n float64, moved []int) {
	gone := 0
	for _, d := range moved {
		gone += d
	}
	all := float64(gone) / n
	stay, draw := 1-all, m.free*m.free/n
	for i, d := range moved {
		h := float64(d) / n
		m.shareVar[i] += 2*h*m.between[i] + h*h*m.freeVar + draw*h*(1-h)
		m.between[i] = stay*(m.between[i]+h*m.freeVar) - draw*h*stay
		m.share[i] += m.free * h
	}
	m.freeVar = stay*stay*m.freeVar + draw*all*stay
	m.free *= stay
	if i := m.only(); i >= 0 {
		m.shareVar[i], m.between[i] = m.freeVar, -m.freeVar
	}
}

// only is the one cause that anybody had so far, or -1 for several. Its share is
// what is no longer free, and so is its error: summed up step by step, that of a
// share of 1 would be the root of what rounding leaves and not 0.
func (m *moving) only() int {
	one := -1
	for i, v := range m.share {
		if v == 0 {
			continue
		}
		if one >= 0 {
			return -1
		}
		one = i
	}
	return one
}

func (m *moving) at(t float64, atRisk int) Share {
	from := len(m.room)
	for i, v := range m.share {
		m.room = append(m.room, CauseShare{v, math.Sqrt(math.Max(0, m.shareVar[i]))})
	}
	none := CauseShare{m.free, math.Sqrt(math.Max(0, m.freeVar))}
	return Share{Time: t, AtRisk: atRisk, None: none, Of: m.room[from:len(m.room):len(m.room)]}
}
