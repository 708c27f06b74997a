package guess_test

import (
	"testing"

	"alongside/platform/guess"
)

func TestWhatWasMeant(t *testing.T) {
	known := []string{"audit", "audit-c", "phq-9", "gad-7", "barc-10", "whoqol-bref"}
	for typed, want := range map[string]string{
		"phq9": "phq-9", "PHQ-9": "phq-9", "phq": "phq-9", "phq-8": "phq-9", "Audit C": "audit-c", "audi": "audit",
		"barc": "barc-10", "whoqol": "whoqol-bref", "zzzz": "", "": "", "p": "", "hamilton": "",
	} {
		if got := guess.Word(typed, known); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	if got := guess.DidYouMean("phq9", known); got != "; did you mean phq-9?" {
		t.Errorf("%q", got)
	}
	if got := guess.Hint("phq9", known, "look"); got != "; did you mean phq-9? look" {
		t.Errorf("%q", got)
	}
	if got := guess.Hint("zzzz", known, "look"); got != "; look" {
		t.Errorf("%q", got)
	}
	if got := guess.DidYouMean("zzzz", known); got != "" {
		t.Errorf("%q", got)
	}
}
