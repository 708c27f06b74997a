package dist

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

// spread is the range of k standard normal values, with what does not depend
// on how wide it is worked out once.
type spread struct {
	z, weight []float64 // points, and k φ(z) times the weight of each
	up, all   []float64 // Φ(z) and Φ(z)^(k-1)
	power     float64   // k-1
}

// edge is where the normal density no longer counts: φ(8.5) is 8e-17.
const edge = 8.5

func newSpread(k int) *spread {
	s := &spread{
		z: make([]float64, nodes), weight: make([]float64, nodes),
		up: make([]float64, nodes), all: make([]float64, nodes), power: float64(k - 1),
	}
	quad.Legendre{}.FixedLocations(s.z, s.weight, -edge, edge)
	for i, z := range s.z {
		s.weight[i] *= float64(k) * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		s.up[i] = Normal(z)
		s.all[i] = math.Pow(s.up[i], s.power)
	}
	return s
}

// tail is the chance that the values spread wider than w:
// k ∫ φ(z) [Φ(z)^(k-1) − (Φ(z)−Φ(z−w))^(k-1)] dz.
func (s *spread) tail(w float64) float64 {
	sum := 0.0
	for i, z := range s.z {
		sum += s.weight[i] * (s.all[i] - math.Pow(s.up[i]-Normal(z-w), s.power))
	}
	return sum
}

// studentized is the tail when the standard deviation has df degrees of freedom.
func (s *spread) studentized(q, df float64) float64 {
	if q <= 0 {
		return 1
	}
	return overScale(df, 0, func(scale float64) float64 { return s.tail(q * scale) })
}

// RangeTail returns the chance that the studentized range of k means with df
// degrees of freedom for the standard deviation is above q, to 1e-7 of itself
// or to 1e-15. R: ptukey(q, k, df, lower.tail=FALSE), which gives up at df 1.
func RangeTail(q float64, k int, df float64) float64 { return newSpread(k).studentized(q, df) }

// RangeQuantile returns the q that RangeTail gives the tail 1-p. R: qtukey,
// which stops at an error of 0.0001; this one goes as far as RangeTail.
func RangeQuantile(p float64, k int, df float64) float64 {
	s := newSpread(k)
	lo, hi := 0.0, 1.0
	for s.studentized(hi, df) > 1-p {
		lo, hi = hi, 2*hi
	}
	return Root(func(q float64) float64 { return 1 - p - s.studentized(q, df) }, lo, hi)
}
