// Package fold writes what people type the way it is compared, whatever capitals,
// accents, marks or spaces they used.
//
// It is not a library because x/text folds what Unicode says is alike, and people write
// more than that in one another's place; what is left is a table of letters.
package fold

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Words writes a text the way it is looked for: small letters without accents,
// words apart by one space, digits as 0 to 9. In Arabic the forms of alef are
// one letter, taa marbuta is haa, alef maqsura is yaa; vowel signs and the
// stroke that stretches a word are left out.
func Words(s string) string {
	if !ascii(s) {
		s = strings.ToLower(norm.NFKD.String(s))
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch r = letter(r); {
		case r == gone:
		case r == apart:
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			write(&b, r)
		}
	}
	return b.String()
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

const (
	gone  = rune(-1) // left out
	apart = rune(-2) // between words
)

// letter is what a letter is folded to.
func letter(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return r
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == '\'', r == '’', r == 'ʼ', r == '`', r == kashida:
		return gone
	case r < 0x80:
		return apart
	case unicode.IsMark(r), unicode.Is(unicode.Cf, r):
		return gone
	case !unicode.IsLetter(r) && !unicode.IsDigit(r):
		return apart
	}
	return other(r)
}

const kashida = 'ـ'

// other folds what Unicode keeps apart and people write in one another's place.
func other(r rune) rune {
	switch r {
	case 'ٱ':
		return 'ا'
	case 'ة':
		return 'ه'
	case 'ى', 'ی':
		return 'ي'
	case 'ک':
		return 'ك'
	case 'ء':
		return gone
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'đ', 'ð':
		return 'd'
	case 'ı':
		return 'i'
	case 'ς':
		return 'σ'
	}
	if d, ok := Digit(r); ok {
		return d
	}
	return r
}

// Digit reads the digits of any script as 0 to 9: each is a run of ten from its zero.
func Digit(r rune) (rune, bool) {
	if !unicode.IsDigit(r) {
		return 0, false
	}
	for _, t := range unicode.Digit.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10, true
		}
	}
	return 0, false
}

func write(b *strings.Builder, r rune) {
	switch r {
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	case 'ß':
		b.WriteString("ss")
	case 'þ':
		b.WriteString("th")
	default:
		b.WriteRune(r)
	}
}

// Letters is Words without what stands between them: for what may be typed with any
// spaces, commas and hyphens, or with none.
func Letters(s string) string { return strings.ReplaceAll(Words(s), " ", "") }
