package stat_test

import (
	"math"
	"testing"

	"alongside/platform/stat"
	"alongside/platform/stat/stattest"

	"pgregory.net/rapid"
)

func TestAlphaOfAttitude(t *testing.T) {
	d := stattest.Load(t, "attitude.csv")
	var items [][]float64
	for _, name := range []string{"rating", "complaints", "privileges", "learning", "raises", "critical", "advance"} {
		items = append(items, d.Numbers(name))
	}
	a, err := stat.Alpha(items, stat.Level)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha", a.Value, ".843142769565")
	if !(a.Lower < a.Value && a.Value < a.Upper) {
		t.Errorf("interval %+v", a)
	}
}

// Intervals that DOMAIN.md does not list, from R 4.2.2: psych 2.2.9 (alpha.ci,
// ICC), vcd 1.4-11 (Kappa), pt with uniroot for the effect sizes.
func TestIntervalsOfAgreement(t *testing.T) {
	d := stattest.Load(t, "attitude.csv")
	var items [][]float64
	for _, name := range []string{"rating", "complaints", "privileges", "learning", "raises", "critical", "advance"} {
		items = append(items, d.Numbers(name))
	}
	a, _ := stat.Alpha(items, stat.Level)
	near(t, "alpha lower", a.Lower, "0.739375685643")
	near(t, "alpha upper", a.Upper, "0.91577307216")
	r, _ := stat.ICC([][]float64{{9, 6, 8, 7, 10, 6}, {2, 1, 4, 1, 5, 2}, {5, 3, 6, 2, 6, 4}, {8, 2, 8, 6, 9, 7}}, stat.Level)
	near(t, "ICC1 lower", r.One.Lower, "-0.1329323248748")
	near(t, "ICC1 upper", r.One.Upper, "0.722560062328")
	near(t, "ICC2 lower", r.Two.Lower, "0.0187865133747")
	near(t, "ICC2 upper", r.Two.Upper, "0.761084369649")
	near(t, "ICC3 lower", r.Three.Lower, "0.3424647650339")
	near(t, "ICC3 upper", r.Three.Upper, "0.945858259955")
	for ase, table := range map[string][][]int{
		"0.1269960629311": {{20, 5}, {10, 15}}, "0.05100181557608": {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}},
	} {
		k, _ := stat.Kappa(table, stat.Level)
		near(t, "ASE of kappa", (k.Upper-k.Value)/stat.ZAt(stat.Level), ase)
	}
	s := stattest.Load(t, "sleep.csv")
	one, two := s.Where("extra", "group", "1"), s.Where("extra", "group", "2")
	paired, _ := stat.EffectPaired(two, one, stat.Level)
	near(t, "d_z lower", paired.DZ.Lower, "0.414627756")
	near(t, "d_z upper", paired.DZ.Upper, "2.118016514")
	groups, _ := stat.EffectGroups(two, one, stat.Level)
	near(t, "d lower", groups.D.Lower, "-0.0954504")
	near(t, "d upper", groups.D.Upper, "1.7388169")
}

func TestKappa(t *testing.T) {
	k, err := stat.Kappa([][]int{{20, 5}, {10, 15}}, stat.Level)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "kappa", k.Value, ".4")
	if _, err := stat.Kappa([][]int{{20, 0}, {0, 0}}, stat.Level); err == nil {
		t.Error("κ of one class was answered")
	}
}

func TestShroutFleiss(t *testing.T) {
	raters := [][]float64{{9, 6, 8, 7, 10, 6}, {2, 1, 4, 1, 5, 2}, {5, 3, 6, 2, 6, 4}, {8, 2, 8, 6, 9, 7}}
	r, err := stat.ICC(raters, stat.Level)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ICC1", r.One.Value, ".165741768")
	near(t, "ICC2", r.Two.Value, ".28976378")
	near(t, "ICC3", r.Three.Value, ".714840715")
	near(t, "ICC1k", r.OneK, ".442797134")
	near(t, "ICC2k", r.TwoK, ".620050548")
	near(t, "ICC3k", r.ThrK, ".909315542")
}

// law is the correlation of the law school data over the rows picked.
func law(t *testing.T) (n int, s stat.Statistic) {
	d := stattest.Load(t, "law.csv")
	x, y := d.Numbers("LSAT"), d.Numbers("GPA")
	return len(x), func(rows []int) float64 {
		a, b := make([]float64, len(rows)), make([]float64, len(rows))
		for i, row := range rows {
			a[i], b[i] = x[row], y[row]
		}
		ma, mb, top, aa, bb := stat.Mean(a), stat.Mean(b), 0.0, 0.0, 0.0
		for i := range a {
			top += (a[i] - ma) * (b[i] - mb)
			aa += (a[i] - ma) * (a[i] - ma)
			bb += (b[i] - mb) * (b[i] - mb)
		}
		return top / math.Sqrt(aa*bb)
	}
}

func TestLawSchool(t *testing.T) {
	n, s := law(t)
	leave := stat.Leave(n, s)
	near(t, "jackknife SE", stat.JackknifeSE(leave), ".142518618602")
	near(t, "acceleration", stat.Acceleration(leave), "-.0756715649")
	b, err := stat.Bootstrap(n, s, stat.Drawing{Draws: 200_000, Seed: 1987})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "r", b.Value, ".776374491289")
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"SE", b.SE, .1333},
		{"percentile lower", b.Percentile.Lower, .460},
		{"percentile upper", b.Percentile.Upper, .962},
		{"BCa lower", b.BCa.Lower, .323},
		{"BCa upper", b.BCa.Upper, .941},
	} {
		stattest.Same(t, c.what, c.got, c.want, 0, .005)
	}
	again, _ := stat.Bootstrap(n, s, stat.Drawing{Draws: 200_000, Seed: 1987})
	if again != b {
		t.Error("the same seed gave another result")
	}
}

func TestIdealBootstrapOfSleep(t *testing.T) {
	d := stattest.Load(t, "sleep.csv")
	a, b := d.Where("extra", "group", "2"), d.Where("extra", "group", "1")
	for i := range a {
		a[i] -= b[i]
	}
	se, _ := stat.MeanBootSE(a)
	near(t, "ideal SE", se, ".368998644984")
}

func TestAdjustedPKeepsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 60).Draw(t, "p")
		q, err := stat.BenjaminiHochberg(p)
		if err != nil {
			t.Fatal(err)
		}
		for i := range p {
			if q[i] < p[i] || q[i] > 1 {
				t.Fatalf("p %v became %v", p[i], q[i])
			}
			for j := range p {
				if p[i] < p[j] && q[i] > q[j] {
					t.Fatal("order lost")
				}
			}
		}
	})
}
