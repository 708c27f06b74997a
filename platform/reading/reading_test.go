package reading

import (
	"math"
	"testing"
)

func TestGrade(t *testing.T) {
	for text, want := range map[string]float64{
		"":                     0,
		"12 34.":               0,
		"The cat sat.":         0.39*3 + 11.8*3/3 - 15.59,
		"The cat sat. It did.": 0.39*5/2 + 11.8*5/5 - 15.59,
		"Come here: sit\nNow":  0.39*4/3 + 11.8*4/4 - 15.59,
		"Authorization":        0.39*1 + 11.8*5/1 - 15.59,
	} {
		if got := Grade(text); math.Abs(got-want) > 1e-9 {
			t.Errorf("%q reads at %v, want %v", text, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string]int{"One. Two! Three? Four": 4, "At 3.5 it is one": 1, "a:b is one; c is two": 2, "...\n\n": 0, "One…\nTwo": 2} {
		if got := Sentences(text); len(got) != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
