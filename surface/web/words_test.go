package web

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"alongside/platform/i18n"
)

// shown are the words of the frame, the errors and the parts in a language.
func shown(t *testing.T, l i18n.Lang) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, s := range Sources(nil) {
		raw, err := fs.ReadFile(s.FS, string(l)+".json")
		if err != nil {
			t.Fatal(err)
		}
		var file map[string]string
		if err := json.Unmarshal(raw, &file); err != nil {
			t.Fatal(err)
		}
		for k, v := range file {
			out[s.Prefix+"."+k] = v
		}
	}
	return out
}

// TestWordsWeDoNotUse looks for the words that LOOK and the house rules forbid.
func TestWordsWeDoNotUse(t *testing.T) {
	never := regexp.MustCompile(`(?i)\b(addict\w*|alcoholic|abuser?|clean|dirty|relapse\w*|non-?compliant|failed|successful\w*|please note|invalid|users?|clients?|cases?|submit\w*|error)\b`)
	for key, words := range shown(t, i18n.English) {
		if key == "shell.home-hospital" {
			words = strings.ReplaceAll(words, "case manager", "") // the name of a profession
		}
		if found := never.FindString(words); found != "" {
			t.Errorf("%s says %q", key, found)
		}
	}
}

// TestReadingGrade holds every longer text to grade 6 of Flesch and Kincaid
// (1975): 0.39 words a sentence + 11.8 syllables a word − 15.59.
func TestReadingGrade(t *testing.T) {
	for key, words := range shown(t, i18n.English) {
		if len(strings.Fields(words)) < 6 {
			continue
		}
		if g := grade(words); g > 6 {
			t.Errorf("%s reads at grade %.1f: %s", key, g, words)
		}
	}
}

func TestGradeKnowsHardFromEasy(t *testing.T) {
	if g := grade("The cat sat on the mat. It was warm."); g > 1 {
		t.Errorf("easy words read at %.1f", g)
	}
	if g := grade("Notwithstanding organisational considerations, authorisation necessitates comprehensive documentation."); g < 15 {
		t.Errorf("hard words read at %.1f", g)
	}
}

func grade(text string) float64 {
	sentences := max(1, len(regexp.MustCompile(`[.!?:]+(\s|$|”)`).FindAllString(text, -1)))
	words := regexp.MustCompile(`[A-Za-z’']+`).FindAllString(text, -1)
	syllables := 0
	for _, w := range words {
		syllables += syllablesOf(strings.ToLower(w))
	}
	n := float64(len(words))
	return 0.39*n/float64(sentences) + 11.8*float64(syllables)/n - 15.59
}

func syllablesOf(word string) int {
	if strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") && len(word) > 2 {
		word = word[:len(word)-1]
	}
	word = regexp.MustCompile(`([^td])ed$`).ReplaceAllString(word, "$1d")
	return max(1, len(regexp.MustCompile(`[aeiouy]+`).FindAllString(word, -1)))
}

// TestEveryWordIsSaid looks for words that no page of ours uses.
func TestEveryWordIsSaid(t *testing.T) {
	var source strings.Builder
	for _, name := range []string{"shell.templ", "pages.templ", "storybook.templ", "shell.go", "own.go", "phone.go", "storybook.go"} {
		source.WriteString(read(t, name))
	}
	for key := range shown(t, i18n.English) {
		if strings.HasPrefix(key, "shell.") && !strings.Contains(source.String(), `"`+key+`"`) {
			t.Errorf("nobody says %s", key)
		}
	}
}
