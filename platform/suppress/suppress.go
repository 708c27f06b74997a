// Package suppress keeps figures that leave the people they are about from
// telling anything of one to ten of them. A count of one to ten is not shown,
// and nor is one that a sum or a difference of shown counts would give away.
// Nought is shown: it is about nobody.
//
// It is not a library because the rule is ours to state and twenty lines long; no
// Go library of it was found.
//
// It looks at what one page shows. Whoever may ask for many overlapping pages
// can take differences between them; callers offer periods that do not overlap.
package suppress

// Least is the smallest count of people that may be shown. Eleven is what the
// United States' CMS asks of whoever publishes from its data; where a country
// asks for less, more is no harm.
const Least = 11

// Small reports whether a count is about one to ten people.
func Small(n int64) bool { return n > 0 && n < Least }

// Row says which of several counts about one group may be shown together: none
// that is small, and none that differs from a shown one by a small number. The
// earlier has the better claim; put the whole first.
func Row(counts ...int64) []bool {
	shown := make([]bool, len(counts))
	for i, n := range counts {
		shown[i] = !Small(n)
		for j := range i {
			if shown[j] && Small(abs(n-counts[j])) {
				shown[i] = false
			}
		}
	}
	return shown
}

// Column says which of the parts of a shown total may be shown: none that is
// small; and where what is hidden adds up to a small number, or is one part
// alone, the smallest part that was still shown is hidden too.
func Column(parts ...int64) []bool {
	shown := make([]bool, len(parts))
	for i, n := range parts {
		shown[i] = !Small(n)
	}
	for givesAway(parts, shown) {
		i := smallest(parts, shown)
		if i < 0 {
			break
		}
		shown[i] = false
	}
	return shown
}

func givesAway(parts []int64, shown []bool) bool {
	var hidden, sum int64
	for i, n := range parts {
		if !shown[i] {
			hidden, sum = hidden+1, sum+n
		}
	}
	return hidden == 1 || hidden > 0 && Small(sum)
}

// smallest is the shown part with the fewest people in it, but at least one; -1
// where there is none.
func smallest(parts []int64, shown []bool) int {
	at := -1
	for i, n := range parts {
		if shown[i] && n > 0 && (at < 0 || n < parts[at]) {
			at = i
		}
	}
	return at
}

func abs(n int64) int64 { return max(n, -n) }
