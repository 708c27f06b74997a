package dist

import "math"

// Root finds where f changes sign between lo and hi to about 1e-13 of the
// result. f(lo) and f(hi) must have opposite signs, else the nearer end is
// returned. It narrows by the Illinois rule (a secant that cannot stall) and
// falls back on halving. R: uniroot, with a tolerance that is met.
func Root(f func(float64) float64, lo, hi float64) float64 {
	flo, fhi := f(lo), f(hi)
	if flo == 0 || fhi == 0 || (flo > 0) == (fhi > 0) {
		return nearer(lo, hi, flo, fhi)
	}
	for i := 0; i < 200 && hi-lo > 1e-13*math.Max(math.Abs(lo), math.Abs(hi)); i++ {
		mid := (lo*fhi - hi*flo) / (fhi - flo)
		if i%3 == 2 || mid <= lo || mid >= hi {
			mid = lo + (hi-lo)/2
		}
		fm := f(mid)
		if fm == 0 {
			return mid
		}
		if (fm > 0) == (flo > 0) {
			lo, flo, fhi = mid, fm, fhi/2
			continue
		}
		hi, fhi, flo = mid, fm, flo/2
	}
	return lo + (hi-lo)/2
}

func nearer(lo, hi, flo, fhi float64) float64 {
	if math.Abs(flo) <= math.Abs(fhi) {
		return lo
	}
	return hi
}
