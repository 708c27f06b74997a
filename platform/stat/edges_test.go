package stat_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"alongside/platform/stat"
)

// reason fails unless err is a refusal for that reason.
func reason(t *testing.T, what string, err error, want stat.Reason) {
	t.Helper()
	var r *stat.Refusal
	if !errors.As(err, &r) || r.Reason != want {
		t.Errorf("%s: %v, not refused as %s", what, err, want)
	}
}

// What an answer needs at least is enough, and one less is refused.
func TestTheLeastThatIsAnswered(t *testing.T) {
	one, two := []float64{3}, []float64{1, 4}
	_, err := stat.PairedT(one, one, .95)
	reason(t, "t test of a pair", err, stat.TooFew)
	_, err = stat.WelchT(one, two, .95)
	reason(t, "Welch's with one before", err, stat.TooFew)
	_, err = stat.WelchT(two, one, .95)
	reason(t, "Welch's with one after", err, stat.TooFew)
	_, err = stat.EffectGroups(one, two, .95)
	reason(t, "effect with one before", err, stat.TooFew)
	_, err = stat.EffectGroups(two, one, .95)
	reason(t, "effect with one after", err, stat.TooFew)
	_, err = stat.Cliff(nil, two)
	reason(t, "Cliff of nobody", err, stat.OneGroup)
	_, err = stat.MeanBootSE(one)
	reason(t, "error of one", err, stat.TooFew)
	_, err = stat.OneWay(two)
	reason(t, "one group", err, stat.OneGroup)
	_, err = stat.OneWay(two, nil)
	reason(t, "an empty group", err, stat.TooFew)
	_, err = stat.OneWay(one, one)
	reason(t, "groups of one", err, stat.TooFew)
	_, err = stat.OneWay(one, []float64{5, 6})
	if err != nil {
		t.Error("one degree of freedom:", err)
	}
	_, err = stat.OneWay([]float64{2, 2}, []float64{3, 3})
	reason(t, "no spread in a group", err, stat.NoSpread)
	_, err = stat.KruskalWallis([]float64{2, 2}, []float64{2})
	reason(t, "all alike", err, stat.NoSpread)
	_, err = stat.Bootstrap(1, func([]int) float64 { return 1 }, stat.Drawing{})
	reason(t, "bootstrap of one", err, stat.TooFew)
	_, err = stat.Bootstrap(5, func([]int) float64 { return 1 }, stat.Drawing{Draws: 99})
	reason(t, "99 draws", err, stat.TooFew)
	_, err = stat.Bootstrap(5, func([]int) float64 { return math.NaN() }, stat.Drawing{})
	reason(t, "no value", err, stat.NoSpread)
	_, err = stat.BenjaminiHochberg(nil)
	reason(t, "no p", err, stat.TooFew)
}

func TestAgreementRefuses(t *testing.T) {
	a, b := []float64{1, 2, 4}, []float64{2, 3, 3}
	for what, c := range map[string]struct {
		columns [][]float64
		want    stat.Reason
	}{
		"one column": {[][]float64{a}, stat.TooFew}, "one row": {[][]float64{{1}, {2}}, stat.TooFew},
		"uneven": {[][]float64{a, b[:2]}, stat.Uneven}, "no number": {[][]float64{a, {1, math.NaN(), 2}}, stat.OutOfRange},
		"all alike": {[][]float64{{2, 2}, {2, 2}}, stat.NoSpread},
	} {
		_, err := stat.Alpha(c.columns, .95)
		reason(t, "alpha of "+what, err, c.want)
		_, err = stat.ICC(c.columns, .95)
		reason(t, "ICC of "+what, err, c.want)
	}
	if _, err := stat.Alpha([][]float64{{1, 2}, {2, 1.5}}, .95); err != nil {
		t.Error("two by two:", err)
	}
	if r, err := stat.ICC([][]float64{{1, 1}, {2, 2}}, .95); err == nil {
		t.Errorf("people who do not differ: %+v", r)
	}
	for what, c := range map[string]struct {
		counts [][]int
		want   stat.Reason
	}{
		"a row too short": {[][]int{{1, 2}, {3}}, stat.Uneven}, "below 0": {[][]int{{1, -1}, {2, 3}}, stat.OutOfRange},
		"nobody": {[][]int{{0, 0}, {0, 0}}, stat.TooFew}, "one class": {[][]int{{0, 0}, {0, 9}}, stat.NoSpread},
	} {
		_, err := stat.Kappa(c.counts, .95)
		reason(t, "kappa of "+what, err, c.want)
	}
	if k, err := stat.Kappa([][]int{{0, 5}, {5, 0}}, .95); err != nil || k.Value != -1 {
		t.Errorf("never agreed: %+v %v", k, err)
	}
}

func TestValuesThatCannotBe(t *testing.T) {
	two := []float64{1, 4}
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 2e150, -2e150} {
		if stat.Finite([]float64{1, bad}) {
			t.Errorf("%g is finite", bad)
		}
		_, err := stat.WelchT(two, []float64{1, bad}, .95)
		reason(t, "Welch's", err, stat.OutOfRange)
		_, err = stat.SignedRank([]float64{1, bad}, two, .95)
		reason(t, "signed rank", err, stat.OutOfRange)
	}
	if !stat.Finite([]float64{1e150, -1e150}) {
		t.Error("1e150 is not finite")
	}
	for _, level := range []float64{0, 1, -.5, 1.5, 95, math.NaN()} {
		reason(t, "level", stat.CheckLevel(level), stat.OutOfRange)
	}
	_, err := stat.PairedT(two, []float64{1}, .95)
	reason(t, "pairs of two and one", err, stat.Uneven)
	// differences of −0.1 but for rounding are no scale, below 0 as above it
	_, err = stat.PairedT([]float64{.1, .2, .3}, []float64{.2, .3, .4}, .95)
	reason(t, "less by rounding", err, stat.NoSpread)
	_, err = stat.BenjaminiHochberg([]float64{.1, .2, 1.5})
	if err == nil || !strings.Contains(err.Error(), "value 3 ") {
		t.Error(err)
	}
}

func TestCountsAndScalesThatCannotBe(t *testing.T) {
	for what, c := range map[string][2]int{"b": {-1, 3}, "c": {3, -1}} {
		_, err := stat.McNemar(c[0], c[1])
		reason(t, "McNemar with "+what+" below 0", err, stat.OutOfRange)
	}
	for _, c := range [][4]float64{{-1, 10, 3, 10}, {3, 10, -1, 10}, {3, 0, 3, 10}, {3, 10, 3, 0}, {3, 10, 3, math.NaN()}} {
		_, err := stat.CompareRates(int(c[0]), c[1], int(c[2]), c[3], .95)
		reason(t, "rates", err, stat.OutOfRange)
	}
	_, err := stat.CompareRates(0, 10, 0, 20, .95)
	reason(t, "rates of nothing", err, stat.NoEvents)
	for _, c := range [][2]float64{{0, .5}, {-1, .5}, {8, -.1}, {8, 1}, {8, 1.1}} {
		_, err = stat.ReliableChange(c[0], c[1], 1, 2)
		reason(t, "reliable change", err, stat.OutOfRange)
	}
	_, err = stat.Cutoff(1, 0, 2, 1)
	reason(t, "cut-off without a spread", err, stat.OutOfRange)
	_, err = stat.Cutoff(1, 1, 2, 0)
	reason(t, "cut-off without the other", err, stat.OutOfRange)
	for _, c := range [][2]float64{{0, .05}, {1, .05}, {.8, 0}, {.8, 1}, {.05, .05}, {.04, .05}} {
		_, err = stat.NeedForMeans(.5, c[0], c[1])
		reason(t, "power for means", err, stat.OutOfRange)
		_, err = stat.NeedForShares(.5, .6, c[0], c[1])
		reason(t, "power for shares", err, stat.OutOfRange)
	}
	_, err = stat.NeedForMeans(0, .8, .05)
	reason(t, "no difference to see", err, stat.OutOfRange)
	_, err = stat.NeedForShares(.5, .5, .8, .05)
	reason(t, "no difference of shares", err, stat.OutOfRange)
	for _, c := range [][2]float64{{0, .5}, {.5, 1}} {
		_, err = stat.NeedForShares(c[0], c[1], .8, .05)
		reason(t, "shares", err, stat.OutOfRange)
	}
}

func TestGroupsThatCannotBe(t *testing.T) {
	for _, c := range [][4]int{{-1, 5, 2, 5}, {6, 5, 2, 5}, {2, 5, -1, 5}, {2, 5, 6, 5}} {
		_, err := stat.Groups(c[0], c[1], c[2], c[3])
		reason(t, "groups", err, stat.OutOfRange)
	}
	_, err := stat.Groups(0, 0, 2, 5)
	reason(t, "nobody in the first", err, stat.OneGroup)
	_, err = stat.Groups(2, 5, 0, 0)
	reason(t, "nobody in the second", err, stat.OneGroup)
	_, err = stat.Groups(0, 5, 5, 5)
	if err != nil {
		t.Error("cells of 0:", err)
	}
}
