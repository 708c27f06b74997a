package model

import (
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
)

// Target says for whom an effect is asked.
type Target string

// The targets.
const (
	Everybody Target = "everybody" // the average over all (ATE)
	Treated   Target = "treated"   // the average over those who had it (ATT)
)

// Weights returns the inverse probability weights of a target: 1/e and 1/(1−e)
// for everybody; 1 and e/(1−e) for the treated. score is the chance e of
// having had the support, given what was known before. It assumes that nothing
// else decided who had it, and that everybody could have been in either group:
// a score of 0 or 1 is refused. Source: Rosenbaum 1987. R: WeightIt.
func Weights(score []float64, treated []bool, t Target) ([]float64, error) {
	if len(score) != len(treated) || len(score) == 0 {
		return nil, stat.Refuse(stat.Uneven, "each person needs a score and a group")
	}
	if t != Everybody && t != Treated {
		return nil, stat.Refuse(stat.OutOfRange, "the target is everybody or treated")
	}
	w := make([]float64, len(score))
	for i, e := range score {
		if !(e > 0 && e < 1) {
			return nil, stat.Refuse(stat.OutOfRange, "a score of 0 or 1 means that this person could only be in one group; there is nothing to compare to")
		}
		switch {
		case treated[i] && t == Everybody:
			w[i] = 1 / e
		case treated[i]:
			w[i] = 1
		case t == Everybody:
			w[i] = 1 / (1 - e)
		default:
			w[i] = e / (1 - e)
		}
	}
	return w, nil
}

// Weighed is the difference of two weighted groups.
type Weighed struct {
	HorvitzThompson float64 // weighted sums over n (over the treated for that target)
	Hajek           float64 // difference of weighted means; steadier, prefer it
	ESSTreated      float64 // (Σw)²/Σw²: how many people the weights are worth
	ESSOther        float64
}

// Compare returns the weighted difference of y between the groups. For an
// interval, bootstrap the whole of it, scores included.
// Source: Horvitz and Thompson 1952; Hájek 1971; Kish 1965.
func Compare(y []float64, treated []bool, w []float64, t Target) (Weighed, error) {
	if len(y) != len(treated) || len(w) != len(y) {
		return Weighed{}, stat.Refuse(stat.Uneven, "each person needs an outcome, a group and a weight")
	}
	if err := finite(y, "the outcome"); err != nil {
		return Weighed{}, err
	}
	var yes, no weighing
	for i, v := range y {
		if treated[i] {
			yes.add(w[i], v)
		} else {
			no.add(w[i], v)
		}
	}
	if yes.n == 0 || no.n == 0 {
		return Weighed{}, stat.Refuse(stat.OneGroup, "a comparison needs people with and without the support")
	}
	over := float64(len(y))
	if t == Treated {
		over = yes.n
	}
	return Weighed{
		HorvitzThompson: (yes.wy - no.wy) / over,
		Hajek:           yes.wy/yes.w - no.wy/no.w,
		ESSTreated:      yes.w * yes.w / yes.ww,
		ESSOther:        no.w * no.w / no.ww,
	}, nil
}

type weighing struct{ n, w, ww, wy float64 }

func (g *weighing) add(w, y float64) {
	g.n++
	g.w += w
	g.ww += w * w
	g.wy += w * y
}

// Balanced is how far the groups lie apart in one column, in standard
// deviations, before and after weighting. Below 0.1 counts as balanced.
type Balanced struct {
	Name          string
	Before, After float64
}

// Balance returns the standardized mean differences: (m₁−m₀)/√((s₁²+s₀²)/2),
// with the unweighted spread below both times, so that only means change.
// Source: Austin 2011. R: cobalt::bal.tab(s.d.denom="pooled").
func Balance(x design.Matrix, treated []bool, w []float64) ([]Balanced, error) {
	if x.Rows() != len(treated) || len(w) != len(treated) {
		return nil, stat.Refuse(stat.Uneven, "each person needs every column, a group and a weight")
	}
	var out []Balanced
	for j, c := range x.Columns {
		if x.Names[j] == design.Intercept {
			continue
		}
		var yes, no []float64
		var weighedYes, weighedNo weighing
		for i, v := range c {
			if treated[i] {
				yes = append(yes, v)
				weighedYes.add(w[i], v)
			} else {
				no = append(no, v)
				weighedNo.add(w[i], v)
			}
		}
		if len(yes) < 2 || len(no) < 2 {
			return nil, stat.Refuse(stat.TooFew, "balance needs two people or more in each group")
		}
		spread := math.Sqrt((stat.Variance(yes) + stat.Variance(no)) / 2)
		out = append(out, Balanced{
			Name:   x.Names[j],
			Before: apart(stat.Mean(yes)-stat.Mean(no), spread),
			After:  apart(weighedYes.wy/weighedYes.w-weighedNo.wy/weighedNo.w, spread),
		})
	}
	return out, nil
}

// apart is 0 for a column that is the same for everybody.
func apart(d, spread float64) float64 {
	if d == 0 {
		return 0
	}
	return d / spread
}
