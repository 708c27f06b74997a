// Package guess finds the word that somebody meant who typed another: phq9 for
// phq-9, handofs for handoffs. It is for refusals only, which then say "did you
// mean"; nothing is ever taken for something else.
//
// The distance between two words is a library's. What is ours is how near is
// near enough, and that case, blanks and hyphens do not count.
package guess

import (
	"slices"
	"strings"

	"github.com/hbollon/go-edlib"
)

// Word returns the one of known that word is nearest to, or nothing: equal but
// for case, blanks and hyphens, or beginning alike, or at most a third of its
// letters away.
func Word(word string, known []string) string {
	want := plain(word)
	best, least := "", max(1, len(want)/3)+1
	for _, k := range known {
		have := plain(k)
		if have == want {
			return k
		}
		if d := edlib.LevenshteinDistance(want, have); d < least {
			best, least = k, d
		}
	}
	if best == "" && len(want) > 1 {
		if i := slices.IndexFunc(known, func(k string) bool { return strings.HasPrefix(plain(k), want) }); i >= 0 {
			return known[i]
		}
	}
	return best
}

// DidYouMean is the question for a refusal, or nothing where there is no guess.
func DidYouMean(word string, known []string) string {
	if best := Word(word, known); best != "" {
		return "; did you mean " + best + "?"
	}
	return ""
}

// Hint is DidYouMean followed by where to look, which stands alone where there is
// no guess.
func Hint(word string, known []string, look string) string {
	if question := DidYouMean(word, known); question != "" {
		return question + " " + look
	}
	return "; " + look
}

func plain(s string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s))
}
