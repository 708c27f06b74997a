package model

import (
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/dist"
)

// Term is one coefficient of a model.
type Term struct {
	Name string
	stat.Estimate
	SE float64
	T  float64 // estimate / SE
	DF float64 // infinite where the normal distribution is used
	P  float64
}

func term(name string, value, se, df, level float64) Term {
	t := value / se
	return Term{
		Name: name, SE: se, T: t, DF: df, P: dist.TTwoSided(t, df),
		Estimate: stat.Estimate{Value: value, Interval: stat.Around(value, stat.TAt(level, df)*se)},
	}
}

// reckoned refuses coefficients whose errors ran out of the range of numbers: a
// column in a unit 1e150 times too small or too large.
func reckoned(terms []Term) error {
	for _, t := range terms {
		if !(t.SE > 0) || math.IsInf(t.SE, 1) || math.IsInf(t.Value, 0) {
			return stat.Refuse(stat.OutOfRange,
				"the error of %s runs out of the range of numbers; write its column, or the outcome, in another unit", t.Name)
		}
	}
	return nil
}

func orLevel(level float64) (float64, error) {
	if level == 0 {
		level = stat.Level
	}
	return level, stat.CheckLevel(level)
}

func finite(y []float64, what string) error {
	if !stat.Finite(y) {
		return stat.Refuse(stat.OutOfRange, "%s holds a value that is not a finite number below 1e150", what)
	}
	return nil
}
