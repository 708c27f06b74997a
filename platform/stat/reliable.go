package stat

import "math"

// Change is one person's change on a scale, held against what the scale's own
// error would make by chance.
type Change struct {
	SE        float64 // standard error of measurement, SD √(1−r)
	SDiff     float64 // of a difference of two scores, √2 SE
	RC        float64 // change / SDiff
	Threshold float64 // 1.96 SDiff: the smallest change that counts
	Reliable  bool    // |change| is at least the threshold, rounding aside
}

// rounding is the share by which a change that meets the threshold to the last
// digit may fall short of it in binary.
const rounding = 1e-12

// certain is Jacobson and Truax's own rounded 1.96, not the quantile.
const certain = 1.96

// ReliableChange applies Jacobson and Truax: sd is the spread of the scale in
// the population compared to (best the programme's own baseline), r its
// reliability, published. It says whether a change is more than error of
// measurement, not whether it matters or what caused it. Scores are rounded
// nowhere. Source: Jacobson and Truax 1991. R: base R has none.
func ReliableChange(sd, r, before, after float64) (Change, error) {
	if err := finite([]float64{sd, r, before, after}); err != nil {
		return Change{}, err
	}
	if sd <= 0 {
		return Change{}, Refuse(OutOfRange, "the standard deviation must be above 0")
	}
	if r < 0 || r >= 1 {
		return Change{}, Refuse(OutOfRange, "the reliability r must be at least 0 and below 1")
	}
	c := Change{SE: sd * math.Sqrt(1-r)}
	c.SDiff = math.Sqrt2 * c.SE
	c.RC = (after - before) / c.SDiff
	c.Threshold = certain * c.SDiff
	c.Reliable = math.Abs(after-before) >= c.Threshold*(1-rounding)
	return c, nil
}

// Cutoff returns the score that lies as many standard deviations from one
// population as from the other: (s0 m1 + s1 m0)/(s0 + s1). Source: Jacobson and
// Truax 1991, criterion c. R: base R has none.
func Cutoff(m0, s0, m1, s1 float64) (float64, error) {
	if s0 <= 0 || s1 <= 0 {
		return 0, Refuse(OutOfRange, "both standard deviations must be above 0")
	}
	return (s0*m1 + s1*m0) / (s0 + s1), nil
}

// CutoffBy returns the score two standard deviations from a mean: above it, by
// criterion a or b, with n = 2 or −2. Source: Jacobson and Truax 1991.
// R: base R has none.
func CutoffBy(mean, sd, n float64) float64 { return mean + n*sd }
