// Package strictjson reads one small JSON document that a person or a script
// wrote, and takes nothing on trust: a key twice, a key nobody knows, text
// after the end, the wrong kind of value and a file without end are refused, in
// words that name the place.
//
// The reading is go-json-experiment's. It is not a library because what is left
// is only our words for what it finds.
package strictjson

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Most is how many bytes a document may have when the caller has no reason for
// another number.
const Most = 1 << 20

// Fault is why a document was refused. Error says it in one line.
type Fault struct {
	Place string // a JSON pointer ("/goals/1/weight", counted from 0) or "line 2, column 7"; "" for the whole
	Says  string // what is wrong there, in words
}

// Error is place and words in one line. What a terminal would obey instead of
// show has a mark in its place: keys are somebody else's text.
func (f *Fault) Error() string {
	words := f.Says
	if f.Place != "" {
		words = f.Place + ": " + f.Says
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, words)
}

// shownMost is how many signs of a key or a number are repeated.
const shownMost = 60

// cut is the beginning of a text that is too long to be repeated.
func cut(s string) string {
	if utf8.RuneCountInString(s) <= shownMost {
		return s
	}
	return string([]rune(s)[:shownMost]) + "…"
}

// At returns a Fault.
func At(place, says string, args ...any) error {
	return &Fault{Place: place, Says: fmt.Sprintf(says, args...)}
}

// Key is a key as one step of a place, "/" and "~" in it written as RFC 6901
// wants them; of a long one the beginning.
func Key(key string) string {
	return "/" + strings.ReplaceAll(strings.ReplaceAll(cut(key), "~", "~0"), "/", "~1")
}

// Read decodes the one document in r, of at most most bytes, into v. What it
// refuses is a *Fault; an error of r itself is returned as it is.
func Read(r io.Reader, most int64, v any) error {
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return err
	}
	if int64(len(text)) > most {
		return At("", "is larger than %d bytes, which is more than this command reads", most)
	}
	return Decode(text, v)
}

// Decode decodes text into v. What it refuses is a *Fault.
func Decode(text []byte, v any) error {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(text)) == 0 {
		return At("", "is empty; a JSON object is expected")
	}
	err := json.Unmarshal(text, v, json.RejectUnknownMembers(true))
	if err == nil {
		return nil
	}
	var wrong *jsontext.SyntacticError
	if errors.As(err, &wrong) {
		return syntax(text, wrong)
	}
	var kind *json.SemanticError
	if errors.As(err, &kind) {
		return meaning(kind)
	}
	return At("", "cannot be read as JSON")
}

// syntax names line and column, and the key when it is one that stands twice.
func syntax(text []byte, e *jsontext.SyntacticError) error {
	place := lineOf(text, e.ByteOffset)
	switch {
	case errors.Is(e.Err, jsontext.ErrDuplicateName):
		return At(cut(string(e.JSONPointer))+" ("+place+")", "stands there twice")
	case errors.Is(e.Err, io.ErrUnexpectedEOF):
		return At(place, "the file ends in the middle")
	}
	if after := bytes.TrimSpace(text[:min(max(e.ByteOffset, 0), int64(len(text)))]); json.Unmarshal(after, new(any)) == nil {
		return At(place, "this is not JSON: something stands after its end")
	}
	return At(place, "this is not JSON: another sign is expected here")
}

func lineOf(text []byte, offset int64) string {
	before := text[:min(max(offset, 0), int64(len(text)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return fmt.Sprintf("line %d, column %d", line, column)
}

func meaning(e *json.SemanticError) error {
	place := cut(string(e.JSONPointer))
	switch {
	case errors.Is(e.Err, json.ErrUnknownName):
		return At(place, "nothing here has this name%s", known(e.GoType))
	case e.GoType == nil:
		return At(place, "this cannot be read")
	case e.JSONKind == '0' && e.Err != nil:
		return At(place, "%s cannot be kept as %s", cut(string(e.JSONValue)), wanted(e.GoType))
	}
	return At(place, "%s is expected, not %s", wanted(e.GoType), given(e.JSONKind))
}

// known lists the names of a struct as JSON has them.
func known(t reflect.Type) string {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return ""
	}
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "; it takes " + strings.Join(names, ", ")
}

// wanted names a Go type as one who writes JSON knows it.
func wanted(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Map, reflect.Struct:
		return "an object"
	case reflect.Slice, reflect.Array:
		return "a list"
	}
	return "a number"
}

func given(k jsontext.Kind) string {
	switch k {
	case 'n':
		return "null"
	case 't', 'f':
		return "true or false"
	case '"':
		return "a text"
	case '0':
		return "a number"
	case '{':
		return "an object"
	case '[':
		return "a list"
	}
	return "this"
}
