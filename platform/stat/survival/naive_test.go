package survival_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"alongside/platform/stat/design"
	"alongside/platform/stat/stattest"
	"alongside/platform/stat/survival"
)

// crowd is people by the definition alone: nothing is counted ahead.
type crowd struct {
	times  []float64
	events []bool
	groups []string
}

// draw makes n people in as many groups as names, with times from 0 to most in
// halves, so that whole ones and others mix.
func draw(seed uint64, n, most int, names ...string) crowd {
	random, c := rand.New(rand.NewPCG(seed, 1)), crowd{}
	for range n {
		c.times = append(c.times, float64(random.IntN(2*most))/2)
		c.events = append(c.events, random.IntN(3) == 0)
		c.groups = append(c.groups, names[random.IntN(len(names))])
	}
	return c
}

func (c crowd) study(t *testing.T) *survival.Study {
	t.Helper()
	s, err := survival.Collect(c.times, c.events, c.groups)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ends counts by time who had the event and who left in any way.
func (c crowd) ends() (at []float64, died, gone map[float64]int) {
	died, gone = map[float64]int{}, map[float64]int{}
	for i, t := range c.times {
		if gone[t] == 0 {
			at = append(at, t)
		}
		gone[t]++
		if c.events[i] {
			died[t]++
		}
	}
	slices.Sort(at)
	return at, died, gone
}

// More people than one chunk holds, in many runs that are merged.
func TestManyTimesAreEachCountedOnce(t *testing.T) {
	c := draw(1, 300_000, 9000, "all")
	curve := curves(t, c.study(t))[0]
	at, died, gone := c.ends()
	if curve.Len() != len(at) || curve.N != len(c.times) || curve.Last() != at[len(at)-1] {
		t.Fatalf("%d times of %d people up to %g, of %d", curve.Len(), curve.N, curve.Last(), len(at))
	}
	left, share, sum := len(c.times), 1.0, 0.0
	for i, time := range at {
		d, n := float64(died[time]), float64(left)
		share, sum = share*(1-d/n), sum+d/(n*(n-d))
		p := curve.Step(i, limits(t, survival.Log))
		if p.Time != time || p.AtRisk != left || p.Events != died[time] || p.Censored != gone[time]-died[time] {
			t.Fatalf("%g: %+v, %d at risk, %d events, %d gone", time, p, left, died[time], gone[time])
		}
		stattest.Same(t, "share", p.Survival, share, 1e-9, 0)
		if n > d {
			stattest.Same(t, "its error", p.SE, share*math.Sqrt(sum), 1e-9, 0)
		}
		left -= gone[time]
	}
}

// Forty groups: what was expected in each, by the definition.
func TestExpectedInManyGroups(t *testing.T) {
	var names []string
	for i := range 40 {
		names = append(names, string(rune('A'+i)))
	}
	c := draw(2, 600, 60, names...)
	r := logrank(t, c.study(t), 0)
	expected, observed := map[string]float64{}, map[string]float64{}
	at, died, _ := c.ends()
	for _, time := range at {
		risk, all := map[string]float64{}, 0.0
		for i, u := range c.times {
			if u >= time {
				risk[c.groups[i]]++
				all++
			}
			if u == time && c.events[i] {
				observed[c.groups[i]]++
			}
		}
		for g, n := range risk {
			expected[g] += float64(died[time]) * n / all
		}
	}
	for _, g := range r.Groups {
		stattest.Same(t, "expected in "+g.Group, g.Expected, expected[g.Group], 1e-9, 0)
		stattest.Same(t, "observed in "+g.Group, g.Observed, observed[g.Group], 0, 0)
	}
}

// R: survival::aeqSurv, timefix = TRUE: gaps of 1.5e-8, as they stand or against
// the mean of all times, are none.
func TestTimesThatRoundingParts(t *testing.T) {
	tenth := .1
	for _, c := range []struct {
		times []float64
		want  []float64
	}{
		{[]float64{tenth + 2*tenth, .3, .5}, []float64{.3, .5}},
		{[]float64{1e9, 1e9 + 1, 3e9}, []float64{1e9, 3e9}},
		{[]float64{1e9, 1e9 + 100, 3e9}, []float64{1e9, 1e9 + 100, 3e9}},
		{[]float64{1, 1 + 1e-8, 2}, []float64{1, 2}},
		{[]float64{1, 1 + 1e-7, 2}, []float64{1, 1 + 1e-7, 2}},
	} {
		groups := []string{"a", "b", "a"} // the times that are one lie in two runs
		s, err := survival.Collect(c.times, []bool{true, false, true}, nil)
		if err != nil {
			t.Fatal(err)
		}
		curve, times := curves(t, s)[0], []float64(nil)
		for i := range curve.Len() {
			times = append(times, curve.Step(i, limits(t, survival.Log)).Time)
		}
		if !slices.Equal(times, c.want) {
			t.Errorf("%v: %v, want %v", c.times, times, c.want)
		}
		same := make([]float64, len(c.times))
		for i, u := range c.times {
			same[i] = u
			if len(c.want) == 2 && i < 2 {
				same[i] = c.want[0]
			}
		}
		one, _ := survival.Collect(c.times, []bool{true, true, true}, groups)
		two, _ := survival.Collect(same, []bool{true, true, true}, groups)
		stattest.Same(t, "expected", logrank(t, one, 0).Groups[0].Expected, logrank(t, two, 0).Groups[0].Expected, 1e-12, 0)
	}
}

// Cox joins them as the others do.
func TestCoxJoinsTimesThatRoundingParts(t *testing.T) {
	x := design.Matrix{Names: []string{"x"}, Columns: [][]float64{{1, 4, 2, 5, 3, 2, 6, 1}}}
	tenth := .1
	d := survival.CoxData{X: x, Event: []bool{true, true, false, true, true, true, false, true}}
	d.Time = []float64{tenth + 2*tenth, .3, .3, .5, .7, .7, .9, 1.1}
	parted := cox(t, d, survival.CoxOptions{})
	d.Time = []float64{.3, .3, .3, .5, .7, .7, .9, 1.1}
	if one := cox(t, d, survival.CoxOptions{}); one.Coefficients[0].Coef != parted.Coefficients[0].Coef {
		t.Errorf("%v and %v", one.Coefficients[0].Coef, parted.Coefficients[0].Coef)
	}
	d.Time = []float64{.31, .3, .3, .5, .7, .7, .9, 1.1}
	if apart := cox(t, d, survival.CoxOptions{}); apart.Coefficients[0].Coef == parted.Coefficients[0].Coef {
		t.Error("times a hundredth apart count as one")
	}
}

// The column that separates is named, whatever the units of the others.
func TestSeparationNamesItsColumn(t *testing.T) {
	d := survival.CoxData{Time: []float64{1, 2, 3, 4, 5, 6, 7, 8}, Event: []bool{true, true, true, true, false, false, false, false}}
	d.X = design.Matrix{Names: []string{"cents", "sorts"}, Columns: [][]float64{{3e6, 1e6, 4e6, 1e6, 5e6, 9e6, 2e6, 6e6}, {1e-6, 1e-6, 1e-6, 1e-6, 0, 0, 0, 0}}}
	_, err := survival.FitCox(d, survival.CoxOptions{})
	if err == nil || err.Error() != "column sorts separates those with the event from the rest, so its coefficient has no end" {
		t.Error(err)
	}
	d.X = design.Matrix{Names: []string{"x", "double"}, Columns: [][]float64{{3, 1, 4, 1, 5, 9, 2, 6}, {6, 2, 8, 2, 10, 18, 4, 12}}}
	_, err = survival.FitCox(d, survival.CoxOptions{})
	if err == nil || err.Error() != "column double says only what the columns before it say" {
		t.Error(err)
	}
}
