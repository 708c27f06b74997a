package stat

import (
	"math"

	"alongside/platform/stat/dist"
)

// Wilson returns x/n with Wilson's score interval
//
//	(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
//
// It assumes n independent people with the same chance. It never leaves 0 to 1
// and is good from a few people up. Source: Wilson 1927; Newcombe 1998a,
// method 3. R: prop.test(x, n, correct=FALSE)$conf.int.
func Wilson(x, n int, level float64) (Estimate, error) {
	if err := checkCount(x, n, level); err != nil {
		return Estimate{}, err
	}
	z, size := ZAt(level), float64(n)
	p := float64(x) / size
	centre := p + z*z/(2*size)
	half := z * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	scale := 1 + z*z/size
	in := Interval{(centre - half) / scale, (centre + half) / scale}
	return Estimate{p, sealEnds(in, x, n)}, nil
}

// ClopperPearson returns x/n with the exact interval, from quantiles of
// beta(x, n−x+1) and beta(x+1, n−x). It covers at least the level, often more,
// so it is wider than Wilson's. Source: Clopper and Pearson 1934.
// R: binom.test(x, n)$conf.int.
func ClopperPearson(x, n int, level float64) (Estimate, error) {
	if err := checkCount(x, n, level); err != nil {
		return Estimate{}, err
	}
	a, b, tail := float64(x), float64(n-x), (1-level)/2
	in := Interval{0, 1}
	if x > 0 {
		in.Lower = dist.BetaQuantile(tail, a, b+1)
	}
	if x < n {
		in.Upper = dist.BetaUpperQuantile(tail, a+1, b)
	}
	return Estimate{a / float64(n), in}, nil
}

// Newcombe returns the difference x1/n1 − x2/n2 of two independent groups with
// the hybrid score interval, built from the Wilson interval of each:
//
//	d − √((p1−l1)² + (u2−p2)²), d + √((u1−p1)² + (p2−l2)²).
//
// Source: Newcombe 1998b, method 10. R: DescTools::BinomDiffCI(method="score");
// base R has none.
func Newcombe(x1, n1, x2, n2 int, level float64) (Estimate, error) {
	one, err := Wilson(x1, n1, level)
	if err != nil {
		return Estimate{}, err
	}
	two, err := Wilson(x2, n2, level)
	if err != nil {
		return Estimate{}, err
	}
	d := one.Value - two.Value
	return Estimate{d, Interval{
		Lower: d - math.Hypot(one.Value-one.Lower, two.Upper-two.Value),
		Upper: d + math.Hypot(one.Upper-one.Value, two.Value-two.Lower),
	}}, nil
}

func checkCount(x, n int, level float64) error {
	if n < 1 {
		return Refuse(TooFew, "a share of nobody is not a number: n must be 1 or more")
	}
	if x < 0 || x > n {
		return Refuse(OutOfRange, "x must lie between 0 and n")
	}
	if err := checkSize(n); err != nil {
		return err
	}
	return CheckLevel(level)
}

// countMost is the largest count taken: the exact tests follow some forty
// standard deviations of outcomes, which is still quick there.
const countMost = 1_000_000_000

func checkSize(counts ...int) error {
	for _, n := range counts {
		if n > countMost {
			return Refuse(OutOfRange, "a count above %d is not taken", countMost)
		}
	}
	return nil
}

// sealEnds puts the ends at exactly 0 and 1 where algebra says so and rounding
// might not.
func sealEnds(in Interval, x, n int) Interval {
	if x == 0 {
		in.Lower = 0
	}
	if x == n {
		in.Upper = 1
	}
	return in
}
