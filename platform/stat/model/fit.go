package model

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// fit is the model at one relative factor Λ.
type fit struct {
	factor   pair
	gamma    []float64     // move of β on the basis Q
	spread   *mat.SymDense // C⁻¹, C = Q'MQ
	logV     float64       // Σ log |I + Λ'AΛ|
	logC     float64       // log |X'MX|
	rss      float64       // r² = y'Py
	sigma    float64       // √(r²/degrees)
	deviance float64       // profiled
	ok       bool
}

// at evaluates the profiled deviance at Λ.
func (v *variance) at(l pair) fit {
	f := fit{factor: l, rss: v.acrossEE, logC: v.logR}
	c, d := mat.NewSymDense(v.p, nil), mat.NewVecDense(v.p, nil)
	c.CopySym(v.across2)
	copy(d.RawVector().Data, v.acrossE)
	raw := c.RawSymmetric()
	q := make([]lifted, v.p)
	for i := range v.subjects {
		s := &v.subjects[i]
		n := s.at(l)
		f.logV += math.Log(n.determinant)
		e := n.lift(s.c[0], s.c[1])
		f.rss += e.by(e)
		for j := range q {
			q[j] = n.lift(s.b[0][j], s.b[1][j])
		}
		for j := range q {
			d.SetVec(j, d.AtVec(j)+q[j].by(e))
			line := raw.Data[j*raw.Stride:]
			for h := j; h < v.p; h++ {
				line[h] += q[j].by(q[h])
			}
		}
	}
	var solver mat.Cholesky
	if !solver.Factorize(c) {
		return f
	}
	f.logC += solver.LogDet()
	gamma, spread := mat.NewVecDense(v.p, nil), mat.NewSymDense(v.p, nil)
	_ = solver.SolveVecTo(gamma, d)
	_ = solver.InverseTo(spread)
	f.gamma, f.spread = gamma.RawVector().Data, spread
	f.rss -= mat.Dot(gamma, d)
	nu := v.degrees()
	f.sigma = math.Sqrt(f.rss / nu)
	f.deviance = f.logV + nu*(1+math.Log(2*math.Pi*f.rss/nu))
	if !v.ml {
		f.deviance += f.logC
	}
	f.ok = f.rss > 0 && !math.IsNaN(f.deviance)
	return f
}

// slope returns the derivative of the deviance by D = ΛΛ' (a symmetric
// matrix), given σ² in the place of its profile:
// Σ G − uu'/σ² − [REML] B̃ C⁻¹ B̃', with G = Z'MZ, u = Z'M(y − Xβ), B̃ = Z'MQ.
func (v *variance) slope(f fit, sigma2 float64) pair {
	var g pair
	b0, b1 := make([]float64, v.p), make([]float64, v.p)
	for i := range v.subjects {
		s := &v.subjects[i]
		n := s.at(f.factor)
		z0, z1 := n.lift(s.t.a, 0), n.lift(s.t.b, s.t.c)
		left := s.c
		for j := range v.p {
			left[0] -= s.b[0][j] * f.gamma[j]
			left[1] -= s.b[1][j] * f.gamma[j]
			q := n.lift(s.b[0][j], s.b[1][j])
			b0[j], b1[j] = z0.by(q), z1.by(q)
		}
		e := n.lift(left[0], left[1])
		u0, u1 := z0.by(e), z1.by(e)
		g.a += z0.by(z0) - u0*u0/sigma2
		g.b += z0.by(z1) - u0*u1/sigma2
		g.c += z1.by(z1) - u1*u1/sigma2
		if !v.ml {
			g.take(f.spread, b0, b1)
		}
	}
	return g
}

// take subtracts B̃ C⁻¹ B̃'.
func (g *pair) take(spread *mat.SymDense, b0, b1 []float64) {
	for j := range b0 {
		x, y := 0.0, 0.0
		for h := range b0 {
			x += spread.At(j, h) * b0[h]
			y += spread.At(j, h) * b1[h]
		}
		g.a -= b0[j] * x
		g.b -= b0[j] * y
		g.c -= b1[j] * y
	}
}

// gradient is the derivative of the deviance by the free entries of Λ: 2gΛ.
func (v *variance) gradient(f fit, sigma2 float64) []float64 {
	g, l := v.slope(f, sigma2), f.factor
	if v.q == 1 {
		return []float64{2 * g.a * l.a}
	}
	return []float64{2 * (g.a*l.a + g.b*l.b), 2 * (g.b*l.a + g.c*l.b), 2 * g.c * l.c}
}
