package stat

import (
	"math"

	"alongside/platform/stat/dist"
)

// Interval is a range that covers the truth at the level asked for. An end
// that does not exist is NaN.
type Interval struct{ Lower, Upper float64 }

// Estimate is a number with its interval.
type Estimate struct {
	Value float64
	Interval
}

// Test is the outcome of a test of no difference.
type Test struct {
	Statistic float64
	DF        float64 // NaN where the statistic has none
	P         float64 // two-sided
}

// Level is the coverage of an interval: 0.95 unless a caller asks otherwise.
const Level = 0.95

// CheckLevel refuses a level that is not between 0 and 1.
func CheckLevel(level float64) error {
	if !(level > 0 && level < 1) {
		return Refuse(OutOfRange, "the level of an interval lies between 0 and 1")
	}
	return nil
}

// ZAt returns the normal quantile for a two-sided interval: 1.96 for 0.95.
func ZAt(level float64) float64 { return dist.Z(1 - (1-level)/2) }

// TAt returns the quantile of Student's t for a two-sided interval.
func TAt(level, df float64) float64 { return dist.TQuantile(1-(1-level)/2, df) }

// Around returns the interval of centre ± by.
func Around(centre, by float64) Interval { return Interval{centre - by, centre + by} }

// Largest is the greatest size of a value whose squares can be added up by the
// million without running out of range.
const Largest = 1e150

// Finite tells whether every value can be reckoned with. NaN, an infinity or a
// size above 1e150 would poison every sum quietly.
func Finite(values []float64) bool {
	for _, v := range values {
		if !(math.Abs(v) <= Largest) {
			return false
		}
	}
	return true
}

// finite refuses columns that are not Finite.
func finite(columns ...[]float64) error {
	for _, column := range columns {
		if !Finite(column) {
			return Refuse(OutOfRange, "a value is not a finite number below 1e150")
		}
	}
	return nil
}
