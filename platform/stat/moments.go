package stat

import "math"

// Mean returns the arithmetic mean, with a second pass that takes back the
// rounding of the first. It is NaN for no values.
func Mean(x []float64) float64 {
	n := float64(len(x))
	first := Sum(x) / n
	off := 0.0
	for _, v := range x {
		off += v - first
	}
	return first + off/n
}

// Variance returns the sample variance, with n−1 below. NaN for fewer than two
// values. R: var.
func Variance(x []float64) float64 { return squares(x) / float64(len(x)-1) }

// SD returns the sample standard deviation. R: sd.
func SD(x []float64) float64 { return math.Sqrt(Variance(x)) }

// squares is the sum of squared distances from the mean.
func squares(x []float64) float64 {
	if len(x) < 2 {
		return math.NaN()
	}
	mean, total := Mean(x), 0.0
	for _, v := range x {
		total += (v - mean) * (v - mean)
	}
	return total
}

// Sum adds up.
func Sum(x []float64) float64 {
	total := 0.0
	for _, v := range x {
		total += v
	}
	return total
}

// differences is a − b, pair by pair.
func differences(a, b []float64) ([]float64, error) {
	if len(a) != len(b) {
		return nil, Refuse(Uneven, "pairs need as many values before as after")
	}
	if err := finite(a, b); err != nil {
		return nil, err
	}
	d := make([]float64, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	return d, nil
}
