package field

import (
	"slices"
	"strings"
	"testing"

	"alongside/platform/i18n"
)

type note struct {
	Person, Words string
	Safe          bool
}

func noteOf(yours i18n.Text) *Record[note] {
	return Define("made_note", Keys[note]{ID: []string{"person"}, Title: same("A note"), Subject: func(n *note) string { return n.Person }},
		Field[note]{Column: "person", Kind: Ref, At: func(n *note) any { return &n.Person }},
		Field[note]{Column: "words", Kind: Text, Label: same("In their words"), Yours: yours, At: func(n *note) any { return &n.Words }},
		Field[note]{Column: "safe", Kind: Flag, Label: same("Theirs"), At: func(n *note) any { return &n.Safe }}.Your(same("Yours")),
	)
}

func same(s string) i18n.Text { return i18n.Text{EN: s, ES: s, AR: s} }

// TestAPersonReadsOfThemselves: a label that speaks of “them” to whom it is about
// is named, and with words for that person it is those that they read.
func TestAPersonReadsOfThemselves(t *testing.T) {
	if bad := strings.Join(noteOf(i18n.Text{}).Check(), "\n"); !strings.Contains(bad, "words is about a person") || strings.Contains(bad, "safe") {
		t.Errorf("not named, or too much: %q", bad)
	}
	if bad := strings.Join(noteOf(i18n.Text{EN: "In your words"}).Check(), "\n"); !strings.Contains(bad, "words lacks words in a language for the person") {
		t.Errorf("half a label: %q", bad)
	}
	r := noteOf(same("In your words"))
	if bad := r.Check(); len(bad) > 0 {
		t.Error(bad)
	}
	h := r.held(&note{Person: "p1", Words: "hm", Safe: true}, Reader{Words: &i18n.Words{}, Role: "participant"})
	var labels []string
	for _, f := range h.Fields {
		labels = append(labels, f.Label)
	}
	if !slices.Equal(labels, []string{"In your words", "Yours"}) {
		t.Errorf("they read %v", labels)
	}
}
