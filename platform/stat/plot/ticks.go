package plot

import (
	"math"
	"strconv"
)

// ticks returns round numbers from 0 to end, about as many as wanted.
func ticks(end float64, wanted int) []float64 {
	rough := end / float64(wanted)
	size := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * size
	for _, k := range []float64{1, 2, 2.5, 5} {
		if k*size >= rough {
			step = k * size
			break
		}
	}
	var out []float64
	for i := 0; float64(i)*step <= end*(1+1e-9); i++ {
		out = append(out, float64(i)*step)
	}
	return out
}

func short(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
