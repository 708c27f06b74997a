package seal

import (
	"fmt"
	"regexp"
	"strings"

	"alongside/platform/errs"
)

// KitLetters are the letters of a kit. No two of them look alike in handwriting: there is no
// O, 0, D or Q; no I, 1, L or J; no Z, 2; S, 5; B, 8; G, 6; U, V; F; N. Each
// stands for four bits.
const KitLetters = "ACEHKMPRTWXY3479"

// Lines returns the share as it is printed and typed: a number and seven groups
// of four letters, the last of them a check of its line.
func (s Share) Lines() []string {
	out := make([]string, kitLines)
	for n, l := range s.lines {
		sum := lineSum(s.lines[0], n, l)
		out[n] = fmt.Sprintf("%d  %s", n+1, grouped(append(l[:], byte(sum>>8), byte(sum))))
	}
	return out
}

func grouped(b []byte) string {
	var out strings.Builder
	for i, c := range b {
		if i > 0 && i%2 == 0 {
			out.WriteByte(' ')
		}
		out.WriteByte(KitLetters[c>>4])
		out.WriteByte(KitLetters[c&15])
	}
	return out.String()
}

// lineSum is CRC-16/XMODEM over the kit's first line, the line's number and the
// line: it finds every slip within four letters in a row, and a line that was
// copied from another sheet or to another place.
func lineSum(first [lineSize]byte, n int, l [lineSize]byte) uint16 {
	var crc uint16
	for _, c := range append(append(first[:], byte(n)), l[:]...) {
		crc ^= uint16(c) << 8
		for range 8 {
			high := crc & 0x8000
			crc <<= 1
			if high != 0 {
				crc ^= 0x1021
			}
		}
	}
	return crc
}

// A line of a share: its number, at least one space or sign, and some twenty
// letters or more. Other lines of the sheet are passed over.
var kitLine = regexp.MustCompile(`^\s*([1-9])[\s.:)]+([!-~](?:[ \t-]*[!-~]){19,})\s*$`)

// parseShare reads a share that was typed or scanned. name says which one it
// was in the words of an error.
func parseShare(name, text string) (Share, error) {
	var s Share
	var rows [kitLines]string
	for row := range strings.Lines(text) {
		m := kitLine.FindStringSubmatch(row)
		if m == nil {
			continue
		}
		n := int(m[1][0] - '1')
		if n >= kitLines || rows[n] != "" {
			return s, slip(name, n, "there are lines 1 to %d, each once", kitLines)
		}
		rows[n] = m[2]
	}
	for n, row := range rows { // the first line is part of every check
		if row == "" {
			return s, slip(name, n, "this line is missing")
		}
		if err := s.parseLine(name, n, row); err != nil {
			return s, err
		}
	}
	return s, s.label(name)
}

// SplitShares takes apart two shares that were typed or read one after the
// other: each begins with its line 1. second is empty when there is only one.
func SplitShares(text string) (first, second string) {
	at, begun := 0, 0
	for row := range strings.Lines(text) {
		m := kitLine.FindStringSubmatch(row)
		if m != nil && m[1] == "1" {
			if begun++; begun == 2 {
				return text[:at], text[at:]
			}
		}
		at += len(row)
	}
	return text, ""
}

func (s *Share) parseLine(name string, n int, text string) error {
	b, err := letters(text)
	if err != nil {
		return slip(name, n, "%w", err)
	}
	if len(b) != lineSize+2 {
		return slip(name, n, "has %d letters, not %d", 2*len(b), 2*lineSize+4)
	}
	copy(s.lines[n][:], b)
	sum := lineSum(s.lines[0], n, s.lines[n])
	if b[lineSize] != byte(sum>>8) || b[lineSize+1] != byte(sum) {
		return slip(name, n, "a letter of this line is mistyped, or the line is from another sheet")
	}
	return nil
}

// letters turns groups into bytes. Small letters, spaces and dashes are taken.
func letters(text string) ([]byte, error) {
	var out []byte
	half, count := byte(0), 0
	for _, r := range strings.ToUpper(text) {
		if r == ' ' || r == '-' || r == '\t' {
			continue
		}
		v := strings.IndexRune(KitLetters, r)
		if v < 0 {
			return nil, fmt.Errorf("has %q, which no kit uses; group %d", r, count/4+1)
		}
		if count++; count%2 == 0 {
			out = append(out, half<<4|byte(v))
		}
		half = byte(v)
	}
	if count%2 == 1 {
		return nil, fmt.Errorf("has %d letters, not %d", count, 2*lineSize+4)
	}
	return out, nil
}

// label reads the first line.
func (s *Share) label(name string) error {
	switch {
	case s.lines[0][0] != kitVersion:
		return slip(name, 0, "this kit is of a newer program")
	case s.lines[0][1] == 1:
		s.Letter = "A"
	case s.lines[0][1] == 2:
		s.Letter = "B"
	default:
		return slip(name, 0, "names no share")
	}
	return nil
}

func slip(name string, n int, format string, args ...any) error {
	return &errs.Error{
		Kind: errs.Invalid, Op: "recovery kit", Err: fmt.Errorf(format, args...),
		Place: fmt.Sprintf("%s share, line %d", name, n+1),
	}
}
