package people

import (
	"slices"
	"strings"

	"alongside/platform/fold"
)

// Fold writes a name the way it is looked for.
func Fold(s string) string { return fold.Words(s) }

// particle are words that many names have, and by which nobody is found.
func particle(w string) bool {
	return slices.Contains([]string{
		"de", "del", "la", "las", "los", "da", "do", "dos", "das", "di", "van", "von", "der", "den", "al", "el", "bin", "ibn", "bint", "ال", "بن", "ابن", "بنت",
	}, w)
}

// Parts are the words of a name by which it is found, in their order and each
// once. A name made of particles only keeps them.
func Parts(name string) []string {
	var out []string
	words := strings.Fields(Fold(name))
	for _, w := range words {
		if w = withoutArticle(w); !particle(w) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return words
	}
	return out
}

// withoutArticle takes the Arabic article off a word that goes on after it.
func withoutArticle(w string) string {
	if rest, ok := strings.CutPrefix(w, "ال"); ok && len([]rune(rest)) >= 3 {
		return rest
	}
	return w
}

// digits are the digits of a telephone number, whatever stands between them.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		if d, ok := fold.Digit(r); ok {
			return d
		}
		return -1
	}, s)
}
