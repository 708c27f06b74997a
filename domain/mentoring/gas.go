package mentoring

import (
	"fmt"
	"math"

	"alongside/platform/strictjson"
)

// Rho is the correlation between goals that everyone assumes.
const Rho = 0.3

// partly is how "partly achieved" is noted in the light version: half-way from
// −1 to 0. For T it counts as −1, because the levels have no half (Turner-Stokes
// and Williams 2010).
const partly = -0.5

// Goals is one person's set of goals, as rated. Rho nil is Rho.
type Goals struct {
	Rho   *float64 `json:"rho"`
	Goals []Goal   `json:"goals"`
}

// Goal is one goal. Weight nil is 1 and 0 leaves the goal out; only the ratio
// between weights matters. Baseline and Achieved are levels, −2 to 2; Achieved
// nil is not yet rated, and −0.5 partly achieved from a baseline of −1.
type Goal struct {
	Weight   *float64 `json:"weight"`
	Baseline *float64 `json:"baseline"`
	Achieved *float64 `json:"achieved"`
}

// Attainment is what a set of goals comes to. Change takes the same goals and
// weights before and after. AchievedT and Change are nil while a goal that
// counts is not yet rated.
type Attainment struct {
	BaselineT    float64      `json:"baseline_t"`
	AchievedT    *float64     `json:"achieved_t"`
	Change       *float64     `json:"change"`
	Distribution Distribution `json:"distribution"`
	Unrated      int          `json:"not_rated"` // goals that count and have no rating yet
	Partly       int          `json:"partly"`    // achieved −0.5, counted as −1
	LeftOut      int          `json:"left_out"`  // of weight 0

	counted int
}

// Distribution counts the goals that count by the level achieved.
type Distribution struct {
	MuchLess int `json:"-2"`
	Less     int `json:"-1"`
	Expected int `json:"0"`
	More     int `json:"1"`
	MuchMore int `json:"2"`
}

// Score computes T before and after. It refuses, with a *strictjson.Fault that
// names the place: no goals, a rho outside 0 to 1, a weight below 0, weights
// that are all 0, a goal without a baseline, and what is not a level.
func (g Goals) Score() (Attainment, error) {
	rho := Rho
	if g.Rho != nil {
		rho = *g.Rho
	}
	if rho < 0 || rho > 1 {
		return Attainment{}, strictjson.At("/rho", "%v is not from 0 to 1", rho)
	}
	if len(g.Goals) == 0 {
		return Attainment{}, strictjson.At("/goals", "there is no goal")
	}
	var a Attainment
	var weights, before, after []float64
	for i, goal := range g.Goals {
		r, err := goal.read(fmt.Sprintf("/goals/%d", i))
		if err != nil {
			return Attainment{}, err
		}
		if r.weight == 0 {
			a.LeftOut++
			continue
		}
		weights, before, after = append(weights, r.weight), append(before, r.baseline), append(after, r.achieved)
		a.note(r)
	}
	if a.counted == 0 {
		return Attainment{}, strictjson.At("/goals", "every weight is 0: then there is no T; give at least one goal a weight above 0")
	}
	a.BaselineT = T(rho, weights, before)
	if a.Unrated == 0 {
		achieved := T(rho, weights, after)
		change := achieved - a.BaselineT
		a.AchievedT, a.Change = &achieved, &change
	}
	return a, nil
}

// rated is one goal that has been checked.
type rated struct {
	weight, baseline, achieved float64
	known, partly              bool
}

func (g Goal) read(place string) (rated, error) {
	r := rated{weight: 1}
	if g.Weight != nil {
		r.weight = *g.Weight
	}
	if r.weight < 0 {
		return r, strictjson.At(place+"/weight", "%v is below 0; a weight is importance times difficulty, or 1", r.weight)
	}
	if g.Baseline == nil {
		return r, strictjson.At(place+"/baseline", "is missing; −1 is usual, −2 when nothing worse can be thought of")
	}
	r.baseline = *g.Baseline
	if !isLevel(r.baseline) {
		return r, strictjson.At(place+"/baseline", "%v is not a level: −2, −1, 0, 1 or 2", r.baseline)
	}
	return g.readAchieved(r, place+"/achieved")
}

func (g Goal) readAchieved(r rated, place string) (rated, error) {
	if g.Achieved == nil {
		return r, nil
	}
	r.known, r.achieved = true, *g.Achieved
	switch {
	case r.achieved == partly && r.baseline == -1:
		r.achieved, r.partly = -1, true
	case r.achieved == partly:
		return r, strictjson.At(place, "−0.5 stands for partly achieved from a baseline of −1; from %v give a level", r.baseline)
	case !isLevel(r.achieved):
		return r, strictjson.At(place, "%v is not a level: −2, −1, 0, 1 or 2, or −0.5 for partly achieved", r.achieved)
	}
	return r, nil
}

func isLevel(x float64) bool { return x == math.Trunc(x) && x >= -2 && x <= 2 }

func (a *Attainment) note(r rated) {
	a.counted++
	if !r.known {
		a.Unrated++
		return
	}
	if r.partly {
		a.Partly++
	}
	d := &a.Distribution
	levels := [...]*int{&d.MuchLess, &d.Less, &d.Expected, &d.More, &d.MuchMore}
	*levels[int(r.achieved)+2]++
}

// T is the score of levels x under weights w, of which one at least is above 0;
// see the package's formula. Weights count relative to the largest, so that no
// weight is too large or too small.
func T(rho float64, w, x []float64) float64 {
	largest := 0.0
	for _, wi := range w {
		largest = max(largest, wi)
	}
	var sum, squares, weighted float64
	for i, wi := range w {
		wi /= largest
		sum += wi
		squares += wi * wi
		weighted += wi * x[i]
	}
	return 50 + 10*weighted/math.Sqrt((1-rho)*squares+rho*sum*sum)
}
