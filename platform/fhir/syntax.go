package fhir

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// deepest is how many brackets may stand open at once inside one resource.
const deepest = 100

// flaw says what is wrong with one value although its JSON holds together: ""
// when nothing is. A value with a flaw is refused alone. When the JSON itself
// does not hold together broken is where, counted from the start of raw, and
// the whole file is refused; otherwise it is -1.
func flaw(raw []byte) (says string, broken int) {
	if jsontext.Value(raw).IsValid() {
		return "", -1
	}
	if _, ok := try(raw, true, false); ok {
		return saysTwice, -1
	}
	at, ok := try(raw, true, true)
	if ok {
		return saysUTF8, -1
	}
	return saysNotJSON, at
}

// try reads raw with fewer rules and returns where it stops.
func try(raw []byte, duplicates, anyUTF8 bool) (at int, ok bool) {
	d := jsontext.NewDecoder(bytes.NewReader(raw),
		jsontext.AllowDuplicateNames(duplicates), jsontext.AllowInvalidUTF8(anyUTF8))
	err := d.SkipValue()
	if err == nil {
		if _, err = d.ReadToken(); errors.Is(err, io.EOF) {
			return 0, true
		}
	}
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return min(int(syntax.ByteOffset), len(raw)), false
	}
	return int(d.InputOffset()), false
}
