package dist

import "math"

// incBeta is the regularized incomplete beta function I(x; a, b), of which y is
// 1−x, and one minus it, to ten digits up to a thousand million degrees of
// freedom. It is ours because gonum's loses them from a million up.
// Source: the even part of the continued fraction, whose terms do not cancel
// below the mean (DiDonato and Morris 1992), before a density by Loader's saddle
// point (2000). R: pbeta.
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
	short := shortfall(a, b, x, y)
	lower = a / (a + b) * b * binomialDensity(a, b, x, y, short) / fraction(a, b, x, y, short)
	return lower, 1 - lower
}

// shortfall is a·y − b·x, how far (a+b)·x stays below a, without the digits that
// the two products would take from one another.
func shortfall(a, b, x, y float64) float64 {
	product := b * x
	return math.FMA(a, y, -product) - math.FMA(b, x, -product)
}

// fraction is what x^a y^b / B(a, b) is divided by to give I(x; a, b), x below
// its mean. It goes by Lentz's rule.
func fraction(a, b, x, y, short float64) float64 {
	const tiny, most = 1e-300, 1_000_000
	f := a / (a + 1) * (short + 1)
	c, d := f, 0.0
	for n := 1.0; n <= most; n++ {
		odd := a + 2*n - 1
		room := n * (b - n) * x
		over := (a + n - 1) / odd * (a + b + n - 1) / odd * room * x
		step := n + room/odd + (a+n)/(a+2*n+1)*(short+1+n*(1+y))
		d, c = step+over*d, step+over/c
		if math.Abs(d) < tiny {
			d = tiny
		}
		if math.Abs(c) < tiny {
			c = tiny
		}
		d = 1 / d
		f *= c * d
		if math.Abs(c*d-1) < 1e-16 {
			break
		}
	}
	return f
}

// binomialDensity is Γ(a+b+1)/(Γ(a+1)Γ(b+1)) x^a y^b, y = 1−x, short = a·y − b·x.
func binomialDensity(a, b, x, y, short float64) float64 {
	n := a + b
	exponent := stirling(n) - stirling(a) - stirling(b) - apart(a, n*x, short) - apart(b, n*y, -short)
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

// apart is x log(x/m) + m − x without the loss of digits where x is near m; by is
// x − m.
func apart(x, m, by float64) float64 {
	v := by / (x + m)
	if math.Abs(v) > 0.1 {
		return x*math.Log(x/m) - by
	}
	sum, term := by*v, 2*x*v
	for j := 3.0; ; j += 2 {
		term *= v * v
		next := sum + term/j
		if next == sum {
			return sum
		}
		sum = next
	}
}
