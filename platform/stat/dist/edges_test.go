package dist_test

import (
	"fmt"
	"math"
	"testing"

	"alongside/platform/stat/dist"
	"alongside/platform/stat/stattest"
)

// qbeta of R 4.2.2 from either end; where a or b is 1 it has a closed form.
func TestBetaFromEitherEnd(t *testing.T) {
	for _, c := range []struct {
		p, a, b      float64
		lower, upper string
	}{
		{.025, 1, 5, "0.00505076337946806", "0.521823750104981"},
		{.3, 1, 2.5, "0.132959835618877", "0.382199149432588"},
		{.025, 4, 1, "0.397635364383525", "0.99369053679029"},
		{.9, 2.5, 1, "0.958731515514183", "0.398107170553497"},
		{.025, 3, 7, "0.0748546314196918", "0.600093573716312"},
		{.6, 3, 7, "0.324172183837714", "0.250241687996369"},
		{.99, .5, .5, "0.999753280182866", "0.000246719817134222"},
		{1e-12, 2, 30, "4.63739103645604e-08", "0.639843165992988"},
	} {
		stattest.Near(t, fmt.Sprint("lower ", c), dist.BetaQuantile(c.p, c.a, c.b), c.lower, stattest.Closed)
		stattest.Near(t, fmt.Sprint("upper ", c), dist.BetaUpperQuantile(c.p, c.a, c.b), c.upper, stattest.Closed)
	}
}

// pt, pf, pchisq, qt, qf and psignrank of R 4.2.2 at their ends.
func TestEndsOfTails(t *testing.T) {
	for what, c := range map[string]struct {
		got  float64
		want string
	}{
		"t of one degree":      {dist.TTwoSided(-3, 1), "0.204832764699133"},
		"t far out":            {dist.TTwoSided(1e10, 2), "1e-20"},
		"t near 0":             {dist.TTwoSided(1e-9, 5), "0.999999999240787"},
		"F far out":            {dist.FTail(1e12, 3, 4), "3.33333333332296e-24"},
		"F near 0":             {dist.FTail(1e-12, 3, 4), "1"},
		"F of 0":               {dist.FTail(0, 3, 4), "1"},
		"F below 0":            {dist.FTail(-1, 3, 4), "1"},
		"chi-square far out":   {dist.ChiSquaredTail(800, 1), "5.3958656116079e-176"},
		"chi-square of 0":      {dist.ChiSquaredTail(0, 2), "1"},
		"qt far out":           {dist.TQuantile(.9999999, 3), "222.571590986251"},
		"qt near the middle":   {dist.TQuantile(.5000001, 30), "2.52760022479268e-07"},
		"qt in the middle":     {dist.TQuantile(.5, 30), "0"},
		"qt below":             {dist.TQuantile(.025, 7), "-2.36462425159278"},
		"qf low":               {dist.FQuantile(.01, 2, 9), "0.0100615674636199"},
		"qf high":              {dist.FQuantile(.999, 8, 3), "130.619008764168"},
		"no rank":              {dist.SignedRankLower(0, 3), ".125"},
		"below none":           {dist.SignedRankLower(-1, 3), "0"},
		"three of three ranks": {dist.SignedRankLower(3, 3), ".625"},
		"all ranks":            {dist.SignedRankLower(6, 3), "1"},
		"more than all":        {dist.SignedRankLower(7, 3), "1"},
	} {
		stattest.Near(t, what, c.got, c.want, 1e-8)
	}
	if p := dist.TTwoSided(math.Inf(-1), 3); p != 0 {
		t.Errorf("t without an end: %g", p)
	}
	stattest.Same(t, "t of endless degrees", dist.TTwoSided(2, math.Inf(1)), dist.NormalTwoSided(2), 0, 0)
	stattest.Same(t, "its quantile", dist.TQuantile(.9, math.Inf(1)), dist.Z(.9), 0, 0)
}

// A root is where the sign changes, at an end too; without a change it is the
// nearer end.
func TestRoots(t *testing.T) {
	line := func(at float64) func(float64) float64 { return func(x float64) float64 { return x - at } }
	for what, c := range map[string]struct {
		got, want float64
	}{
		"inside":         {dist.Root(line(.3), 0, 1), .3},
		"falling":        {dist.Root(func(x float64) float64 { return .3 - x }, 0, 1), .3},
		"at the low end": {dist.Root(line(0), 0, 1), 0}, "at the high end": {dist.Root(line(1), 0, 1), 1},
		"below":    {dist.Root(line(-1), 0, 1), 0},
		"above":    {dist.Root(line(2), 0, 1), 1},
		"bent":     {dist.Root(func(x float64) float64 { return math.Exp(x) - 1e6 }, -50, 50), math.Log(1e6)},
		"negative": {dist.Root(func(x float64) float64 { return x*x*x + 8 }, -100, 1), -2},
	} {
		stattest.Same(t, what, c.got, c.want, 1e-12, 0)
	}
}
