package model

// pair is a 2×2 matrix, symmetric (a b; b c) or lower triangular (a 0; b c).
// A model without a slope leaves b and c at 0.
type pair struct{ a, b, c float64 }

// kernel returns K = Λ (I + Λ'AΛ)⁻¹ Λ' and |I + Λ'AΛ| for a symmetric A and a
// lower triangular Λ.
func (a pair) kernel(l pair) (k pair, determinant float64) {
	p, q := a.a*l.a+a.b*l.b, a.b*l.a+a.c*l.b // first column of AΛ
	s := a.c * l.c                           // second column, below
	m := pair{1 + l.a*p + l.b*q, l.c * q, 1 + l.c*s}
	determinant = m.a*m.c - m.b*m.b
	i := pair{m.c / determinant, -m.b / determinant, m.a / determinant}
	top, low := l.a*i.a, l.a*i.b // first row of Λ M⁻¹
	x, y := l.b*i.a+l.c*i.b, l.b*i.b+l.c*i.c
	return pair{top * l.a, top*l.b + low*l.c, x*l.b + y*l.c}, determinant
}

// apply returns the symmetric matrix times a vector.
func (a pair) apply(x, y float64) (float64, float64) { return a.a*x + a.b*y, a.b*x + a.c*y }

// rest returns I − AK, row by row.
func (a pair) rest(k pair) [2][2]float64 {
	return [2][2]float64{
		{1 - a.a*k.a - a.b*k.b, -a.a*k.b - a.b*k.c},
		{-a.b*k.a - a.c*k.b, 1 - a.b*k.b - a.c*k.c},
	}
}

// before returns w·a for a full w and a symmetric a, of which the result is
// symmetric too.
func (a pair) before(w [2][2]float64) pair {
	return pair{
		w[0][0]*a.a + w[0][1]*a.b,
		w[0][0]*a.b + w[0][1]*a.c,
		w[1][0]*a.b + w[1][1]*a.c,
	}
}
