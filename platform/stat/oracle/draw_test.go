package oracle

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// watched is a random set for the survival functions.
type watched struct {
	time    []float64
	cause   []int
	group   []string
	x1, x2  []float64
	x3      []string
	cluster []uint32
}

// measured is a random set for the rest.
type measured struct {
	a, b, z        []float64
	f              []string
	g              []uint32
	yes            []bool
	p              []float64
	x1, n1, x2, n2 int
}

// repeated is a random set for the mixed models.
type repeated struct {
	y, x, w []float64
	s       []uint32
}

// drawWatched makes a set of one of ten awkward kinds.
func drawWatched(r *rand.Rand, i int) watched {
	kind, n := i%10, 8+r.IntN(70)
	var d watched
	groups := 1 + r.IntN(4)
	if kind == 4 {
		groups = 3 + r.IntN(8)
	}
	for j := range n {
		x1, x2, x3 := r.NormFloat64(), float64(r.IntN(3)), string(rune('a'+r.IntN(3)))
		t := r.ExpFloat64() * 20 * math.Exp(-0.4*x1+0.3*x2)
		d.time = append(d.time, awkward(r, kind, t))
		cause := r.IntN(3)
		if kind == 2 && j > 0 || kind == 3 && r.IntN(8) > 0 {
			cause = 0
		}
		if kind == 2 && j == 0 || kind == 5 {
			cause = 1 + r.IntN(2)
		}
		d.cause = append(d.cause, cause)
		d.group = append(d.group, string(rune('a'+r.IntN(groups))))
		d.x1, d.x2, d.x3 = append(d.x1, x1), append(d.x2, x2), append(d.x3, x3)
		d.cluster = append(d.cluster, uint32(r.IntN(6)))
	}
	return d
}

func awkward(r *rand.Rand, kind int, t float64) float64 {
	switch kind {
	case 0: // ties
		return math.Ceil(t)
	case 1: // times of 0 among them
		return math.Floor(t / 4)
	case 6: // times that differ by rounding only
		return 0.1*math.Ceil(t) + float64(r.IntN(3)-1)*1e-16*t
	case 7: // large numbers of days
		return 10_000 + math.Floor(1000*t)
	case 8: // very small
		return t * 1e-6
	}
	return t
}

func drawMeasured(r *rand.Rand, i int) measured {
	kind, n := i%5, 4+r.IntN(60)
	var d measured
	for range n {
		a, b := 10+3*r.NormFloat64(), 11+2*r.NormFloat64()
		switch kind {
		case 0: // ties and zero differences
			a, b = math.Round(a), math.Round(b)
		case 1: // hardly any spread beside the level
			a, b = 1e6+a, 1e6+b
		}
		d.a, d.b, d.z = append(d.a, a), append(d.b, b), append(d.z, r.NormFloat64())
		d.f = append(d.f, string(rune('a'+r.IntN(3))))
		d.g = append(d.g, uint32(r.IntN(8)))
		d.yes = append(d.yes, r.IntN(2+kind) == 0)
		d.p = append(d.p, math.Pow(r.Float64(), 3))
	}
	d.n1, d.n2 = 1+r.IntN(200), 1+r.IntN(200)
	d.x1, d.x2 = r.IntN(d.n1+1), r.IntN(d.n2+1)
	return d
}

func drawRepeated(r *rand.Rand, i int) repeated {
	var d repeated
	subjects, slope := 6+r.IntN(20), float64(i%3)
	for s := range subjects {
		own, grows := 2*r.NormFloat64(), slope*r.NormFloat64()
		for k := range 3 + r.IntN(6) {
			x, w := float64(k)+0.3*r.NormFloat64(), r.NormFloat64()
			d.y = append(d.y, 5+own+(1+grows)*x+0.5*w+1.5*r.NormFloat64())
			d.x, d.w, d.s = append(d.x, x), append(d.w, w), append(d.s, uint32(s))
		}
	}
	return d
}

// file writes a table for R; rows is called for each set.
func file(t *testing.T, folder, name, header string, sets int, rows func(set int, line func(...any))) {
	t.Helper()
	f, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "set,"+header)
	for set := range sets {
		rows(set, func(cells ...any) {
			fmt.Fprint(w, set)
			for _, c := range cells {
				if v, ok := c.(float64); ok {
					c = fmt.Sprintf("%.17g", v)
				}
				fmt.Fprintf(w, ",%v", c)
			}
			fmt.Fprintln(w)
		})
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
