package model

import (
	"math"
	"testing"

	"alongside/platform/stat/design"

	"pgregory.net/rapid"
)

// The gradient of the deviance is the one thing that the search trusts.
func TestGradientIsThatOfTheDeviance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(12, 40).Draw(t, "n")
		value := rapid.Float64Range(-3, 3)
		d := MixedData{Y: rapid.SliceOfN(value, n, n).Draw(t, "y"), Slope: rapid.SliceOfN(value, n, n).Draw(t, "slope")}
		ones := make([]float64, n)
		for i := range n {
			d.Group = append(d.Group, uint32(i%4))
			ones[i] = 1
		}
		d.X = design.Matrix{Names: []string{design.Intercept, "slope"}, Columns: [][]float64{ones, d.Slope}}
		v, err := newVariance(d, rapid.Bool().Draw(t, "ml"))
		if err != nil {
			return
		}
		at := pair{rapid.Float64Range(.2, 2).Draw(t, "a"), rapid.Float64Range(-1, 1).Draw(t, "b"), rapid.Float64Range(.2, 2).Draw(t, "c")}
		f := v.at(at)
		if !f.ok {
			return
		}
		g := v.gradient(f, f.rss/v.degrees())
		for i := range g {
			slope := v.across(f, i, func(f fit) []float64 { return []float64{f.deviance} })[0]
			if math.Abs(slope-g[i]) > 1e-5*(1+math.Abs(g[i])) {
				t.Fatalf("entry %d: %v, by differences %v", i, g[i], slope)
			}
		}
	})
}

func TestMixedRefuses(t *testing.T) {
	x := design.Matrix{Names: []string{design.Intercept}, Columns: [][]float64{{1, 1, 1, 1}}}
	for name, d := range map[string]MixedData{
		"one subject":  {Y: []float64{1, 2, 3, 5}, X: x, Group: []uint32{0, 0, 0, 0}},
		"one row each": {Y: []float64{1, 2, 3, 5}, X: x, Group: []uint32{0, 1, 2, 3}},
		"no spread":    {Y: []float64{2, 2, 2, 2}, X: x, Group: []uint32{0, 0, 1, 1}},
		"uneven":       {Y: []float64{2, 2, 2}, X: x, Group: []uint32{0, 0, 1, 1}},
	} {
		if _, err := FitMixed(d, MixedOptions{}); err == nil {
			t.Errorf("%s: answered", name)
		}
	}
	m, err := FitMixed(MixedData{Y: []float64{1, 5, 1, 5.5}, X: x, Group: []uint32{0, 0, 1, 1}}, MixedOptions{})
	if err != nil || !m.Singular || m.SDIntercept > 1e-3 {
		t.Errorf("subjects that do not differ: %+v %v", m, err)
	}
}
