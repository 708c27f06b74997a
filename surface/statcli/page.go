package statcli

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"alongside/platform/stat/table"
)

// page is text for a person to read: sentences and columns that line up, and
// intervals of a level.
type page struct {
	strings.Builder
	level float64
}

// interval heads a column of intervals.
func (p *page) interval() string { return percent(p.level) + " interval" }

// visible puts a mark in the place of what a terminal would obey instead of
// show: names of groups and columns are somebody else's text.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// named is a name on one line: one that holds a line end would break the table.
func named(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// count is a number of things with its word: 1 row, 2 rows.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (p *page) say(format string, args ...any) {
	fmt.Fprintf(p, format+"\n", args...)
}

// columns writes rows under a head, the first column to the left, the others
// to the right.
func (p *page) columns(head []string, rows [][]string) {
	wide := make([]int, len(head))
	all := append([][]string{head}, rows...)
	for _, row := range all {
		for i, cell := range row {
			row[i] = named(cell)
			cell = row[i]
			wide[i] = max(wide[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", wide[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				line.WriteString(cell + pad)
				continue
			}
			line.WriteString("  " + pad + cell)
		}
		p.say("%s", strings.TrimRight(line.String(), " "))
	}
}

// p-values below a ten-thousandth are not told apart in words.
func pWords(v table.Num) string {
	if v < 0.0001 {
		return "below 0.0001"
	}
	return short(v)
}

// nothing is the size below which a number is told as 0: no scale of this field
// has such a unit, and what is written so is rounding.
const nothing = 1e-30

// A number from large on is told without decimals, from huge on with its power
// of ten.
const large, huge = 1e5, 1e15

// short is a number with five significant digits, those before the point in full.
func short(v table.Num) string {
	if s := v.String(); s == "–" {
		return s
	}
	if v == 0 || math.Abs(float64(v)) < nothing {
		return "0"
	}
	if size := math.Abs(float64(v)); size >= large-0.5 && size < huge {
		return fmt.Sprintf("%.0f", float64(v))
	}
	return fmt.Sprintf("%.5g", float64(v))
}

// between is an interval, a dash where there is none.
func between(lower, upper table.Num) string {
	if math.IsNaN(float64(lower)) && math.IsNaN(float64(upper)) {
		return "–"
	}
	return short(lower) + " to " + short(upper)
}

func percent(level float64) string { return fmt.Sprintf("%g %%", 100*level) }
