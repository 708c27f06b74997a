package stat

import (
	"math"

	"alongside/platform/stat/dist"
)

// TwoByTwo is two groups by an outcome that happened or did not.
type TwoByTwo struct {
	Happened1, Not1 int // the first group
	Happened2, Not2 int // the second group
}

// Groups returns the table of x1 of n1 beside x2 of n2.
func Groups(x1, n1, x2, n2 int) (TwoByTwo, error) {
	t := TwoByTwo{x1, n1 - x1, x2, n2 - x2}
	if err := checkSize(n1, n2); err != nil {
		return t, err
	}
	if min(t.Happened1, t.Not1, t.Happened2, t.Not2) < 0 {
		return t, Refuse(OutOfRange, "each count must lie between 0 and its n")
	}
	if n1 == 0 || n2 == 0 {
		return t, Refuse(OneGroup, "a comparison needs people in both groups")
	}
	return t, nil
}

func (t TwoByTwo) cells() (a, b, c, d float64) {
	return float64(t.Happened1), float64(t.Not1), float64(t.Happened2), float64(t.Not2)
}

// ChiSquared tests that the chance is the same in both groups: Pearson's
// N(ad−bc)²/(product of the four margins), with Yates' correction if asked
// for. It wants about 5 expected in each cell; use Fisher below that.
// Source: Pearson 1900; Yates 1934. R: chisq.test(correct=).
func (t TwoByTwo) ChiSquared(yates bool) (Test, error) {
	a, b, c, d := t.cells()
	n := a + b + c + d
	margins := (a + b) * (c + d) * (a + c) * (b + d)
	if margins == 0 {
		return Test{}, Refuse(NoSpread, "the outcome is the same for everybody, so there is nothing to test")
	}
	off := math.Abs(a*d - b*c)
	if yates {
		off = math.Max(0, off-n/2)
	}
	x := n * off * off / margins
	return Test{Statistic: x, DF: 1, P: dist.ChiSquaredTail(x, 1)}, nil
}

// Fisher returns the exact two-sided p, given the margins: the chances of all
// tables no likelier than this one. Source: Fisher 1935.
// R: fisher.test(...)$p.value.
func (t TwoByTwo) Fisher() float64 {
	happened := t.Happened1 + t.Happened2
	return dist.HypergeometricTwoSided(t.Happened1, happened, t.Not1+t.Not2, t.Happened1+t.Not1)
}

// RiskRatio returns the ratio of the two chances with Katz's interval on the
// log scale, SE √(1/a − 1/n1 + 1/c − 1/n2). It refuses a zero count, where the
// logarithm has no value, and an event that everybody had, where its error would
// be 0. Source: Katz 1978. R: epitools::riskratio.
func (t TwoByTwo) RiskRatio(level float64) (Estimate, error) {
	a, b, c, d := t.cells()
	if a == 0 || c == 0 {
		return Estimate{}, Refuse(NoEvents, "a ratio of chances needs at least one event in each group")
	}
	if b == 0 && d == 0 {
		return Estimate{}, Refuse(NoSpread, "everybody had the event in both groups, so the ratio of chances has no error to judge it by")
	}
	ratio := a / (a + b) / (c / (c + d))
	return onLogScale(ratio, math.Sqrt(1/a-1/(a+b)+1/c-1/(c+d)), level)
}

// OddsRatio returns ad/bc with Woolf's interval on the log scale,
// SE √(1/a+1/b+1/c+1/d). It refuses a zero cell. Source: Woolf 1955.
// R: the Wald interval of glm; fisher.test gives another, conditional one.
func (t TwoByTwo) OddsRatio(level float64) (Estimate, error) {
	a, b, c, d := t.cells()
	if min(a, b, c, d) == 0 {
		return Estimate{}, Refuse(NoEvents, "an odds ratio needs somebody in each of the four cells")
	}
	return onLogScale(a*d/(b*c), math.Sqrt(1/a+1/b+1/c+1/d), level)
}

func onLogScale(ratio, se, level float64) (Estimate, error) {
	if err := CheckLevel(level); err != nil {
		return Estimate{}, err
	}
	by := math.Exp(ZAt(level) * se)
	return Estimate{ratio, Interval{ratio / by, ratio * by}}, nil
}
