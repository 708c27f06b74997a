package i18n

import "strings"

// Straight drops from what somebody wrote the characters that turn the text which follows
// them, or end what keeps it apart: in a name they would show the bed beside it from
// back to front. Each letter goes its own way without them, and the marks that a
// writer does need stay.
func Straight(s string) string {
	if !strings.ContainsFunc(s, turns) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if turns(r) {
			return -1
		}
		return r
	}, s)
}

// turns reports an embedding, an override or an isolate, or the end of one.
func turns(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }
