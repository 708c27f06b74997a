package survival_test

import (
	"errors"
	"math"
	"testing"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/survival"

	"pgregory.net/rapid"
)

// people draws times with ties and zeros, events and groups.
func people(t *rapid.T) (times []float64, events []bool, groups []string) {
	n := rapid.IntRange(2, 60).Draw(t, "n")
	whole := rapid.Bool().Draw(t, "whole")
	for range n {
		v := rapid.Float64Range(0, 30).Draw(t, "time")
		if whole {
			v = math.Floor(v)
		}
		times = append(times, v)
		events = append(events, rapid.Bool().Draw(t, "event"))
		groups = append(groups, rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "group"))
	}
	return times, events, groups
}

func TestSurvivalNeverRises(t *testing.T) {
	l, _ := survival.NewLimits(survival.Log, stat.Level)
	rapid.Check(t, func(t *rapid.T) {
		times, events, groups := people(t)
		s, err := survival.Collect(times, events, groups)
		if err != nil {
			t.Fatal(err)
		}
		cs, err := s.Curves()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cs {
			last, left := 1.0, c.N
			for i := range c.Len() {
				p := c.Step(i, l)
				if p.Survival > last || p.Survival < 0 || p.AtRisk != left {
					t.Fatalf("step %+v after %g with %d left", p, last, left)
				}
				last, left = p.Survival, left-p.Events-p.Censored
			}
			if left != 0 {
				t.Fatalf("%d people are unaccounted for", left)
			}
		}
	})
}

func TestLogRankDoesNotSeeNames(t *testing.T) {
	answered := 0
	rapid.Check(t, func(t *rapid.T) {
		times, events, groups := people(t)
		other := make([]string, len(groups))
		for i, g := range groups {
			other[i] = map[string]string{"a": "z", "b": "y", "c": "x"}[g]
		}
		one, _ := survival.Collect(times, events, groups)
		two, _ := survival.Collect(times, events, other)
		rho := rapid.SampledFrom([]float64{0, 1}).Draw(t, "rho")
		a, err := one.LogRank(rho)
		b, err2 := two.LogRank(rho)
		if (err == nil) != (err2 == nil) {
			t.Fatalf("refused one way only: %v %v", err, err2)
		}
		if err != nil {
			return
		}
		answered++
		if math.Abs(a.Statistic-b.Statistic) > 1e-8*(1+a.Statistic) {
			t.Fatalf("%v and %v", a.Statistic, b.Statistic)
		}
	})
	enough(t, answered)
}

// enough fails where hardly any draw was answered, so that nothing was shown.
func enough(t *testing.T, answered int) {
	t.Helper()
	if answered < 20 {
		t.Errorf("only %d draws were answered", answered)
	}
}

func TestCoxScoreIsLogRankWithoutTies(t *testing.T) {
	answered := 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(6, 60).Draw(t, "n")
		order := rapid.Permutation(seq(n)).Draw(t, "order")
		times, events, x, names := make([]float64, n), make([]bool, n), make([]float64, n), make([]string, n)
		for i := range n {
			times[i] = float64(order[i])
			events[i] = rapid.Bool().Draw(t, "event")
			x[i] = float64(rapid.IntRange(0, 1).Draw(t, "x"))
			names[i] = string(rune('0' + int(x[i])))
		}
		c, err := survival.FitCox(survival.CoxData{
			Time: times, Event: events, X: design.Matrix{Names: []string{"x"}, Columns: [][]float64{x}},
		}, survival.CoxOptions{})
		if err != nil {
			var r *stat.Refusal
			if !errors.As(err, &r) {
				t.Fatal(err)
			}
			return
		}
		s, _ := survival.Collect(times, events, names)
		l, err := s.LogRank(0)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(c.Score.Statistic-l.Statistic) > 1e-8*(1+l.Statistic) {
			t.Fatalf("score %v, log-rank %v", c.Score.Statistic, l.Statistic)
		}
		answered++
	})
	enough(t, answered)
}

func TestIncidenceAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &survival.Study{}
		n := rapid.IntRange(1, 50).Draw(t, "n")
		for range n {
			err := s.Group("all").Add(float64(rapid.IntRange(0, 20).Draw(t, "time")), rapid.IntRange(0, 3).Draw(t, "code"))
			if err != nil {
				t.Fatal(err)
			}
		}
		in, err := s.Incidences()
		if err != nil {
			return // nobody had an event
		}
		for _, step := range in[0].Steps {
			total := step.None.Value
			for _, c := range step.Of {
				total += c.Value
			}
			if math.Abs(total-1) > 1e-12 {
				t.Fatalf("shares add up to %v at %v", total, step.Time)
			}
		}
	})
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i + 1
	}
	return out
}

func TestRefusals(t *testing.T) {
	column := func(v ...float64) design.Matrix {
		return design.Matrix{Names: []string{"x"}, Columns: [][]float64{v}}
	}
	times := []float64{1, 2, 3, 4}
	yes := []bool{true, true, true, true}
	for name, c := range map[string]struct {
		d    survival.CoxData
		want stat.Reason
	}{
		"no events":  {survival.CoxData{Time: times, Event: make([]bool, 4), X: column(1, 2, 3, 4)}, stat.NoEvents},
		"constant":   {survival.CoxData{Time: times, Event: yes, X: column(5, 5, 5, 5)}, stat.Redundant},
		"separation": {survival.CoxData{Time: times, Event: yes, X: column(4, 3, 2, 1)}, stat.Separation},
		"uneven":     {survival.CoxData{Time: times, Event: yes[:3], X: column(4, 3, 2, 1)}, stat.Uneven},
		"negative":   {survival.CoxData{Time: []float64{-1, 2, 3, 4}, Event: yes, X: column(1, 3, 2, 1)}, stat.OutOfRange},
		"doubled": {survival.CoxData{Time: times, Event: yes, X: design.Matrix{
			Names: []string{"x", "y"}, Columns: [][]float64{{1, 3, 2, 1}, {2, 6, 4, 2}},
		}}, stat.Redundant},
	} {
		_, err := survival.FitCox(c.d, survival.CoxOptions{})
		var r *stat.Refusal
		if !errors.As(err, &r) || r.Reason != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	one, _ := survival.Collect(times, yes, nil)
	if _, err := one.LogRank(0); err == nil {
		t.Error("a log-rank test of one group was answered")
	}
	c, _ := one.Curves()
	if _, err := c[0].RestrictedMean(9, stat.Level); err != nil {
		t.Error("everybody had the event by 4, so 9 can be answered:", err)
	}
	day := .1 // 0.30000000000000004 after two more
	third := day + 2*day
	watched, _ := survival.Collect([]float64{day, 2 * day, third, .3}, []bool{true, false, false, false}, nil)
	w, _ := watched.Curves()
	for tau, answers := range map[float64]bool{.05: true, .2: true, .3: true, third: true, .31: false, 3e5: false, math.NaN(): false, 0: false} {
		if _, err := w[0].RestrictedMean(tau, stat.Level); (err == nil) != answers {
			t.Errorf("tau %v: %v", tau, err)
		}
	}
	if _, err := (&survival.Study{}).Curves(); err == nil {
		t.Error("a study of nobody was answered")
	}
}
