// Package wordlist has short lists of plain words from which the program makes what a
// person can copy from paper: easy to read aloud, easy to type, and about nothing.
//
// The lists are our own: 256 words of three to eight letters in each language, so that
// each word stands for eight bits. No two differ by less than two letters or sound the
// same, and none is near to what hurts, or to what drugs are called in the street. The
// Spanish and Arabic lists wait for a reader who grew up with them.
//
// It is not a library because the lists that libraries have are English, long, made for
// passwords, and full of words that nobody here should be handed.
package wordlist

import (
	"embed"
	"strings"
	"sync"

	"alongside/platform/i18n"
)

//go:embed words/*.txt
var files embed.FS

// Size is how many words each list has: one byte picks one.
const Size = 256

// lists are read once. A list that is not there is found by the first test that runs.
var lists = sync.OnceValue(func() map[i18n.Lang][]string {
	out := map[i18n.Lang][]string{}
	for _, lang := range i18n.Langs() {
		b, err := files.ReadFile("words/" + string(lang) + ".txt")
		if err != nil {
			panic(err)
		}
		out[lang] = strings.Fields(string(b))
	}
	return out
})

// Pick returns one word for each byte; in English for a language without a list.
func Pick(lang i18n.Lang, from []byte) []string {
	list, ok := lists()[lang]
	if !ok {
		list = lists()[i18n.English]
	}
	out := make([]string, len(from))
	for i, b := range from {
		out[i] = list[b]
	}
	return out
}
