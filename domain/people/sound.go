package people

import (
	"strings"
	"sync"
)

// This file turns a word of a name into a key that names which sound alike
// share. The rules:
//
//   - What is written differently in English and Spanish for one sound is one
//     letter: b and v; s, z and soft c; j, soft g and an x at the beginning; k,
//     q and hard c; f and ph. An h says nothing.
//   - Vowels count only at the beginning, where all are the same, and an h or w
//     before one is none.
//   - Arabic letters take the place of the Latin ones that stand for them, so
//     that a name is found in either script.
//   - Two of the same in a row are one, and six are enough.
//
// It is ours because the one library with a phonetic key for more than English
// that is served (Double Metaphone in antzucaro/matchr) is under the GPL, and
// Soundex and its kin hear neither Spanish nor Arabic.

const soundMost = 6

// Sound is the phonetic key of a folded word; "" for one without letters that
// it knows.
func Sound(word string) string {
	var b strings.Builder
	last := rune(0)
	runes := []rune(pairs().Replace(word))
	for i, r := range runes {
		c := sound(r, at(runes, i+1), i == 0)
		if c == silent || c == last {
			continue
		}
		b.WriteRune(c)
		if last = c; b.Len() == soundMost {
			break
		}
	}
	return b.String()
}

// pairs are two or three letters for one sound.
var pairs = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer("ph", "f", "sch", "s", "sh", "s", "ch", "x", "ck", "k", "th", "t", "kh", "k", "gh", "g", "dh", "d", "qu", "k")
})

func at(runes []rune, i int) rune {
	if i < len(runes) {
		return runes[i]
	}
	return 0
}

const (
	silent = rune(-1)
	vowel  = 'a' // any vowel, at the beginning
)

// sound is what a letter sounds like before next.
func sound(r, next rune, first bool) rune {
	switch {
	case strings.ContainsRune("aeiouyhwاويعهح", r):
		if first {
			return vowel
		}
		return silent
	case r == 'c' && soft(next):
		return 's'
	case r == 'g' && soft(next), r == 'x' && first:
		return 'j'
	}
	for _, same := range alike() {
		if strings.ContainsRune(same[1:], r) {
			return rune(same[0])
		}
	}
	return silent
}

func soft(next rune) bool { return next == 'e' || next == 'i' || next == 'y' }

// alike are letters of one sound, the first of each the one they become.
func alike() []string {
	return []string{
		"bbvب", "ddدضظذ", "ffف", "ggغ", "jjج", "kckqقكخ", "llل", "mmم", "nnن", "pp", "rrر", "sszسشصثز", "ttتط", "xx",
	}
}
