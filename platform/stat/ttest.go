package stat

import (
	"math"

	"alongside/platform/stat/dist"
)

// TTest is a difference of means with its t test.
type TTest struct {
	Test
	Difference Estimate // mean of a less mean of b
	SE         float64  // of the difference
}

// PairedT tests that the mean of a−b is 0, for the same people twice:
// t = d̄ / (s_d/√n) with n−1 degrees of freedom. It assumes that differences
// are independent and roughly normal, or many. Source: Student 1908.
// R: t.test(a, b, paired=TRUE).
func PairedT(a, b []float64, level float64) (TTest, error) {
	d, err := differences(a, b)
	if err != nil {
		return TTest{}, err
	}
	if len(d) < 2 {
		return TTest{}, Refuse(TooFew, "a paired t test needs two pairs or more")
	}
	mean := Mean(d)
	se := SD(d) / math.Sqrt(float64(len(d)))
	return tTest(mean, se, float64(len(d)-1), level, math.Abs(mean))
}

// WelchT tests that two independent groups have the same mean without assuming
// the same spread: t = (ā−b̄)/√(s_a²/n_a + s_b²/n_b), degrees of freedom by
// Welch and Satterthwaite. Source: Welch 1947. R: t.test(a, b).
func WelchT(a, b []float64, level float64) (TTest, error) {
	if err := finite(a, b); err != nil {
		return TTest{}, err
	}
	if len(a) < 2 || len(b) < 2 {
		return TTest{}, Refuse(TooFew, "a t test needs two values or more in each group")
	}
	na, nb := float64(len(a)), float64(len(b))
	va, vb := Variance(a)/na, Variance(b)/nb
	part := va / (va + vb) // so that no square leaves the range of numbers
	df := 1 / (part*part/(na-1) + (1-part)*(1-part)/(nb-1))
	scale := math.Max(math.Abs(Mean(a)), math.Abs(Mean(b)))
	return tTest(Mean(a)-Mean(b), math.Sqrt(va+vb), df, level, scale)
}

// tTest refuses a spread that is nothing but rounding, as R does.
func tTest(diff, se, df, level, scale float64) (TTest, error) {
	if err := CheckLevel(level); err != nil {
		return TTest{}, err
	}
	const rounding = 10 * 0x1p-52
	if se <= rounding*scale {
		return TTest{}, Refuse(NoSpread, "the values of each group, or the differences of all pairs, are alike, so there is no scale to test on")
	}
	t := diff / se
	return TTest{
		Test:       Test{Statistic: t, DF: df, P: dist.TTwoSided(t, df)},
		Difference: Estimate{diff, Around(diff, TAt(level, df)*se)},
		SE:         se,
	}, nil
}
