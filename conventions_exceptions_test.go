package alongside_test

// exception lets one place break one rule, for a reason that a reader can
// judge. at is what the rule's message begins with, without the line.
type exception struct{ rule, at, why string }

func exceptions() []exception {
	return []exception{
		{"one clock", "surface/web/ops.go", "measures how long an answer took; nothing on a record comes from it"},
		{"one clock", "platform/page/stream.go", "a deadline of the network stack, which knows only the machine's clock"},
		{"no skipped tests", "platform/stat/table/table_test.go", "rapid's way to draw another input; the test itself runs"},
		{"words in every language", "surface/web/words/shell/ar.json name", "the program has one name in every language"},
	}
}
