package field

import (
	"net/url"
	"testing"
)

// TestWhatNobodySeesIsNoAnswer: a place that is made of characters without a width would
// send a peer to nowhere, and the page would say that all is answered.
func TestWhatNobodySeesIsNoAnswer(t *testing.T) {
	words := Field[note]{Column: "words", Kind: Text, Asked: true, Required: true, At: func(n *note) any { return &n.Words }}
	rec := &Record[note]{Fields: []Field[note]{words}}
	for typed, want := range map[string]string{
		"\u200b\u2060 \ufeff": "", "\u00a0\u3000": "", "\u200bBay 7\ufeff": "Bay 7", "م\u200cن": "م\u200cن",
	} {
		var n note
		p := rec.Parse(url.Values{"words": {typed}}, &n)
		if n.Words != want || (len(p) == 1) != (want == "") {
			t.Errorf("%q is taken for %q, %v", typed, n.Words, p)
		}
	}
}
