// Package stattest helps the tests of the statistics: it compares a number to
// one printed in a source, to the digits printed there, and reads the data
// sets in platform/stat/testdata. It is ours because a printed number carries
// its own tolerance, which no assertion library knows.
package stattest

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// Closed is the relative error allowed to formulas without iteration.
const Closed = 1e-9

// Fitted is the relative error allowed to models found by a search.
const Fitted = 1e-7

// Near fails the test unless got agrees with want, a number as printed, to
// half a unit of its last digit or to the relative error, whichever is wider.
// A whole number, and one of three digits or fewer, is no rounded one: 0, .4
// and .865 stand for themselves and are held to the relative error.
func Near(t testing.TB, what string, got float64, want string, relative float64) {
	t.Helper()
	w, unit := printed(t, want)
	if off := math.Abs(got - w); !(off <= math.Max(relative*math.Abs(w), unit/2*1.0001)) {
		t.Errorf("%s: got %.15g, source has %s (off by %.3g)", what, got, want, off)
	}
}

// Same fails the test unless got and want agree to the relative error, or both
// are NaN. Near 0 the error is absolute at floor.
func Same(t testing.TB, what string, got, want, relative, floor float64) {
	t.Helper()
	if math.IsNaN(want) && math.IsNaN(got) || got == want {
		return
	}
	if off := math.Abs(got - want); !(off <= math.Max(relative*math.Abs(want), floor)) {
		t.Errorf("%s: got %.17g, want %.17g (off by %.3g)", what, got, want, off)
	}
}

// rounded is how many digits a printed number has at least when it is rounded.
const rounded = 4

// printed reads a number and the size of a unit in its last digit, 0 where it
// is exact.
func printed(t testing.TB, s string) (value, unit float64) {
	t.Helper()
	value, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatalf("source number %q: %v", s, err)
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(s), "e")
	power, _ := strconv.Atoi(exponent)
	whole, decimals, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(strings.TrimLeft(whole, "+-")+decimals, "0")
	if decimals == "" || len(digits) < rounded {
		return value, 0
	}
	return value, math.Pow(10, float64(power-len(decimals)))
}
