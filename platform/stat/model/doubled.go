package model

import "math"

// doubled is a sum in twice the working precision: what rounding takes from
// the sum is kept beside it. Source: Ogita, Rump and Oishi 2005 (Dot2).
type doubled struct{ sum, rest float64 }

func (d *doubled) add(v float64) {
	s := d.sum + v
	b := s - d.sum
	d.rest += (d.sum - (s - b)) + (v - b)
	d.sum = s
}

func (d *doubled) product(a, b float64) {
	p := a * b
	d.rest += math.FMA(a, b, -p)
	d.add(p)
}

func (d *doubled) value() float64 { return d.sum + d.rest }
