package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// Dial returns a link that calls number. Only digits, plus, star and hash pass.
func Dial(number string) templ.SafeURL { return templ.SafeURL("tel:" + dialled(number)) }

// TextTo returns a link that opens a text message to number.
func TextTo(number string) templ.SafeURL { return templ.SafeURL("sms:" + dialled(number)) }

func dialled(number string) string {
	return strings.Map(func(c rune) rune {
		if (c >= '0' && c <= '9') || c == '+' || c == '*' || c == '#' {
			return c
		}
		return -1
	}, number)
}
