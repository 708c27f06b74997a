package stat

import (
	"math"

	"alongside/platform/stat/dist"
)

// NeedForMeans returns the size of each of two equal groups that shows a
// difference of d standard deviations with the given power, by a two-sided t
// test at alpha. Round up. R: power.t.test(delta=d, power=, sig.level=)$n.
func NeedForMeans(d, power, alpha float64) (float64, error) {
	if err := checkPower(power, alpha); err != nil {
		return 0, err
	}
	d = math.Abs(d)
	if !(d > 0) || math.IsInf(d, 0) {
		return 0, Refuse(OutOfRange, "the difference to be seen must not be 0")
	}
	short := func(n float64) float64 {
		df := 2 * (n - 1)
		t := dist.TQuantile(1-alpha/2, df)
		return dist.NoncentralTTail(t, df, math.Sqrt(n/2)*d) - power
	}
	hi := 4.0
	for short(hi) < 0 && hi < 1e9 {
		hi *= 2
	}
	if short(2) > 0 {
		return 2, nil
	}
	return dist.Root(short, 2, hi), nil
}

// NeedForShares returns the size of each of two equal groups that shows p1
// beside p2 with the given power, by a two-sided test at alpha. Round up.
// R: power.prop.test(p1=, p2=, power=, sig.level=)$n.
func NeedForShares(p1, p2, power, alpha float64) (float64, error) {
	if err := checkPower(power, alpha); err != nil {
		return 0, err
	}
	if !(p1 > 0 && p1 < 1 && p2 > 0 && p2 < 1) || p1 == p2 {
		return 0, Refuse(OutOfRange, "the two shares must differ and lie between 0 and 1")
	}
	mean := (p1 + p2) / 2
	same := dist.Z(1-alpha/2) * math.Sqrt(2*mean*(1-mean))
	apart := dist.Z(power) * math.Sqrt(p1*(1-p1)+p2*(1-p2))
	return math.Pow((same+apart)/(p1-p2), 2), nil
}

func checkPower(power, alpha float64) error {
	if !(power > 0 && power < 1 && alpha > 0 && alpha < 1) || power <= alpha {
		return Refuse(OutOfRange, "power and alpha lie between 0 and 1, and power is the larger")
	}
	return nil
}
