package model

import (
	"math"
	"sort"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
)

// Panel is an outcome of two groups over periods, a row for each person and
// period.
type Panel struct {
	Outcome []float64
	Treated []bool    // the group that got the change
	Period  []float64 // any numbers in order of time
	From    float64   // the first period with the change
	Cluster []uint32  // sites or people, for errors; nil for none
}

// Differences is a difference in differences.
type Differences struct {
	Effect   Term
	Cells    [2][2]float64 // mean outcome: [group][before, after], group 1 is treated
	Counts   [2][2]int
	Before   int   // distinct periods before the change
	Trend    *Term // difference of slopes before the change; nil where it cannot be judged
	Clusters int
	Periods  []PeriodMeans // so that the two lines can be seen
}

// PeriodMeans is the mean of each group in one period.
type PeriodMeans struct {
	Period         float64
	Other, Treated float64
	OtherN, ThoseN int
}

// DiffInDiff returns how much more the treated group changed than the other:
// the product term of outcome ~ treated * after. It assumes that without the
// change both groups would have moved alike; with two periods before or more,
// Trend shows whether they did until then. With several rows for a person or
// site, give clusters. Four rows, one for each mean, have an effect but no error:
// the rest of it is NaN. Source: Card and Krueger 1994; Bertrand, Duflo and
// Mullainathan 2004. R: lm(outcome ~ treated * after).
func DiffInDiff(p Panel, level float64) (*Differences, error) {
	n := len(p.Outcome)
	if len(p.Treated) != n || len(p.Period) != n {
		return nil, stat.Refuse(stat.Uneven, "each row needs an outcome, a group and a period")
	}
	d := &Differences{}
	if err := d.describe(p); err != nil {
		return nil, err
	}
	if n == 4 {
		d.Effect = ofMeans(d.Cells)
		return d, nil
	}
	treated, after := make([]float64, n), make([]float64, n)
	for i := range n {
		treated[i], after[i] = number(p.Treated[i]), number(p.Period[i] >= p.From)
	}
	m, err := product(p.Outcome, treated, after, p.Cluster, level)
	if err != nil {
		return nil, err
	}
	d.Effect, d.Clusters = m.Terms[3], m.Clusters
	d.Effect.Name = effectName
	d.trend(p, treated, level)
	return d, nil
}

const effectName = "difference in differences"

// ofMeans is the effect where each cell is a single row, a published mean say:
// the number alone, without an error.
func ofMeans(c [2][2]float64) Term {
	none := math.NaN()
	value := DiffInDiffMeans(c[1][0], c[1][1], c[0][0], c[0][1])
	return Term{
		Name: effectName, SE: none, T: none, DF: none, P: none,
		Estimate: stat.Estimate{Value: value, Interval: stat.Interval{Lower: none, Upper: none}},
	}
}

func number(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// product fits outcome ~ a * b.
func product(y, a, b []float64, cluster []uint32, level float64) (*Linear, error) {
	x, err := design.Model{Terms: []string{"group*period"}, Intercept: true}.Build(
		[]design.Column{design.Numeric("group", a), design.Numeric("period", b)})
	if err != nil {
		return nil, err
	}
	return FitLinear(y, x, LinearOptions{Cluster: cluster, Level: level})
}

// describe fills the cells and the means by period.
func (d *Differences) describe(p Panel) error {
	if err := finite(p.Period, "the period"); err != nil {
		return err
	}
	if err := finite(p.Outcome, "the outcome"); err != nil {
		return err
	}
	byPeriod := map[float64]*PeriodMeans{}
	for i, y := range p.Outcome {
		g, after := int(number(p.Treated[i])), int(number(p.Period[i] >= p.From))
		d.Cells[g][after] += y
		d.Counts[g][after]++
		m := byPeriod[p.Period[i]]
		if m == nil {
			m = &PeriodMeans{Period: p.Period[i]}
			byPeriod[p.Period[i]] = m
		}
		if p.Treated[i] {
			m.Treated += y
			m.ThoseN++
		} else {
			m.Other += y
			m.OtherN++
		}
	}
	for g := range d.Cells {
		for after := range d.Cells[g] {
			if d.Counts[g][after] == 0 {
				return stat.Refuse(stat.OneGroup, "both groups need rows before and after the change")
			}
			d.Cells[g][after] /= float64(d.Counts[g][after])
		}
	}
	for _, m := range byPeriod {
		m.Treated /= float64(m.ThoseN)
		m.Other /= float64(m.OtherN)
		d.Periods = append(d.Periods, *m)
		d.Before += int(number(m.Period < p.From))
	}
	sort.Slice(d.Periods, func(i, j int) bool { return d.Periods[i].Period < d.Periods[j].Period })
	return nil
}

// trend compares the slopes of the two groups before the change.
func (d *Differences) trend(p Panel, treated []float64, level float64) {
	if d.Before < 2 {
		return
	}
	var y, group, time []float64
	var cluster []uint32
	for i := range p.Outcome {
		if p.Period[i] >= p.From {
			continue
		}
		y, group, time = append(y, p.Outcome[i]), append(group, treated[i]), append(time, p.Period[i])
		if p.Cluster != nil {
			cluster = append(cluster, p.Cluster[i])
		}
	}
	if m, err := product(y, group, time, cluster, level); err == nil {
		d.Trend = &m.Terms[3]
		d.Trend.Name = "difference of slopes before"
	}
}

// DiffInDiffMeans is the difference in differences of four published means.
func DiffInDiffMeans(treatedBefore, treatedAfter, otherBefore, otherAfter float64) float64 {
	return (treatedAfter - treatedBefore) - (otherAfter - otherBefore)
}
