package dist_test

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"alongside/platform/stat/dist"
	"alongside/platform/stat/stattest"

	"pgregory.net/rapid"
)

// asked computes what a line of the answers asks for, and how near R is to be
// met: R's own noncentral t and range stop earlier than its other functions.
func asked(what string, a []float64) (value, relative float64) {
	switch what {
	case "t":
		return dist.TTwoSided(a[0], a[1]), 1e-10
	case "chisq":
		return dist.ChiSquaredTail(a[0], a[1]), 1e-11
	case "f":
		return dist.FTail(a[0], a[1], a[2]), 1e-10
	case "qt":
		return dist.TQuantile(a[0], a[1]), 1e-10
	case "qf":
		return dist.FQuantile(a[0], a[1], a[2]), 1e-10
	case "qbeta":
		return dist.BetaQuantile(a[0], a[1], a[2]), 1e-11
	case "qbetaup":
		return dist.BetaUpperQuantile(a[0], a[1], a[2]), 1e-11
	case "qnorm":
		return dist.Z(a[0]), 1e-12
	case "norm":
		return dist.NormalTwoSided(a[0]), 1e-12
	case "signed":
		return dist.SignedRankLower(a[0], int(a[1])), 1e-12
	case "binom":
		return dist.BinomialTwoSided(int(a[0]), int(a[1]), a[2]), 1e-11
	case "nct":
		return dist.NoncentralTTail(a[0], a[1], a[2]), 1e-10
	case "range":
		return dist.RangeTail(a[0], int(a[1]), a[2]), 1e-8
	}
	return math.NaN(), 0
}

func TestAgainstR(t *testing.T) {
	f, err := os.Open("testdata/quantiles.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := 0
	for s := bufio.NewScanner(f); s.Scan(); lines++ {
		words := strings.Fields(s.Text())
		var v []float64
		for _, w := range words[1:] {
			n, err := strconv.ParseFloat(w, 64)
			if err != nil {
				t.Fatal(err)
			}
			v = append(v, n)
		}
		last := len(v) - 1
		got, relative := asked(words[0], v[:last])
		stattest.Same(t, s.Text(), got, v[last], relative, 0)
	}
	if lines < 300 {
		t.Errorf("only %d lines were compared", lines)
	}
}

func TestQuantilesUndoTails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, df := rapid.Float64Range(.5001, .9999).Draw(t, "p"), rapid.Float64Range(1, 500).Draw(t, "df")
		k := rapid.IntRange(2, 10).Draw(t, "k")
		if back := 1 - dist.TTwoSided(dist.TQuantile(p, df), df)/2; math.Abs(back-p) > 1e-11 {
			t.Fatalf("t: %v became %v", p, back)
		}
		if back := 1 - dist.FTail(dist.FQuantile(p, float64(k), df), float64(k), df); math.Abs(back-p) > 1e-11 {
			t.Fatalf("F: %v became %v", p, back)
		}
	})
	for _, df := range []float64{2, 10, 120} {
		if back := 1 - dist.RangeTail(dist.RangeQuantile(.95, 4, df), 4, df); math.Abs(back-.95) > 1e-10 {
			t.Errorf("range, df %v: .95 became %v", df, back)
		}
	}
}

// The range of two means is √2 of their t value, whatever the degrees of freedom.
func TestRangeOfTwoIsT(t *testing.T) {
	for _, df := range []float64{1, 1.5, 2, 3, 5, 10, 50, 1000, 1e6} {
		for _, q := range []float64{.01, .5, 3, 10, 50, 300, 5000} {
			what := fmt.Sprintf("range %g with df %g", q, df)
			stattest.Same(t, what, dist.RangeTail(q, 2, df), dist.TTwoSided(q/math.Sqrt2, df), 1e-7, 1e-14)
		}
	}
}

// pt(t, df, ncp, lower.tail = FALSE) of R 4.2.2, where the step is steep.
func TestNoncentralTFarOut(t *testing.T) {
	for _, c := range []struct {
		t, df, ncp float64
		want       string
	}{
		{50, 4, 30, "0.163222642144"},
		{100, 4, 37, "0.0313973683159"},
		{20, 1, 35, "0.919504208871"},
		{50, 2, 37, "0.421641933713"},
		{30, 100, 33, "0.904247362061"},
	} {
		stattest.Near(t, fmt.Sprint(c), dist.NoncentralTTail(c.t, c.df, c.ncp), c.want, stattest.Closed)
	}
}

// The double integral done by integrate of R 4.2.2, whose ptukey is off by up
// to 1.5e-5 at three degrees of freedom.
func TestRangeOfThree(t *testing.T) {
	for _, c := range []struct {
		df, q float64
		want  string
	}{
		{2, 5, "0.127423402672"},
		{2, 16.2, "0.0137306672327"},
		{3, 10, "0.0118664366287"},
		{3, 16.2, "0.00293269636257"},
		{4, 13, "0.00172801143146"},
		{6, 16.2, "6.56085754105e-05"},
	} {
		stattest.Near(t, fmt.Sprint(c), dist.RangeTail(c.q, 3, c.df), c.want, stattest.Closed)
	}
}

// No number in, none out: a search for the end of a series of NaN has no end.
func TestNoNumberOfNoNumber(t *testing.T) {
	none := math.NaN()
	for what, got := range map[string]float64{
		"t": dist.TTwoSided(none, 3), "its df": dist.TTwoSided(2, none), "df 0": dist.TTwoSided(2, 0),
		"F": dist.FTail(none, 2, 3), "its df2": dist.FTail(2, 2, none), "qt": dist.TQuantile(.9, none), "qt of df 0": dist.TQuantile(.9, 0),
	} {
		if !math.IsNaN(got) {
			t.Errorf("%s: %g", what, got)
		}
	}
}
