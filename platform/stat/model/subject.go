package model

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// gather takes in the rows of each subject; rest is what β leaves of the outcome.
// The basis is Q = X R⁻¹.
func (v *variance) gather(d MixedData, rest []float64) {
	v.subjects = nil
	v.across2, v.acrossE, v.acrossEE = mat.NewSymDense(v.p, nil), make([]float64, v.p), 0
	for _, rows := range bySubject(d.Group) {
		if len(rows) == 0 {
			continue
		}
		s := subject{n: float64(len(rows))}
		z := make([]float64, len(rows))
		columns := make([][]float64, v.p+1) // Q and, last, e
		for j := range columns {
			columns[j] = make([]float64, len(rows))
		}
		q := make([]float64, v.p)
		for i, row := range rows {
			if v.q == 2 {
				z[i] = (d.Slope[row] - v.middle) / v.unit
			}
			v.least.basis(row, q)
			for j := range q {
				columns[j][i] = q[j]
			}
			columns[v.p][i] = rest[row]
		}
		s.split(z, columns)
		v.add(columns)
		v.subjects = append(v.subjects, s)
	}
}

func bySubject(group []uint32) [][]int {
	var out [][]int
	for row, g := range group {
		for int(g) >= len(out) {
			out = append(out, nil)
		}
		out[g] = append(out[g], row)
	}
	return out
}

// alike is the share of a standard deviation below which a subject's slope
// column counts as one value.
const alike = 1e-12

// split takes from the columns what lies along the subject's ones and slope, and
// leaves the rest in them.
func (s *subject) split(z []float64, columns [][]float64) {
	root := math.Sqrt(s.n)
	s.t = pair{a: root, b: root * center(z)}
	if long := length(z); long > alike*root {
		s.t.c = long
	}
	for k := range s.b {
		s.b[k] = make([]float64, len(columns)-1)
	}
	for j, c := range columns {
		along := [2]float64{root * center(c), 0}
		if s.t.c > 0 {
			for i, v := range z {
				along[1] += v / s.t.c * c[i]
			}
			for i, v := range z {
				c[i] -= along[1] * v / s.t.c
			}
		}
		for k, a := range along {
			if j == len(columns)-1 {
				s.c[k] = a
			} else {
				s.b[k][j] = a
			}
		}
	}
}

// center takes the mean from x and returns it.
func center(x []float64) float64 {
	whole := 0.0
	for range 2 { // twice: the first mean is off by rounding
		mean := 0.0
		for _, v := range x {
			mean += v / float64(len(x))
		}
		for i := range x {
			x[i] -= mean
		}
		whole += mean
	}
	return whole
}

// add sums what is left of the columns of one subject.
func (v *variance) add(columns [][]float64) {
	e := columns[v.p]
	v.acrossEE += squares(e)
	for j := range v.p {
		for h := j; h < v.p; h++ {
			total := 0.0
			for i, q := range columns[j] {
				total += q * columns[h][i]
			}
			v.across2.SetSym(j, h, v.across2.At(j, h)+total)
		}
		for i, q := range columns[j] {
			v.acrossE[j] += q * e[i]
		}
	}
}

// lifted is a vector along Z such that the product of two is theirs by
// (I + GG')⁻¹, G = TΛ, without a difference of large numbers:
// (x'y + (x₁G₂ − x₂G₁)'(y₁G₂ − y₂G₁)) / |I + GG'|.
type lifted [4]float64

func (x lifted) by(y lifted) float64 { return x[0]*y[0] + x[1]*y[1] + x[2]*y[2] + x[3]*y[3] }

// lens is one subject at one Λ.
type lens struct {
	g           [2][2]float64
	determinant float64 // |I + GG'| = |I + Λ'Z'ZΛ|
}

func (s *subject) at(l pair) lens {
	g := [2][2]float64{{s.t.a*l.a + s.t.b*l.b, s.t.b * l.c}, {s.t.c * l.b, s.t.c * l.c}}
	size := g[0][0]*g[0][0] + g[0][1]*g[0][1] + g[1][0]*g[1][0] + g[1][1]*g[1][1]
	inner := s.t.a * s.t.c * l.a * l.c
	return lens{g, 1 + size + inner*inner}
}

func (n lens) lift(x, y float64) lifted {
	root := math.Sqrt(n.determinant)
	return lifted{x / root, y / root, (x*n.g[1][0] - y*n.g[0][0]) / root, (x*n.g[1][1] - y*n.g[0][1]) / root}
}
