package model

import (
	"math"

	"alongside/platform/stat"

	"gonum.org/v1/gonum/mat"
)

// minimise finds the Λ of least deviance by Newton steps. The deviance is even
// in the signs of Λ's columns, so a spread of 0 is an ordinary minimum and
// needs no bounds. With a refusal comes where the search ended.
func (v *variance) minimise(start pair) (fit, error) {
	f := v.at(start)
	const most = 200
	for range most {
		if !f.ok {
			break
		}
		g := v.gradient(f, f.rss/v.degrees())
		step := v.newton(f, g)
		next, moved := v.descend(f, g, step)
		if !moved || longest(step) < 1e-10*(1+longest(entries(f.factor))) {
			return next, nil
		}
		f = next
	}
	return f, stat.Refuse(stat.NotConverged, "the spread of the subjects could not be found: the search did not settle")
}

func entries(l pair) []float64 { return []float64{l.a, l.b, l.c} }

func (v *variance) from(x []float64) pair {
	if v.q == 1 {
		return pair{a: x[0]}
	}
	return pair{x[0], x[1], x[2]}
}

func (v *variance) free(l pair) []float64 { return entries(l)[:1+2*(v.q-1)] }

// newton returns −H⁻¹g, H from differences of the gradient, its eigenvalues
// made positive so that the step goes down.
func (v *variance) newton(f fit, g []float64) []float64 {
	h := v.curvature(f, func(f fit) []float64 { return v.gradient(f, f.rss/v.degrees()) })
	var eigen mat.EigenSym
	if !eigen.Factorize(h, true) {
		return scaled(g, -1e-3)
	}
	values := eigen.Values(nil)
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	top := 0.0
	for _, e := range values {
		top = math.Max(top, math.Abs(e))
	}
	step := make([]float64, len(g))
	for i, e := range values {
		along := 0.0
		for j := range g {
			along += vectors.At(j, i) * g[j]
		}
		along /= math.Max(math.Abs(e), 1e-9*top+1e-300)
		for j := range g {
			step[j] -= along * vectors.At(j, i)
		}
	}
	return step
}

// curvature differentiates a gradient by the entries of Λ.
func (v *variance) curvature(f fit, gradient func(fit) []float64) *mat.SymDense {
	at := v.free(f.factor)
	k := len(at)
	rows := make([][]float64, k)
	for i := range at {
		rows[i] = v.across(f, i, gradient)
	}
	h := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			h.SetSym(i, j, (rows[i][j]+rows[j][i])/2)
		}
	}
	return h
}

// across is the central difference of a function along one entry of Λ.
func (v *variance) across(f fit, i int, of func(fit) []float64) []float64 {
	x := append([]float64(nil), v.free(f.factor)...)
	h := 1e-5 * math.Max(0.1, math.Abs(x[i]))
	middle := x[i]
	x[i] = middle + h
	up := of(v.at(v.from(x)))
	x[i] = middle - h
	down := of(v.at(v.from(x)))
	out := make([]float64, len(up))
	for j := range out {
		out[j] = (up[j] - down[j]) / (2 * h)
	}
	return out
}

// descend takes the step, or as much of it as lowers the deviance. When the
// deviance can no longer tell, it takes the step if that flattens the slope.
func (v *variance) descend(f fit, g, step []float64) (fit, bool) {
	from := v.free(f.factor)
	for part := 1.0; part > 1e-12; part /= 2 {
		x := make([]float64, len(from))
		for i := range x {
			x[i] = from[i] + part*step[i]
		}
		next := v.at(v.from(x))
		if !next.ok {
			continue
		}
		noise := 1e-12 * math.Abs(f.deviance)
		if next.deviance < f.deviance-noise {
			return next, true
		}
		flatter := longest(v.gradient(next, next.rss/v.degrees())) < longest(g)
		if next.deviance <= f.deviance+noise && flatter {
			return next, true
		}
	}
	return f, false
}

func longest(x []float64) float64 {
	most := 0.0
	for _, v := range x {
		most = math.Max(most, math.Abs(v))
	}
	return most
}

func scaled(x []float64, by float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = by * v
	}
	return out
}
