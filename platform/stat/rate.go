package stat

import "alongside/platform/stat/dist"

// RateRatio compares two counts over the time that was watched.
type RateRatio struct {
	Estimate         // ratio of the first rate to the second, exact interval
	P        float64 // exact two-sided p of equal rates
}

// CompareRates returns (x1/t1)/(x2/t2), given counts of events that come one
// at a time and independently (Poisson) and person-time above 0. The interval
// turns the Clopper–Pearson interval of x1 among x1+x2.
// Source: Przyborowski and Wilenski 1940. R: poisson.test(c(x1,x2), c(t1,t2)).
func CompareRates(x1 int, t1 float64, x2 int, t2, level float64) (RateRatio, error) {
	if x1 < 0 || x2 < 0 || !(t1 > 0) || !(t2 > 0) {
		return RateRatio{}, Refuse(OutOfRange, "counts cannot be below 0 and time must be above 0")
	}
	if err := checkSize(x1, x2); err != nil {
		return RateRatio{}, err
	}
	if x1+x2 == 0 {
		return RateRatio{}, Refuse(NoEvents, "nothing happened in either group, so there is no ratio")
	}
	share, err := ClopperPearson(x1, x1+x2, level)
	if err != nil {
		return RateRatio{}, err
	}
	ratio := func(p float64) float64 { return p / (1 - p) * t2 / t1 }
	return RateRatio{
		Estimate: Estimate{ratio(share.Value), Interval{ratio(share.Lower), ratio(share.Upper)}},
		P:        dist.BinomialTwoSided(x1, x1+x2, t1/(t1+t2)),
	}, nil
}
