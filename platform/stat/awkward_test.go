package stat_test

import (
	"math"
	"testing"

	"alongside/platform/stat"
	"alongside/platform/stat/stattest"
)

// R: wilcox.test(conf.int = TRUE), whose own search stops within 1e-4 unless
// tol.root says otherwise; the ends lie on means of two differences.
func TestSignedRankByTheNormalCurve(t *testing.T) {
	d := stattest.Load(t, "sleep.csv")
	r, err := stat.SignedRank(d.Where("extra", "group", "1"), d.Where("extra", "group", "2"), stat.Level)
	if err != nil {
		t.Fatal(err)
	}
	stattest.Same(t, "lower, as R prints it", r.MedianEnds.Lower, -2.9499208, 0, 1e-4)
	stattest.Same(t, "upper, as R prints it", r.MedianEnds.Upper, -1.0500180, 0, 1e-4)
	stattest.Same(t, "lower", r.MedianEnds.Lower, -2.95, 1e-12, 0)
	stattest.Same(t, "upper", r.MedianEnds.Upper, -1.05, 1e-12, 0)
	w := []float64{1.1, 2.3, -.4, 3.3, 0, 2.3, -1.1, 4.2, 1.7, .9, -.4, 2.8}
	r, _ = stat.SignedRank(w, make([]float64, len(w)), stat.Level)
	stattest.Same(t, "lower with ties and a zero", r.MedianEnds.Lower, .299999999999939, 1e-9, 0)
	stattest.Same(t, "upper with ties and a zero", r.MedianEnds.Upper, 2.799999999999959, 1e-9, 0)
	few := []float64{1, 1, 2, 3}
	if r, _ = stat.SignedRank(few, make([]float64, 4), stat.Level); !math.IsNaN(r.MedianEnds.Lower) {
		t.Errorf("four differences have an interval: %+v", r.MedianEnds)
	}
}

// R: wilcox.test(conf.int = TRUE), which lowers the level below five differences.
func TestSignedRankOfFew(t *testing.T) {
	for n := 1; n <= 4; n++ {
		if r, _ := stat.SignedRank([]float64{-1, -3, -6, -10}[:n], make([]float64, n), stat.Level); !math.IsNaN(r.MedianEnds.Lower) || !math.IsNaN(r.MedianEnds.Upper) {
			t.Errorf("%d differences have an interval: %+v", n, r.MedianEnds)
		}
	}
	r, _ := stat.SignedRank([]float64{1, 2, 3, 1, 0}, []float64{2, 5, 9, 6, 9}, stat.Level)
	near(t, "lower of five", r.MedianEnds.Lower, "-9")
	near(t, "upper of five", r.MedianEnds.Upper, "-1")
	r, _ = stat.SignedRank([]float64{1, 2, 3}, []float64{2, 5, 9}, .75)
	near(t, "lower of three at 75 %", r.MedianEnds.Lower, "-6")
}

func TestNoIntervalOfNoWidth(t *testing.T) {
	all, _ := stat.Groups(10, 10, 10, 10)
	if r, err := all.RiskRatio(stat.Level); err == nil {
		t.Errorf("everybody in both groups: %+v", r)
	}
	one, _ := stat.Groups(10, 10, 5, 10)
	if r, err := one.RiskRatio(stat.Level); err != nil || !(r.Upper > r.Lower) {
		t.Errorf("everybody in one: %+v %v", r, err)
	}
}

// A change of just the threshold is reliable, though binary falls short of it.
func TestReliableAtTheEdge(t *testing.T) {
	for _, c := range []struct{ sd, r, after float64 }{{1, .5, 1.96}, {10, .5, 19.6}, {5, .98, 1.96}} {
		if got, err := stat.ReliableChange(c.sd, c.r, 0, c.after); err != nil || !got.Reliable {
			t.Errorf("%+v: %+v %v", c, got, err)
		}
		if got, _ := stat.ReliableChange(c.sd, c.r, 0, c.after-1e-6); got.Reliable {
			t.Errorf("%+v less a little: %+v", c, got)
		}
	}
}

// R: binom.test(x, n, conf.level=)$conf.int.
func TestExactAtHighLevels(t *testing.T) {
	e, _ := stat.ClopperPearson(0, 100, .999999)
	near(t, "0 of 100", e.Upper, ".1350525950")
	e, _ = stat.ClopperPearson(3, 22906, .99999)
	near(t, "3 of 22906", e.Upper, ".000850127248")
	e, _ = stat.ClopperPearson(0, 1_000_000_000, stat.Level)
	stattest.Same(t, "0 of a thousand million", e.Upper, -math.Expm1(math.Log(.025)/1e9), 1e-9, 0)
	e, _ = stat.ClopperPearson(500_000_000, 1_000_000_000, .9)
	stattest.Same(t, "half of a thousand million", e.Lower, .4999739920806303, 1e-9, 0)
}

func TestScaleDoesNotMatter(t *testing.T) {
	w, _ := stat.WelchT([]float64{1e-100, 2e-100, 4e-100}, []float64{2e-100, 3e-100, 5e-100, 9e-100}, stat.Level)
	near(t, "df", w.DF, "4.54543278124796")
	w, _ = stat.WelchT([]float64{1e80, 2e80, 4e80}, []float64{2e80, 3e80, 5e80, 9e80}, stat.Level)
	near(t, "df", w.DF, "4.54543278124796")
}
