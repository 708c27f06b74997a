package stattest_test

import (
	"testing"

	"alongside/platform/stat/stattest"
)

// heard is a test that only remembers whether it was failed.
type heard struct {
	testing.TB
	failed bool
}

func (h *heard) Helper()               {}
func (h *heard) Errorf(string, ...any) { h.failed = true }

func TestNear(t *testing.T) {
	for _, c := range []struct {
		got  float64
		want string
		bad  bool
	}{
		{.93333333333, ".93333333", false},
		{.93333334, ".93333333", true},
		{1.27124594e-05, "1.27124594e-05", false},
		{1.271246e-05, "1.27124594e-05", true},
		{10.634, "10.63", false},
		{10.636, "10.63", true},
		{0, "0", false},
		{.4, "0", true},
		{1e-12, "0", true},
		{.41, ".4", true},
		{7.4, "7", true},
		{1784.2, "1784", true},
		{.3999999999, ".4", false},
	} {
		h := &heard{TB: t}
		stattest.Near(h, "figure", c.got, c.want, 1e-9)
		if h.failed != c.bad {
			t.Errorf("%v beside %s: refused %v", c.got, c.want, h.failed)
		}
	}
}
