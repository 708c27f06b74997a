package design

import (
	"slices"
	"strings"

	"alongside/platform/stat"
)

// cellsMost is how many numbers a model may hold: some two gigabytes.
const cellsMost = 1 << 28

// fits refuses a model with more columns than rows, or than memory holds,
// before any is made: a column of names by mistake has a level for each row.
func (m Model) fits(terms []string, byName map[string]Column, rows int) error {
	total := len(terms)
	for _, term := range terms {
		parts := partsOf(term, byName)
		wide := 1
		for _, name := range parts {
			c, ok := byName[name]
			if !ok {
				return stat.Refuse(stat.OutOfRange, "%q is not a column, nor a product of columns as a:b", term)
			}
			wide = min(wide*max(1, len(c.Levels)-1), cellsMost)
		}
		if err := m.told(term, parts, byName); err != nil {
			return err
		}
		if total += wide - 1; wide > 1 && total > min(rows, cellsMost/max(rows, 1)) {
			return stat.Refuse(stat.TooFew, "%s has too many different values: %d rows are too few for %d coefficients", term, rows, total)
		}
	}
	return nil
}

// coefficientsMost is how many a model of few events may have: it is searched
// for, and each step costs their square for each row.
const coefficientsMost = 1000

// levelsFew is how many levels a factor may have however few the events: then it
// is seen soon which of them has none.
const levelsFew = 20

// told refuses a factor with more levels than events: some level has none, and
// its coefficient no end.
func (m Model) told(term string, parts []string, byName map[string]Column) error {
	if m.Events == 0 {
		return nil
	}
	levels, wide := 1, 1
	for _, name := range parts {
		c := byName[name]
		wide = min(wide*max(1, len(c.Levels)-1), cellsMost)
		if levels > 0 && c.IsFactor() {
			levels = min(levels*len(c.Levels), cellsMost)
		} else {
			levels = 0 // a product with numbers: a level without events has an end
		}
	}
	if levels > max(m.Events, levelsFew) {
		return stat.Refuse(stat.TooFew, "%s has too many different values: %d events are too few for %d of them", term, m.Events, levels)
	}
	if wide > coefficientsMost {
		return stat.Refuse(stat.TooFew, "%s has too many different values: more than %d coefficients are not fitted", term, coefficientsMost)
	}
	return nil
}

func partsOf(term string, byName map[string]Column) []string {
	if _, ok := byName[term]; ok {
		return []string{term}
	}
	return strings.Split(term, ":")
}

// marginal refuses a product of a factor without the rest of the product: R then
// gives the factor a column for every level, another model than the one that the
// same words would make here. A column times itself is refused too: R takes x:x
// as x, others as its square.
func marginal(terms []string, byName map[string]Column) error {
	var sets [][]string
	for _, term := range terms {
		set := slices.Clone(partsOf(term, byName))
		slices.Sort(set)
		if len(slices.Compact(slices.Clone(set))) < len(set) {
			return stat.Refuse(stat.Redundant, "%s names a column twice; for a square, make a column of it", term)
		}
		sets = append(sets, set)
	}
	for i, set := range sets {
		for k, name := range set {
			rest := slices.Delete(slices.Clone(set), k, k+1)
			has := len(rest) == 0 || slices.ContainsFunc(sets, func(other []string) bool { return slices.Equal(other, rest) })
			if byName[name].IsFactor() && !has {
				return stat.Refuse(stat.Redundant, "%s needs %s in the model too; write %s",
					terms[i], strings.Join(rest, ":"), strings.ReplaceAll(terms[i], ":", "*"))
			}
		}
	}
	return nil
}

// starsMost bounds a*b*c…: each star doubles the terms. Beyond, the term names no
// column and is refused as such.
const starsMost = 6

// expanded writes a*b out, single columns first and then products, and drops what
// is named twice.
func (m Model) expanded(byName map[string]Column) []string {
	var all []string
	for _, term := range m.Terms {
		if _, ok := byName[term]; ok || !strings.Contains(term, "*") || strings.Count(term, "*") > starsMost {
			all = append(all, term)
			continue
		}
		all = append(all, subsets(strings.Split(term, "*"))...)
	}
	var out []string
	seen := map[string]bool{}
	for _, term := range all {
		if !seen[term] {
			seen[term] = true
			out = append(out, term)
		}
	}
	return out
}

// subsets are all products of parts, those of fewer parts first.
func subsets(parts []string) []string {
	out := []string{}
	for size := 1; size <= len(parts); size++ {
		out = append(out, choose(parts, size)...)
	}
	return out
}

func choose(parts []string, size int) []string {
	if size == 0 {
		return []string{""}
	}
	var out []string
	for i, first := range parts {
		for _, rest := range choose(parts[i+1:], size-1) {
			out = append(out, strings.TrimSuffix(first+":"+rest, ":"))
		}
	}
	return out
}
