package stat

import "math"

// Leave returns the statistic with each row left out in turn.
func Leave(n int, s Statistic) []float64 {
	out, rows := make([]float64, n), make([]int, 0, n)
	for skip := range n {
		rows = rows[:0]
		for i := range n {
			if i != skip {
				rows = append(rows, i)
			}
		}
		out[skip] = s(rows)
	}
	return out
}

// JackknifeSE returns √((n−1)/n Σ (θ₍ᵢ₎ − θ̄)²) of the values of Leave.
// Source: Efron and Tibshirani 1993, equation 11.5. R: bootstrap::jackknife.
func JackknifeSE(leave []float64) float64 {
	n := float64(len(leave))
	return math.Sqrt((n - 1) / n * squares(leave))
}

// Acceleration returns Σ dᵢ³ / (6 (Σ dᵢ²)^1.5), dᵢ = θ̄ − θ₍ᵢ₎: how fast the
// spread of a statistic changes with its value. NaN when it never changes.
// Source: Efron and Tibshirani 1993, equation 14.15. R: boot::empinf.
func Acceleration(leave []float64) float64 {
	mean, cubes, twos := Mean(leave), 0.0, 0.0
	for _, v := range leave {
		d := mean - v
		twos += d * d
		cubes += d * d * d
	}
	return cubes / (6 * math.Pow(twos, 1.5))
}

// MeanBootSE is the bootstrap standard error of a mean with endless draws,
// √(Σ (x−x̄)²)/n, which draws only approach. Source: Efron and Tibshirani 1993.
// R: what boot::boot(x, …) comes near.
func MeanBootSE(x []float64) (float64, error) {
	if len(x) < 2 {
		return 0, Refuse(TooFew, "a standard error needs two values or more")
	}
	return math.Sqrt(squares(x)) / float64(len(x)), finite(x)
}
