package ui

import "regexp"

// said is a piece of someone's words: as it is, or a number that can be called.
type said struct {
	words  string
	number bool
}

// numbered finds telephone numbers in words: seven digits or more, with what
// people write between them. A shorter one may be a room or a bus.
var numbered = regexp.MustCompile(`\+?\(?[0-9](?:[ ()./-]{0,2}[0-9]){6,14}`)

// pieces takes words apart at the numbers in them.
func pieces(words string) []said {
	var out []said
	from := 0
	for _, at := range numbered.FindAllStringIndex(words, -1) {
		out = append(out, said{words[from:at[0]], false}, said{words[at[0]:at[1]], true})
		from = at[1]
	}
	return append(out, said{words[from:], false})
}
