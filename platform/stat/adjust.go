package stat

import "sort"

// BenjaminiHochberg adjusts p-values so that rejecting all below q keeps the
// share of false finds among finds at q: the smallest m p(i)/i from there up,
// at most 1. It assumes that tests are independent or positively dependent.
// Order is kept. Source: Benjamini and Hochberg 1995. R: p.adjust(p, "BH").
func BenjaminiHochberg(p []float64) ([]float64, error) {
	if len(p) == 0 {
		return nil, Refuse(TooFew, "there are no p-values to adjust")
	}
	order := make([]int, len(p))
	for i, v := range p {
		if !(v >= 0 && v <= 1) {
			return nil, Refuse(OutOfRange, "a p-value lies between 0 and 1; value %d does not", i+1)
		}
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return p[order[i]] < p[order[j]] })
	out := make([]float64, len(p))
	least, m := 1.0, float64(len(p))
	for i := len(order) - 1; i >= 0; i-- {
		least = min(least, m/float64(i+1)*p[order[i]])
		out[order[i]] = least
	}
	return out, nil
}
