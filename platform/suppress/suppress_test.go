package suppress

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestRow(t *testing.T) {
	for _, c := range []struct {
		counts []int64
		want   []bool
	}{
		{[]int64{100, 95, 40, 33}, []bool{true, false, true, false}},
		{[]int64{100, 100, 0, 10, 11}, []bool{true, true, true, false, true}},
		{[]int64{7, 20}, []bool{false, true}},
	} {
		if got := Row(c.counts...); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.counts, got, c.want)
		}
	}
}

func TestColumn(t *testing.T) {
	for _, c := range []struct {
		parts []int64
		want  []bool
	}{
		{[]int64{40, 30, 5}, []bool{true, false, false}}, // 5 alone would follow from the total
		{[]int64{40, 3, 9}, []bool{true, false, false}},
		{[]int64{40, 3, 2}, []bool{false, false, false}}, // 3 and 2 add up to 5
		{[]int64{40, 0, 30}, []bool{true, true, true}},
		{[]int64{5}, []bool{false}},
	} {
		if got := Column(c.parts...); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.parts, got, c.want)
		}
	}
}

// TestNothingSmallIsDerived takes every difference of what a row shows, and of a
// total and what a column shows.
func TestNothingSmallIsDerived(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.Int64Range(0, 60), 1, 8).Draw(t, "counts")
		row := Row(counts...)
		for i := range counts {
			for j := range counts {
				if row[i] && row[j] && Small(counts[i]-counts[j]) {
					t.Fatalf("%v shows %v: %d", counts, row, counts[i]-counts[j])
				}
			}
		}
		var hidden, people int64
		for i, shown := range Column(counts...) {
			if shown && Small(counts[i]) {
				t.Fatalf("%v shows %d", counts, counts[i])
			}
			if !shown {
				hidden, people = hidden+1, people+counts[i]
			}
		}
		rest := slices.ContainsFunc(Column(counts...), func(b bool) bool { return b }) // something is shown to take from the total
		if rest && hidden == 1 && people > 0 && others(counts, people) {
			t.Fatalf("%v hides one part alone", counts)
		}
	})
}

// others reports whether a part with people in it was left to hide.
func others(counts []int64, hidden int64) bool {
	n := 0
	for _, c := range counts {
		if c > 0 {
			n++
		}
	}
	return n > 1 && hidden > 0
}
