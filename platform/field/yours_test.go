package field

import (
	"slices"
	"strings"
	"testing"

	"alongside/platform/i18n"
)

type note struct {
	Person, Words, Ended string
	Safe                 bool
}

func noteOf(yours, moved i18n.Text) *Record[note] {
	ends := []Option{{Value: "moved", Label: same("They moved"), Yours: moved}}
	return Define("made_note", Keys[note]{ID: []string{"person"}, Title: same("A note"), Subject: func(n *note) string { return n.Person }},
		Field[note]{Column: "person", Kind: Ref, At: func(n *note) any { return &n.Person }},
		Field[note]{Column: "words", Kind: Text, Label: same("In their words"), Yours: yours, At: func(n *note) any { return &n.Words }},
		Field[note]{Column: "safe", Kind: Flag, Label: same("Theirs"), At: func(n *note) any { return &n.Safe }}.Your(same("Yours")),
		Field[note]{Column: "ended", Kind: Choice, Label: same("Why"), Options: ends, At: func(n *note) any { return &n.Ended }},
	)
}

func same(s string) i18n.Text { return i18n.Text{EN: s, ES: s, AR: s} }

// TestAPersonReadsOfThemselves: a label or an answer that speaks of “them” to whom it
// is about is named, and with words for that person it is those that they read.
func TestAPersonReadsOfThemselves(t *testing.T) {
	bad := strings.Join(noteOf(i18n.Text{}, i18n.Text{}).Check(), "\n")
	for _, want := range []string{"words is about a person", "ended answers a person “They moved”: give moved Yours"} {
		if !strings.Contains(bad, want) || strings.Contains(bad, "safe") {
			t.Errorf("no %q, or too much: %q", want, bad)
		}
	}
	half := i18n.Text{EN: "Your"}
	bad = strings.Join(noteOf(half, half).Check(), "\n")
	for _, want := range []string{"words lacks words in a language for the person", "ended lacks words for moved in a language"} {
		if !strings.Contains(bad, want) {
			t.Errorf("half of the words, and no %q: %q", want, bad)
		}
	}
	r := noteOf(same("In your words"), same("You moved"))
	if bad := r.Check(); len(bad) > 0 {
		t.Error(bad)
	}
	h := r.held(&note{Person: "p1", Words: "hm", Safe: true, Ended: "moved"}, Reader{Words: &i18n.Words{}, Role: "participant"})
	var read []string
	for _, f := range h.Fields {
		read = append(read, f.Label, f.Value)
	}
	if !slices.Equal(read, []string{"In your words", "hm", "Yours", "yes", "Why", "You moved"}) {
		t.Errorf("they read %q", read)
	}
}
