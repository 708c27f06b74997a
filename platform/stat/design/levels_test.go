package design_test

import (
	"slices"
	"testing"

	"alongside/platform/stat/design"
)

// The order does not hang on the order of the rows.
func TestLevelsAreInOneOrder(t *testing.T) {
	for _, want := range [][]string{{"9", "10", "100"}, {"10", "9", "a"}, {"10", "9", "nan"}, {"-inf", "2", "inf"}, {"1", "1.0"}} {
		for shift := range want {
			got := slices.Concat(want[shift:], want[:shift])
			if design.SortLevels(got); !slices.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
		}
	}
}
