// Package reading measures how hard an English text is to read, as the school
// year in which it can be read (Flesch-Kincaid grade: Kincaid and others, Naval
// Technical Training Command, 1975). For Spanish and Arabic this project uses no
// measure: none was read that it could stand behind.
//
// It is not a library because the whole of it is one formula, and the pages and
// the project's own words must be measured by the same one.
package reading

import (
	"strings"
	"unicode"
)

// Easy is the highest grade that texts for people here may have.
const Easy = 6.0

// Grade is the school year of a text; 0 for one without words.
func Grade(text string) float64 {
	words, syllables := 0, 0
	all := Sentences(text)
	for _, s := range all {
		for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '’' && r != '\'' }) {
			words++
			syllables += syllablesOf(w)
		}
	}
	if words == 0 {
		return 0
	}
	return 0.39*float64(words)/float64(len(all)) + 11.8*float64(syllables)/float64(words) - 15.59
}

// Sentences cuts a text where one takes a breath: after a mark that ends a
// sentence or a part of one, and at the end of a line.
func Sentences(text string) []string {
	var out []string
	begin, ends := 0, false
	for i, r := range text {
		switch {
		case r == '\n' || ends && unicode.IsSpace(r):
			out = append(out, text[begin:i])
			begin, ends = i, false
		default:
			ends = strings.ContainsRune(".!?:;", r)
		}
	}
	return withLetters(append(out, text[begin:]))
}

func withLetters(parts []string) []string {
	var out []string
	for _, s := range parts {
		if strings.ContainsFunc(s, unicode.IsLetter) {
			out = append(out, s)
		}
	}
	return out
}

// syllablesOf counts groups of vowels, a silent last e left out.
func syllablesOf(word string) int {
	w := strings.ToLower(word)
	n, inside := 0, false
	for _, r := range w {
		vowel := strings.ContainsRune("aeiouy", r)
		if vowel && !inside {
			n++
		}
		inside = vowel
	}
	if strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") && n > 1 {
		n--
	}
	return max(n, 1)
}
