package table

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"alongside/platform/stat"
)

// cell takes one cell that is not missing.
func (r *Reader) cell(i int, b []byte) error {
	want := r.wants[i]
	switch want.Kind {
	case Text:
		r.text[i] = b
		return r.written(i, b)
	case Auto:
		return r.auto(i, b)
	case Event, Flag:
		return r.code(i, b)
	}
	v, ok := r.parse(b)
	if !ok {
		return r.notNumber(i, b)
	}
	if err := r.size(i, v); err != nil {
		return err
	}
	if want.Kind == Time && v < 0 {
		return refuse(r.scan.line, want.Name, "a time below 0")
	}
	if want.Kind == Share && (v < 0 || v > 1) {
		return refuse(r.scan.line, want.Name, "a value outside 0 to 1")
	}
	r.number[i] = v
	return nil
}

// size refuses a number whose square is none: it would poison every sum quietly.
func (r *Reader) size(i int, v float64) error {
	if math.Abs(v) > stat.Largest {
		return refuse(r.scan.line, r.wants[i].Name, "a number too large to reckon with")
	}
	return nil
}

func (r *Reader) notNumber(i int, b []byte) error {
	if v, err := strconv.ParseFloat(string(b), 64); err != nil && math.IsInf(v, 0) {
		return refuse(r.scan.line, r.wants[i].Name, "a number too large to reckon with")
	}
	if said := r.signs(b); said != "" {
		return refuse(r.scan.line, r.wants[i].Name, "%s", said)
	}
	if isDate(b) {
		return refuse(r.scan.line, r.wants[i].Name, "a date where a number belongs; write the days from a start, or the year")
	}
	if looksMissing(b) {
		return refuse(r.scan.line, r.wants[i].Name, "text where a number belongs; a cell that is missing is left empty, or holds NA")
	}
	if r.wants[i].Hint != "" {
		return refuse(r.scan.line, r.wants[i].Name, "text where a number belongs; %s", r.wants[i].Hint)
	}
	return refuse(r.scan.line, r.wants[i].Name, "text where a number belongs")
}

// signs says what is wrong with the commas and points of what is no number here
// and would be one without them.
func (r *Reader) signs(b []byte) string {
	comma, point := bytes.IndexByte(b, ',') >= 0, bytes.IndexByte(b, '.') >= 0
	if !comma && !(point && r.decimalComma) {
		return ""
	}
	if _, bare := parseNumber(bytes.Map(digitsAlone, b)); !bare || isDate(b) {
		return ""
	}
	if r.decimalComma {
		return "a number with a point or a second comma in it; with --comma one comma stands before decimals, and nothing between thousands"
	}
	return "a number with a comma in it; write none between thousands, and a point before decimals, or say --comma if commas stand there"
}

func digitsAlone(c rune) rune {
	if c == ',' || c == '.' {
		return -1
	}
	return c
}

// looksMissing tells what other programs and people write where nothing is.
func looksMissing(b []byte) bool {
	switch strings.ToLower(string(b)) {
	case ".", "-", "?", "na", "n/a", "#n/a", "none", "missing", "unknown":
		return true
	}
	return false
}

// isDate tells a date as people and programs write it: 2026-11-27, 27.11.2026,
// 11/27/26, with or without a time of day after it.
func isDate(b []byte) bool {
	return regexp.MustCompile(`^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?$`).Match(b)
}

// written refuses what is no text: of two sites whose names differ in such bytes
// alone a reader would make one.
func (r *Reader) written(i int, b []byte) error {
	if !utf8.Valid(b) || bytes.IndexByte(b, 0) >= 0 {
		return refuse(r.scan.line, r.wants[i].Name, "this is not text in UTF-8; save the table as CSV, UTF-8")
	}
	return nil
}

// auto lets the first cell decide and holds the others to it.
func (r *Reader) auto(i int, b []byte) error {
	v, isNumber := r.parse(b)
	if said := r.signs(b); !isNumber && said != "" {
		return refuse(r.scan.line, r.wants[i].Name, "%s; name the column with --factor if its numbers are names", said)
	}
	if !r.decided[i] {
		r.decided[i], r.asText[i] = true, !isNumber
	}
	if r.asText[i] == isNumber {
		if isNumber {
			return refuse(r.scan.line, r.wants[i].Name,
				"a number among text; name the column with --factor if its numbers are names")
		}
		return refuse(r.scan.line, r.wants[i].Name,
			"text among numbers; name the column with --factor if its numbers are names")
	}
	r.text[i], r.number[i] = b, v
	if r.asText[i] {
		return r.written(i, b)
	}
	return r.size(i, v)
}

func (r *Reader) code(i int, b []byte) error {
	most, say := 31.0, "an event is 0 (or FALSE) for none, 1 (or TRUE), and 2 to 31 where there are several kinds"
	if r.wants[i].Kind == Flag {
		most, say = 1, "only 0 and 1 (or FALSE and TRUE) can stand here"
	}
	switch string(b) {
	case "TRUE", "true", "True", "T":
		r.number[i] = 1
		return nil
	case "FALSE", "false", "False", "F":
		r.number[i] = 0
		return nil
	}
	v, ok := r.parse(b)
	if !ok && looksMissing(b) {
		return r.notNumber(i, b)
	}
	if !ok {
		return refuse(r.scan.line, r.wants[i].Name, "text where a number belongs; %s", say)
	}
	if v < 0 || v > most || v != float64(int(v)) {
		return refuse(r.scan.line, r.wants[i].Name, "%s", say)
	}
	r.number[i] = v
	return nil
}
