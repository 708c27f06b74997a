package ui

import (
	"strings"
	"testing"
)

// A number in someone's words can be called, with the words whole around it.
func TestNumbersInWords(t *testing.T) {
	for words, want := range map[string]string{
		"My sister, 555-0100, or 988":      "555-0100",
		"Rosa +1 (555) 010-0177\nat night": "+1 (555) 010-0177",
		"555.010.0100 and 5550100200":      "555.010.0100 5550100200",
		"Room 12, bus 40, since 2019":      "",
		"":                                 "",
	} {
		var numbers []string
		whole := ""
		for _, p := range pieces(words) {
			if whole += p.words; p.number {
				numbers = append(numbers, p.words)
			}
		}
		if got := strings.Join(numbers, " "); got != want || whole != words {
			t.Errorf("%q: numbers %q, want %q; whole %q", words, got, want, whole)
		}
	}
}
