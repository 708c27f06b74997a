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
	f := fit{factor: l, rss: v.ee, logC: v.logR}
	c, d := mat.NewSymDense(v.p, nil), mat.NewVecDense(v.p, nil)
	for j := range v.p {
		c.SetSym(j, j, 1)
	}
	raw := c.RawSymmetric()
	for i := range v.subjects {
		s := &v.subjects[i]
		k, det := s.a.kernel(l)
		f.logV += math.Log(det)
		x, y := k.apply(s.c[0], s.c[1])
		f.rss -= s.c[0]*x + s.c[1]*y
		for j := range v.p {
			d.SetVec(j, d.AtVec(j)-s.b[0][j]*x-s.b[1][j]*y)
			kx, ky := k.apply(s.b[0][j], s.b[1][j])
			line := raw.Data[j*raw.Stride:]
			for h := j; h < v.p; h++ {
				line[h] -= kx*s.b[0][h] + ky*s.b[1][h]
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
		k, _ := s.a.kernel(f.factor)
		w := s.a.rest(k)
		u := s.c
		for j := range v.p {
			u[0] -= s.b[0][j] * f.gamma[j]
			u[1] -= s.b[1][j] * f.gamma[j]
			b0[j] = w[0][0]*s.b[0][j] + w[0][1]*s.b[1][j]
			b1[j] = w[1][0]*s.b[0][j] + w[1][1]*s.b[1][j]
		}
		u[0], u[1] = w[0][0]*u[0]+w[0][1]*u[1], w[1][0]*u[0]+w[1][1]*u[1]
		m := s.a.before(w)
		g.a += m.a - u[0]*u[0]/sigma2
		g.b += m.b - u[0]*u[1]/sigma2
		g.c += m.c - u[1]*u[1]/sigma2
		if v.ml {
			continue
		}
		for j := range v.p {
			x, y := 0.0, 0.0
			for h := range v.p {
				x += f.spread.At(j, h) * b0[h]
				y += f.spread.At(j, h) * b1[h]
			}
			g.a -= b0[j] * x
			g.b -= b0[j] * y
			g.c -= b1[j] * y
		}
	}
	return g
}

// gradient is the derivative of the deviance by the free entries of Λ: 2gΛ.
func (v *variance) gradient(f fit, sigma2 float64) []float64 {
	g, l := v.slope(f, sigma2), f.factor
	if v.q == 1 {
		return []float64{2 * g.a * l.a}
	}
	return []float64{2 * (g.a*l.a + g.b*l.b), 2 * (g.b*l.a + g.c*l.b), 2 * g.c * l.c}
}
