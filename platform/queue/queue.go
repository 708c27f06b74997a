// Package queue answers how many people must be on duty so that whoever calls
// is not left waiting: it plays weeks of calls against a roster, with the time
// it takes to answer, to travel and to be there, and with a ladder of who is
// asked after whom. Where theory has an answer (calls at random, one line, c
// who serve) it is here too, and the two are held against each other in tests.
//
// It is not a library because none plays a ladder; the theory is one formula.
package queue

import (
	"math"
	"math/rand/v2"
)

// Hours in a week; hour 0 begins on Monday at 00:00.
const Hours = 168

// Week is the minutes of a week.
const Week = Hours * 60.0

// Time is how long something takes, in minutes.
type Time struct {
	Mean  float64 `json:"mean"`
	SD    float64 `json:"sd,omitempty"`    // of a lognormal; 0 is exponential unless Fixed
	Fixed bool    `json:"fixed,omitempty"` // always the mean
}

// draw is one such time.
func (d Time) draw(rng *rand.Rand) float64 {
	switch {
	case d.Mean <= 0:
		return 0
	case d.Fixed:
		return d.Mean
	case d.SD <= 0:
		return d.Mean * rng.ExpFloat64()
	}
	s2 := math.Log(1 + d.SD*d.SD/(d.Mean*d.Mean))
	return math.Exp(math.Log(d.Mean) - s2/2 + math.Sqrt(s2)*rng.NormFloat64())
}

// Rung is one step of the ladder: how many are asked (0: all who are free), and
// how long until the next.
type Rung struct {
	Ask  int     `json:"ask"`
	Wait float64 `json:"wait"` // minutes, above 0
}

// Shift is a time of the day at which so many are on duty.
type Shift struct {
	Name   string  `json:"name"`
	Days   []int   `json:"days,omitempty"` // 0 is Monday; none: every day
	From   float64 `json:"from"`           // minutes after midnight
	To     float64 `json:"to"`             // the same; not after From: on the next day; equal, every day: always
	People int     `json:"people"`
}

// always reports whether the shift never changes hands.
func (s Shift) always() bool { return s.From == s.To && (len(s.Days) == 0 || len(s.Days) == 7) }

func (s Shift) length() float64 {
	if s.To > s.From {
		return s.To - s.From
	}
	return s.To - s.From + 24*60
}

// Model is a place that calls, and who comes.
type Model struct {
	Arrivals []float64 `json:"arrivals"` // calls an hour: 168 of them, 24 of a day, or 1
	Answer   Time      `json:"answer"`   // until someone who was asked says yes
	Yes      float64   `json:"yes"`      // share of asks that get a yes from someone who is free
	Travel   Time      `json:"travel"`
	Service  Time      `json:"service"` // with the person
	Ladder   []Rung    `json:"ladder"`
	Shifts   []Shift   `json:"shifts"`
	Within   float64   `json:"within"` // minutes from the call until someone should be there
}

// rate is how many calls an hour there are at a minute of the week.
func (m Model) rate(minute float64) float64 {
	hour := int(minute/60) % Hours
	return m.Arrivals[hour%len(m.Arrivals)]
}

func (m Model) peak() float64 {
	most := 0.0
	for _, r := range m.Arrivals {
		most = max(most, r)
	}
	return most
}

// ErlangC is the share of calls that wait at all, and the mean wait in the
// unit of the rates, when calls come at random at a rate and servers, one line
// before them, each serve at a rate (M/M/c, A. K. Erlang 1917). It is 1 and
// infinite when they cannot keep up.
func ErlangC(arrive, serve float64, servers int) (waits, mean float64) {
	load := arrive / serve
	if load >= float64(servers) {
		return 1, math.Inf(1)
	}
	b := 1.0 // Erlang B by its recursion, which does not overflow
	for n := 1; n <= servers; n++ {
		b = load * b / (float64(n) + load*b)
	}
	waits = b / (1 - load/float64(servers)*(1-b))
	return waits, waits / (float64(servers)*serve - arrive)
}

// ErlangWithin is the share of calls that wait no longer than a time.
func ErlangWithin(arrive, serve float64, servers int, t float64) float64 {
	waits, _ := ErlangC(arrive, serve, servers)
	return max(0, 1-waits*math.Exp(-(float64(servers)*serve-arrive)*t))
}
