package people

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"alongside/platform/fold"
)

var (
	extension = regexp.MustCompile(`(?i)\s*(?:x|ext\.?|extension|#|int\.?|تحويلة)\s*[0-9]{1,6}$`)
	powers    = regexp.MustCompile(`(?i)^[0-9]+([.,][0-9]+)?e\+?[0-9]+$`)
	decimal   = regexp.MustCompile(`^[0-9]{7,15}\.0$`)
)

// phone is a telephone number: 7 to 15 digits (ITU-T E.164), with whatever
// people write between them.
func (c *cells) phone() string {
	s := c.value(colPhone)
	if s == "" {
		return ""
	}
	s = strings.TrimPrefix(latinDigits(s), "tel:")
	if decimal.MatchString(s) {
		s = strings.TrimSuffix(s, ".0")
	}
	number := extension.ReplaceAllString(s, "")
	switch n := len(digits(number)); {
	case powers.MatchString(s):
		c.refuse(colPhone, "was turned into a power of ten by the spreadsheet; make the column text there")
	case several(number):
		c.refuse(colPhone, "holds more than one number; keep one")
	case between(number):
		c.refuse(colPhone, "has something other than a telephone number in it")
	case n < 7 || n > 15:
		c.refuse(colPhone, "is no telephone number: one has 7 to 15 digits")
	default:
		return s
	}
	return ""
}

// between reports whether a letter stands inside, or a plus anywhere but first.
func between(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789 +-.()/\u00a0\u2010\u2011\u2012\u2013", r) }) >= 0 ||
		strings.LastIndexByte(s, '+') > 1
}

// several reports whether a cell holds two numbers.
func several(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == ',' || r == '/' || r == '|' || r == '\n' })
	n := 0
	for _, p := range parts {
		if len(digits(p)) >= 7 {
			n++
		}
	}
	return n > 1
}

func latinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if d, ok := fold.Digit(r); ok {
			return d
		}
		return r
	}, s)
}

// email is an address as mail servers take it, with a dot in its last part.
func (c *cells) email() string {
	s := strings.TrimPrefix(c.value(colEmail), "mailto:")
	if s == "" {
		return ""
	}
	if strings.ContainsAny(s, ";, ") {
		c.refuse(colEmail, "holds more than one address, or a space; keep one")
		return ""
	}
	a, err := mail.ParseAddress(s)
	_, domain, _ := strings.Cut(s, "@")
	if err != nil || a.Address != s || !strings.Contains(strings.Trim(domain, "."), ".") || strings.Contains(s, "..") {
		c.refuse(colEmail, "is no e-mail address")
		return ""
	}
	return s
}

// flag is a yes or a no in three languages; nothing is a no.
func (c *cells) flag(column string) bool {
	switch w := Fold(c.value(column)); {
	case w == "" && c.text(column) == "✓", w == "" && c.text(column) == "✔":
		return true
	case w == "", slices.Contains([]string{"no", "n", "false", "f", "0", "off", "not ok", "never", "falso", "nunca", "لا", "خطا"}, w):
		return false
	case slices.Contains([]string{"yes", "y", "true", "t", "1", "x", "on", "ok", "okay", "fine", "checked", "si", "s", "verdadero", "vale", "نعم", "صحيح", "موافق"}, w):
		return true
	}
	c.refuse(column, "is neither yes nor no")
	return false
}
