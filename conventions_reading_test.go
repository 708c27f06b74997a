package alongside_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// maxSentence is the longest sentence, in words, and maxGrade the school year
// in which the words of a folder can be read (Flesch-Kincaid grade: Kincaid and
// others, Naval Technical Training Command, 1975).
const (
	maxSentence = 25
	maxGrade    = 6.0
)

func checkReading(t *tree) []finding {
	var out []finding
	for _, w := range wordFiles(t) {
		if w.lang != "en" {
			continue
		}
		var all []string
		for _, key := range slices.Sorted(maps.Keys(w.texts)) {
			text := plainText(w.texts[key][0])
			for _, s := range sentences(text) {
				if n := len(strings.Fields(s)); n > maxSentence {
					out = append(out, found(w.source.path+" "+key, 1, "%s has a sentence of %d words", key, n))
				}
			}
			all = append(all, text)
		}
		if g := grade(strings.Join(all, ". ")); g > maxGrade {
			out = append(out, found(w.source.path, 1, "reads at grade %.1f", g))
		}
	}
	return out
}

func sentences(text string) []string {
	var out []string
	for _, s := range regexp.MustCompile(`[.!?:;\n]+(\s|$)`).Split(text, -1) {
		if strings.ContainsFunc(s, unicode.IsLetter) {
			out = append(out, s)
		}
	}
	return out
}

// grade is the Flesch-Kincaid grade of a text; 0 for one without words.
func grade(text string) float64 {
	words, syllables := 0, 0
	ss := sentences(text)
	for _, s := range ss {
		for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '’' && r != '\'' }) {
			words++
			syllables += syllablesOf(w)
		}
	}
	if words == 0 {
		return 0
	}
	return 0.39*float64(words)/float64(len(ss)) + 11.8*float64(syllables)/float64(words) - 15.59
}

// syllablesOf counts groups of vowels, a silent last e left out.
func syllablesOf(word string) int {
	w := strings.ToLower(word)
	n := len(regexp.MustCompile(`[aeiouy]+`).FindAllString(w, -1))
	if strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") && n > 1 {
		n--
	}
	return max(n, 1)
}
