package dist

import "math"

// incBeta is the regularized incomplete beta function I(x; a, b), of which y is
// 1−x, and one minus it, to ten digits up to a million degrees of freedom. It is ours
// because gonum's loses them from a million degrees of freedom up.
// Source: Lentz's continued fraction, as DiDonato and Morris 1992 use it, before
// a density by Loader's saddle point (2000), whose terms do not cancel.
// R: pbeta.
func incBeta(a, b, x, y float64) (lower, upper float64) {
	switch {
	case !(a > 0 && b > 0) || math.IsNaN(x) || math.IsNaN(y):
		return math.NaN(), math.NaN() // the series below would never end
	case x <= 0:
		return 0, 1
	case y <= 0:
		return 1, 0
	case x > (a+1)/(a+b+2):
		upper, lower = incBeta(b, a, y, x)
		return lower, upper
	}
	lower = b / (a + b) * binomialDensity(a, b, x, y) * fraction(a, b, x)
	return lower, 1 - lower
}

// fraction is the continued fraction of I(x; a, b), x below its mean.
func fraction(a, b, x float64) float64 {
	const tiny, most = 1e-300, 1_000_000
	c, d := 1.0, 1-(a+b)*x/(a+1)
	if math.Abs(d) < tiny {
		d = tiny
	}
	d = 1 / d
	h := d
	for i := 1; i <= most; i++ {
		m := float64(i)
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		change := 1.0
		for _, term := range [2]float64{even, odd} {
			d, c = 1+term*d, 1+term/c
			if math.Abs(d) < tiny {
				d = tiny
			}
			if math.Abs(c) < tiny {
				c = tiny
			}
			d = 1 / d
			change = d * c
			h *= change
		}
		if math.Abs(change-1) < 1e-16 {
			break
		}
	}
	return h
}

// binomialDensity is Γ(a+b+1)/(Γ(a+1)Γ(b+1)) x^a y^b, y = 1−x.
func binomialDensity(a, b, x, y float64) float64 {
	n := a + b
	exponent := stirling(n) - stirling(a) - stirling(b) - apart(a, n*x) - apart(b, n*y)
	return math.Exp(exponent) * math.Sqrt(n/(2*math.Pi*a*b))
}

// stirling is log Γ(z+1) − (z+½) log z + z − log √2π, what Stirling's formula
// misses.
func stirling(z float64) float64 {
	if z < 16 {
		g, _ := math.Lgamma(z + 1)
		return g - (z+0.5)*math.Log(z) + z - math.Log(2*math.Pi)/2
	}
	s := 1 / (z * z)
	return (1.0/12 - (1.0/360-(1.0/1260-(1.0/1680-1.0/1188*s)*s)*s)*s) / z
}

// apart is x log(x/m) + m − x without the loss of digits where x is near m.
func apart(x, m float64) float64 {
	v := (x - m) / (x + m)
	if math.Abs(v) > 0.1 {
		return x*math.Log(x/m) + m - x
	}
	sum, term := (x-m)*v, 2*x*v
	for j := 3.0; ; j += 2 {
		term *= v * v
		next := sum + term/j
		if next == sum {
			return sum
		}
		sum = next
	}
}
