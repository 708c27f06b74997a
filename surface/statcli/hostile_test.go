package statcli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"alongside/platform/stat/stattest"
	"alongside/surface/statcli"
)

// visits is eight people measured five times, the times in some unit.
func visits(unit float64) string {
	var b strings.Builder
	b.WriteString("y,x,s\n")
	noise := []float64{.3, -1.2, .8, .1, -.4, 1.5, -.7, .2, .9, -1.1, -.3, .6, .4, -.9, 1.3, -.2}
	for i := range 40 {
		fmt.Fprintf(&b, "%g,%g,p%d\n", 10+float64(i/5*7%5)+2*float64(i%5)+noise[(i*i+3*i)%16], unit*float64(i%5), i/5)
	}
	return b.String()
}

// Units that nobody takes are answered like others or refused in words; once a
// mixed model of them was searched for without an end, and a regression had t 0
// and p 1.
func TestUnitsThatNobodyTakes(t *testing.T) {
	mixed := []string{"mixed", "--outcome", "y", "--fixed", "x", "--subject", "s"}
	want := at(t, answer(t, visits(1), mixed...), "coefficients.1.statistic")
	for _, unit := range []float64{1e-140, 1e-100, 1e100, 1e140} {
		got := at(t, answer(t, visits(unit), mixed...), "coefficients.1.statistic").(float64)
		stattest.Same(t, fmt.Sprintf("t of unit %g", unit), got, want.(float64), 1e-6, 0)
	}
	for _, unit := range []float64{1e-200, 1e-300} {
		for _, args := range [][]string{mixed, {"lm", "--outcome", "y", "--fixed", "x"}} {
			if r := run(visits(unit), args...); r.code != 1 || r.out != "" || !strings.Contains(r.errw, "in another unit") {
				t.Errorf("%s, unit %g: %+v", args[0], unit, r)
			}
		}
	}
	for _, line := range []string{"rmst --tau 2", "km", "cox --covariates x"} {
		args := append(strings.Fields(line), "--time", "t", "--event", "e")
		if r := run("t,e,x\n1,1,3\n1e151,0,2\n", args...); r.code != 1 || r.out != "" || !strings.Contains(r.errw, `line 3, column "t": a number too large to reckon with`) {
			t.Errorf("%s: %+v", line, r)
		}
	}
}

// Three pairs have an exact p and no interval at 95 %.
func TestTooFewPairsForAnInterval(t *testing.T) {
	few := answer(t, "a,b\n1,2\n2,5\n3,9\n", "wilcoxon", "--a", "a", "--b", "b")
	check(t, "p", at(t, few, "p"), ".25")
	check(t, "estimate", at(t, few, "estimate"), "-3.25")
	check(t, "lower", at(t, few, "lower"), "null")
	check(t, "upper", at(t, few, "upper"), "null")
	said(t, run("a,b\n1,2\n2,5\n3,9\n", "wilcoxon", "--a", "a", "--b", "b").out, "too few differences")
}

// full is a disk that takes nothing more.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestNothingIsSaidToBeDrawnOnAFullDisk(t *testing.T) {
	for _, plot := range []string{"--plot=svg", "--plot"} {
		var errw bytes.Buffer
		code := statcli.Run(context.Background(), strings.NewReader("t,e\n1,1\n2,1\n"), full{}, &errw, []string{"km", "--time", "t", "--event", "e", plot})
		if code != 1 || !strings.Contains(errw.String(), "not all of this could be written") {
			t.Errorf("%s: %d %s", plot, code, errw.String())
		}
	}
}
