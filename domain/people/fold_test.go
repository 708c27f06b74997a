package people

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestFoldTwiceIsOnce: what is folded is folded.
func TestFoldTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(rapid.String().Draw(t, "name"))
		if twice := Fold(once); twice != once || !utf8.ValidString(once) {
			t.Fatalf("%q, %q", once, twice)
		}
		for _, w := range Parts(once) {
			Sound(w)
		}
	})
}

func TestPartsLeaveOutWhatNobodyIsFoundBy(t *testing.T) {
	for in, want := range map[string]string{
		"María del Carmen de la Cruz": "maria carmen cruz",
		"Salma Al-Hassan":             "salma hassan",
		"سلمى الحسن":                  "سلمي حسن",
		"De La":                       "de la",
		"Ana Ana":                     "ana",
	} {
		got := ""
		for _, w := range Parts(in) {
			got += " " + w
		}
		if got != " "+want {
			t.Errorf("Parts(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWhatSoundsAlike(t *testing.T) {
	for _, alike := range [][]string{
		{"gonzalez", "gonsales", "gonzales"},
		{"vasquez", "basques", "vazquez"},
		{"hernandez", "ernandes"},
		{"jimenez", "gimenez", "ximenez"},
		{"mohammed", "muhamad", "mohamed", "محمد"},
		{"smith", "smyth"},
		{"stephen", "stefan"},
		{"ali", "علي"},
		{"hassan", "hasan", "حسن"},
		{"omar", "عمر"},
		{"cruz", "kruz", "crus"},
		{"philips", "filips"},
	} {
		for _, w := range alike {
			if Sound(w) != Sound(alike[0]) || Sound(w) == "" {
				t.Errorf("%s sounds %q, %s sounds %q", w, Sound(w), alike[0], Sound(alike[0]))
			}
		}
	}
	for _, other := range [][2]string{{"smith", "garcia"}, {"ana", "bo"}, {"quill", "quinn"}, {"محمد", "علي"}} {
		if Sound(other[0]) == Sound(other[1]) {
			t.Errorf("%s and %s sound alike", other[0], other[1])
		}
	}
}
