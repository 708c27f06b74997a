package i18n

import (
	"strings"
	"unicode"
)

// Unseen reports whether somebody wrote something of which nobody sees anything: joiners,
// fillers and soft hyphens, with blanks or without. As a signature it would be none. Blanks
// alone are for whoever reads them.
func Unseen(s string) bool {
	seen := func(r rune) bool { return !unicode.IsSpace(r) && !hidden(r) }
	return strings.ContainsFunc(s, hidden) && !strings.ContainsFunc(s, seen)
}

// hidden reports what draws nothing by itself. A braille cell without dots is a blank.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == '\u2800'
}
