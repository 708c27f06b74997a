package stat_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"alongside/platform/stat"
	"alongside/platform/stat/stattest"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got float64, want string) {
	t.Helper()
	stattest.Near(t, what, got, want, stattest.Closed)
}

// count reads "x/n lower upper".
func count(t *testing.T, line string) (x, n int, lower, upper string) {
	t.Helper()
	f := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '/' })
	x, _ = strconv.Atoi(f[0])
	n, _ = strconv.Atoi(f[1])
	return x, n, f[2], f[3]
}

func TestWilsonAgainstNewcombe(t *testing.T) {
	for _, line := range []string{
		"0/10 0 .2775327999", "1/10 .0178762131 .4041500268", "10/10 .7224672001 1",
		"15/148 .0623863995 .1604872417", "81/263 .2552885199 .366209577",
		"0/20 0 .1611251581", "1/29 .0061132143 .1717552188",
	} {
		x, n, lower, upper := count(t, line)
		e, err := stat.Wilson(x, n, stat.Level)
		if err != nil {
			t.Fatal(err)
		}
		near(t, line, e.Lower, lower)
		near(t, line, e.Upper, upper)
	}
}

func TestClopperPearson(t *testing.T) {
	for _, line := range []string{"1/10 .0025285785 .445016117", "0/20 0 .1684334710"} {
		x, n, lower, upper := count(t, line)
		e, err := stat.ClopperPearson(x, n, stat.Level)
		if err != nil {
			t.Fatal(err)
		}
		near(t, line, e.Lower, lower)
		near(t, line, e.Upper, upper)
	}
}

func TestNewcombe(t *testing.T) {
	e, err := stat.Newcombe(56, 70, 48, 80, stat.Level)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "difference", e.Value, ".2")
	near(t, "lower", e.Lower, ".0524314724")
	near(t, "upper", e.Upper, ".333872654")
}

func TestTwoByTwo(t *testing.T) {
	g, err := stat.Groups(56, 70, 48, 80)
	if err != nil {
		t.Fatal(err)
	}
	chi, _ := g.ChiSquared(false)
	near(t, "chi-square", chi.Statistic, "7.023411371")
	near(t, "p", chi.P, ".00804508137")
	yates, _ := g.ChiSquared(true)
	near(t, "Yates p", yates.P, ".0134094752")
	near(t, "Fisher p", g.Fisher(), ".0125211297")
	rr, _ := g.RiskRatio(stat.Level)
	near(t, "RR", rr.Value, "1.3333333")
	near(t, "RR lower", rr.Lower, "1.0766264")
	near(t, "RR upper", rr.Upper, "1.6512485")
	or, _ := g.OddsRatio(stat.Level)
	near(t, "OR", or.Value, "2.6666667")
	near(t, "OR lower", or.Lower, "1.2762179")
	near(t, "OR upper", or.Upper, "5.5720197")
}

func TestMcNemar(t *testing.T) {
	m, err := stat.McNemar(150, 86)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "statistic", m.Statistic, "17.3559322")
	near(t, "corrected", m.Corrected.Statistic, "16.81779661")
	near(t, "exact p", m.Exact, "3.71593614e-05")
}

func TestRefusesCountsThatCannotBe(t *testing.T) {
	for _, c := range [][2]int{{0, 0}, {-1, 5}, {6, 5}} {
		if _, err := stat.Wilson(c[0], c[1], stat.Level); err == nil {
			t.Errorf("Wilson took %v", c)
		}
		if _, err := stat.ClopperPearson(c[0], c[1], stat.Level); err == nil {
			t.Errorf("Clopper–Pearson took %v", c)
		}
	}
	if _, err := stat.McNemar(0, 0); err == nil {
		t.Error("McNemar answered though nobody changed")
	}
	if g, _ := stat.Groups(0, 5, 0, 5); true {
		if _, err := g.ChiSquared(false); err == nil {
			t.Error("chi-square answered though nothing happened")
		}
		if _, err := g.RiskRatio(stat.Level); err == nil {
			t.Error("a ratio of nothing to nothing was answered")
		}
	}
}

func TestIntervalsHoldTheirShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 2000).Draw(t, "n")
		x := rapid.IntRange(0, n).Draw(t, "x")
		w, _ := stat.Wilson(x, n, stat.Level)
		c, _ := stat.ClopperPearson(x, n, stat.Level)
		mirror, _ := stat.Wilson(n-x, n, stat.Level)
		for _, e := range []stat.Estimate{w, c} {
			if e.Lower < 0 || e.Lower > e.Value || e.Value > e.Upper || e.Upper > 1 {
				t.Fatalf("%d/%d: %+v", x, n, e)
			}
		}
		if math.Abs(w.Lower-(1-mirror.Upper)) > 1e-12 {
			t.Fatalf("%d/%d: not its own mirror", x, n)
		}
	})
}
