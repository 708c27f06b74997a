package table

import (
	"bytes"
	"math"
	"strconv"
)

// tens are the powers of ten that a float64 holds exactly.
func tens() [23]float64 {
	return [23]float64{
		1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
		1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
	}
}

// parseNumber reads a plain decimal number. Short ones (15 digits, no
// exponent) are exact as a whole number over a power of ten; the rest go to
// strconv. Words for infinity and hexadecimal digits are no numbers here.
func parseNumber(b []byte) (float64, bool) {
	digits, point, value := 0, -1, uint64(0)
	i, minus := 0, false
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		minus, i = b[0] == '-', 1
	}
	for ; i < len(b); i++ {
		c := b[i]
		switch {
		case c >= '0' && c <= '9':
			value = value*10 + uint64(c-'0')
			digits++
		case c == '.' && point < 0:
			point = digits
		default:
			return slowNumber(b)
		}
	}
	if digits == 0 {
		return 0, false
	}
	if digits > 15 {
		return slowNumber(b)
	}
	v := float64(value)
	if point >= 0 {
		v /= tens()[digits-point]
	}
	if minus {
		v = -v
	}
	return v, true
}

// parse reads a number as this file writes it.
func (r *Reader) parse(b []byte) (float64, bool) {
	if !r.decimalComma {
		return parseNumber(b)
	}
	if bytes.IndexByte(b, '.') >= 0 {
		return 0, false
	}
	return parseNumber(bytes.Replace(b, []byte{','}, []byte{'.'}, 1))
}

func slowNumber(b []byte) (float64, bool) {
	for _, c := range b {
		if c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E' {
			continue
		}
		return 0, false
	}
	v, err := strconv.ParseFloat(string(b), 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// isMissing tells the words for a cell that holds nothing: the empty cell, NA
// as R writes it, NaN and null.
func isMissing(b []byte) bool {
	switch len(b) {
	case 0:
		return true
	case 2:
		return b[0] == 'N' && b[1] == 'A'
	case 3:
		return string(b) == "NaN"
	case 4:
		return string(b) == "null" || string(b) == "NULL"
	}
	return false
}

// ParseNumber reads a number as the cells of a table are read.
func ParseNumber(s string) (float64, bool) { return parseNumber([]byte(s)) }
