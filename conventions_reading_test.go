package alongside_test

import (
	"maps"
	"slices"
	"strings"

	"alongside/platform/reading"
)

// maxSentence is the longest sentence, in words.
const maxSentence = 25

func checkReading(t *tree) []finding {
	var out []finding
	for _, w := range wordFiles(t) {
		if w.lang != "en" {
			continue
		}
		var all []string
		for _, key := range slices.Sorted(maps.Keys(w.texts)) {
			text := plainText(w.texts[key][0])
			out = append(out, longSentences(w.source.path+" "+key, text)...)
			all = append(all, text)
		}
		out = append(out, hardGrade(w.source.path, strings.Join(all, ". "))...)
	}
	return out
}

// hardToRead finds what is too hard in one English text.
func hardToRead(where, text string) []finding {
	return append(longSentences(where, text), hardGrade(where, text)...)
}

func longSentences(where, text string) []finding {
	var out []finding
	for _, s := range reading.Sentences(text) {
		if n := len(strings.Fields(s)); n > maxSentence {
			out = append(out, found(where, 1, "has a sentence of %d words", n))
		}
	}
	return out
}

func hardGrade(where, text string) []finding {
	if g := reading.Grade(text); g > reading.Easy {
		return []finding{found(where, 1, "reads at grade %.1f", g)}
	}
	return nil
}
