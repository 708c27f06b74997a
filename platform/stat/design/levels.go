package design

import (
	"math"
	"sort"
	"strconv"
)

// SortLevels puts the levels of a factor in order: by value when every one is
// a number, else by bytes. The first is the reference unless another is named.
func SortLevels(levels []string) {
	numbers := make(map[string]float64, len(levels))
	for _, l := range levels {
		v, err := strconv.ParseFloat(l, 64)
		if err != nil || math.IsNaN(v) { // "nan" has no place among numbers
			sort.Strings(levels)
			return
		}
		numbers[l] = v
	}
	sort.Slice(levels, func(i, j int) bool {
		a, b := numbers[levels[i]], numbers[levels[j]]
		if a == b {
			return levels[i] < levels[j]
		}
		return a < b
	})
}
