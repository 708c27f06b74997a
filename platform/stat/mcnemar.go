package stat

import (
	"math"

	"alongside/platform/stat/dist"
)

// McNemarResult compares a yes/no answer of the same people at two times.
type McNemarResult struct {
	Test              // without correction: (b−c)²/(b+c)
	Corrected Test    // with Edwards' correction: (|b−c|−1)²/(b+c)
	Exact     float64 // two-sided binomial p
}

// McNemar tests that as many went from yes to no (b) as from no to yes (c).
// Those who did not change carry no information. With fewer than about 25
// changes read the exact p. Source: McNemar 1947; Edwards 1948.
// R: mcnemar.test(correct=), binom.test(b, b+c).
func McNemar(b, c int) (McNemarResult, error) {
	if b < 0 || c < 0 {
		return McNemarResult{}, Refuse(OutOfRange, "counts cannot be below 0")
	}
	if err := checkSize(b, c); err != nil {
		return McNemarResult{}, err
	}
	if b+c == 0 {
		return McNemarResult{}, Refuse(NoEvents, "nobody changed, so there is nothing to test")
	}
	apart, changed := math.Abs(float64(b-c)), float64(b+c)
	r := McNemarResult{Exact: dist.BinomialTwoSided(b, b+c, 0.5)}
	r.Test = oneDF(apart * apart / changed)
	short := math.Max(0, apart-1)
	r.Corrected = oneDF(short * short / changed)
	return r, nil
}

func oneDF(x float64) Test { return Test{Statistic: x, DF: 1, P: dist.ChiSquaredTail(x, 1)} }
