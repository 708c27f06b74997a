package dist_test

import (
	"fmt"
	"testing"

	"alongside/platform/stat/dist"
	"alongside/platform/stat/stattest"
)

// binom.test and fisher.test of R 4.2.2.
func TestExactTails(t *testing.T) {
	for _, c := range []struct {
		x, n int
		p    float64
		want string
	}{
		{0, 10, 0.5, "0.001953125"},
		{10, 10, 0.5, "0.001953125"},
		{3, 10, 0.1, "0.0701908264"},
		{0, 1, 0.5, "1"},
		{150, 236, 0.5, "3.715936139571e-05"},
		{5, 10, 0.5, "1"},
		{2, 1000, 0.3, "1.880793631181e-150"},
		{500100, 1000000, 0.5, "0.8422627570516"},
		{299000, 1000000, 0.3, "0.02909631903043"},
		{30, 1000, 1, "0"},
		{0, 20, 0, "1"},
		{7, 20, 0.999, "7.70175286616e-35"},
	} {
		stattest.Near(t, fmt.Sprint("binomial ", c.x, c.n, c.p), dist.BinomialTwoSided(c.x, c.n, c.p), c.want, stattest.Closed)
	}
	for _, c := range []struct {
		x, m, n, k int
		want       string
	}{
		{56, 104, 46, 70, "0.01252112974921"},
		{0, 5, 5, 5, "0.007936507936508"},
		{5, 5, 5, 5, "0.007936507936508"},
		{3, 3, 0, 3, "1"},
		{2, 4, 4, 4, "1"},
		{1000, 2000, 2000, 1900, "0.001717615178384"},
		{100300, 200000, 200000, 200000, "0.05819775963781"},
		{0, 1000, 1000, 900, "0"},
	} {
		stattest.Near(t, fmt.Sprint("hypergeometric ", c.x, c.m, c.n, c.k), dist.HypergeometricTwoSided(c.x, c.m, c.n, c.k), c.want, stattest.Closed)
	}
}
