package model_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"alongside/platform/stat/design"
	"alongside/platform/stat/model"
	"alongside/platform/stat/stattest"
)

func near(t *testing.T, what string, got float64, want string) {
	t.Helper()
	stattest.Near(t, what, got, want, stattest.Closed)
}

func build(t testing.TB, terms []string, columns ...design.Column) design.Matrix {
	t.Helper()
	m, err := design.Model{Terms: terms, Intercept: true}.Build(columns)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func linear(t *testing.T, y []float64, x design.Matrix) *model.Linear {
	t.Helper()
	m, err := model.FitLinear(y, x, model.LinearOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestNorris(t *testing.T) {
	d := stattest.Load(t, "norris.csv")
	m := linear(t, d.Numbers("y"), build(t, []string{"x"}, design.Numeric("x", d.Numbers("x"))))
	stattest.Near(t, "b0", m.Terms[0].Value, "-.262323073774029", 1e-13)
	stattest.Near(t, "b1", m.Terms[1].Value, "1.00211681802045", 1e-14)
	stattest.Near(t, "sigma", m.Sigma, ".884796396144373", 1e-14)
	stattest.Near(t, "R2", m.R2, ".999993745883712", 1e-14)
	stattest.Near(t, "F", m.F.Statistic, "5436385.54079785", 1e-13)
	exactly(t, m, d.Text("y"), d.Text("x"))
}

var longleyColumns = []string{"GNP.deflator", "GNP", "Unemployed", "Armed.Forces", "Population", "Year"}

func TestLongley(t *testing.T) {
	d := stattest.Load(t, "longley.csv")
	var columns []design.Column
	var cells [][]string
	for _, name := range longleyColumns {
		columns = append(columns, design.Numeric(name, d.Numbers(name)))
		cells = append(cells, d.Text(name))
	}
	m := linear(t, d.Numbers("Employed"), build(t, longleyColumns, columns...))
	// NIST counts the employed in thousands, R's copy in millions.
	stattest.Near(t, "b0", m.Terms[0].Value*1000, "-3482258.63459583", 1e-13)
	stattest.Near(t, "sigma", m.Sigma*1000, "304.854073562", 1e-14)
	stattest.Near(t, "R2", m.R2, ".995479004577", 1e-14)
	exactly(t, m, d.Text("Employed"), cells...)
}

// exactly holds a regression against the solution of its normal equations in
// fractions, which have no rounding; what is left is that of the data.
func exactly(t *testing.T, m *model.Linear, y []string, columns ...[]string) {
	t.Helper()
	n, p := len(y), len(columns)+1
	value := func(i, j int) *big.Rat {
		v := big.NewRat(1, 1)
		if j > 0 {
			v.SetString(columns[j-1][i])
		}
		return v
	}
	a := make([][]*big.Rat, p) // X'X | X'y | I
	for j := range a {
		a[j] = make([]*big.Rat, 2*p+1)
		for k := range a[j] {
			a[j][k] = new(big.Rat)
		}
		a[j][p+1+j].SetInt64(1)
		for i := range n {
			for k := range p {
				a[j][k].Add(a[j][k], new(big.Rat).Mul(value(i, j), value(i, k)))
			}
			out, _ := new(big.Rat).SetString(y[i])
			a[j][p].Add(a[j][p], out.Mul(out, value(i, j)))
		}
	}
	reduce(a)
	rss := new(big.Rat)
	for i := range n {
		rest, _ := new(big.Rat).SetString(y[i])
		for j := range p {
			rest.Sub(rest, new(big.Rat).Mul(a[j][p], value(i, j)))
		}
		rss.Add(rss, rest.Mul(rest, rest))
	}
	for j := range p {
		beta, _ := a[j][p].Float64()
		variance, _ := new(big.Rat).Mul(rss, a[j][p+1+j]).Float64()
		stattest.Same(t, fmt.Sprint("coefficient ", j), m.Terms[j].Value, beta, 1e-12, 0)
		stattest.Same(t, fmt.Sprint("its error ", j), m.Terms[j].SE, math.Sqrt(variance/float64(n-p)), 1e-11, 0)
	}
}

// reduce turns the left square of a into the identity.
func reduce(a [][]*big.Rat) {
	for j := range a {
		pivot := new(big.Rat).Inv(a[j][j])
		for k := range a[j] {
			a[j][k].Mul(a[j][k], pivot)
		}
		for i := range a {
			if i == j {
				continue
			}
			by := new(big.Rat).Set(a[i][j])
			for k := range a[i] {
				a[i][k].Sub(a[i][k], new(big.Rat).Mul(by, a[j][k]))
			}
		}
	}
}

func TestLinearRefuses(t *testing.T) {
	x := build(t, []string{"x"}, design.Numeric("x", []float64{1, 2, 3}))
	for name, c := range map[string]struct {
		y []float64
		x design.Matrix
	}{
		"exact":        {[]float64{2, 4, 6}, x},
		"too few":      {[]float64{2, 5}, build(t, []string{"x"}, design.Numeric("x", []float64{1, 2}))},
		"redundant":    {[]float64{2, 4, 5, 1}, build(t, []string{"x"}, design.Numeric("x", []float64{3, 3, 3, 3}))},
		"uneven":       {[]float64{2, 4}, x},
		"not a number": {[]float64{2, 4, math.NaN()}, x},
	} {
		if _, err := model.FitLinear(c.y, c.x, model.LinearOptions{}); err == nil {
			t.Errorf("%s: answered", name)
		} else {
			t.Log(name, "→", err)
		}
	}
}

// Where the columns lie must not matter to the errors of a slope.
func TestClustersDoNotSeeTheOrigin(t *testing.T) {
	var y, near, far []float64
	var cluster []uint32
	for i := range 40 {
		v := float64(i*i%17) / 4
		y, near, far = append(y, 2*v+float64(i*7%11)), append(near, v), append(far, v+1e6)
		cluster = append(cluster, uint32(i%6))
	}
	var se [2]float64
	for i, x := range [][]float64{near, far} {
		m, err := model.FitLinear(y, build(t, []string{"x"}, design.Numeric("x", x)), model.LinearOptions{Cluster: cluster})
		if err != nil {
			t.Fatal(err)
		}
		se[i] = m.Terms[1].SE
	}
	stattest.Same(t, "error of the slope", se[1], se[0], 1e-8, 0)
	one := make([]uint32, len(y))
	if _, err := model.FitLinear(y, build(t, []string{"x"}, design.Numeric("x", near)), model.LinearOptions{Cluster: one}); err == nil {
		t.Error("a single cluster was answered")
	}
}

// sandwich 3.0-2: vcovCL(lm(distance ~ age), ~Subject, type = "HC1").
func TestErrorsByCluster(t *testing.T) {
	d := stattest.Load(t, "orthodont.csv")
	m, err := model.FitLinear(d.Numbers("distance"), build(t, []string{"age"}, design.Numeric("age", d.Numbers("age"))),
		model.LinearOptions{Cluster: design.Factor("Subject", d.Text("Subject")).Codes})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "intercept", m.Terms[0].SE, "0.77889442269668")
	near(t, "age", m.Terms[1].SE, "0.07158858213243")
	near(t, "df", m.Terms[1].DF, "26")
}
