package alongside_test

// exception lets one place break one rule, for a reason that a reader can
// judge. at is what the rule's message begins with, without the line.
type exception struct{ rule, at, why string }

func exceptions() []exception {
	return []exception{
		{"words in every language", "surface/web/words/shell/ar.json name", "the program has one name in every language"},
	}
}
