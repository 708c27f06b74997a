package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// Dial returns a link that calls number. Only digits, plus, star and hash pass.
func Dial(number string) templ.SafeURL { return templ.SafeURL("tel:" + dialled(number)) }

// TextTo returns a link that opens a text message to number.
func TextTo(number string) templ.SafeURL { return templ.SafeURL("sms:" + dialled(number)) }

// Number keeps a telephone number in its own direction and on one line: half a
// number at the end of a line is read as a whole one.
func Number(number string) string {
	const joined = "\u2060" // no line may end here
	return Apart(strings.NewReplacer(" ", "\u00a0", "-", joined+"-"+joined).Replace(number))
}

func dialled(number string) string {
	return strings.Map(func(c rune) rune {
		if (c >= '0' && c <= '9') || c == '+' || c == '*' || c == '#' {
			return c
		}
		return -1
	}, number)
}
