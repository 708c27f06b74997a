package fhir

import (
	"context"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

const (
	// maxResource is the most bytes that one resource, or one part of a file
	// outside its entries, may have.
	maxResource = 4 << 20
	// maxNames is how many names an object may have that is read name by name.
	maxNames = 200
)

// walk goes through a file name by name. What it meets it cuts out whole.
type walk struct {
	ctx context.Context
	*cutter
}

// members goes through the object that comes next and calls do before each
// value; do must take the value. The names are told apart.
func (w *walk) members(do func(name string) error) error {
	if ok, err := w.expect('{'); err != nil || !ok {
		return w.broken(err)
	}
	if ok, err := w.expect('}'); err != nil || ok {
		return w.end(err)
	}
	seen := map[string]bool{}
	for {
		name, err := w.name(seen)
		if err != nil {
			return err
		}
		if err := do(name); err != nil {
			return err
		}
		if more, err := w.more('}'); err != nil || !more {
			return err
		}
	}
}

// elements goes through the list that comes next, as members does.
func (w *walk) elements(do func(i int) error) error {
	if ok, err := w.expect('['); err != nil || !ok {
		return w.broken(err)
	}
	if ok, err := w.expect(']'); err != nil || ok {
		return w.end(err)
	}
	for i := 0; ; i++ {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := do(i); err != nil {
			return err
		}
		if more, err := w.more(']'); err != nil || !more {
			return err
		}
	}
}

// name takes the next name and its colon.
func (w *walk) name(seen map[string]bool) (string, error) {
	if b, err := w.peek(); err != nil || b != '"' {
		return "", w.broken(err)
	}
	v, err := w.take(1024)
	if err != nil {
		return "", err
	}
	raw, err := jsontext.AppendUnquote(nil, v.raw)
	if err != nil || v.raw == nil {
		return "", w.broken(nil)
	}
	name := string(raw)
	if seen[name] {
		return "", w.at(v.line, saysTwice)
	}
	if len(seen) >= maxNames {
		return "", w.at(v.line, saysManyNames)
	}
	seen[name] = true
	if ok, err := w.expect(':'); err != nil || !ok {
		return "", w.broken(err)
	}
	return name, nil
}

// more takes a comma, or the closing bracket, in which case it returns false.
func (w *walk) more(closing byte) (bool, error) {
	b, err := w.peek()
	if err != nil || (b != ',' && b != closing) {
		return false, w.broken(err)
	}
	w.pass(1)
	return b == ',', nil
}

// take cuts the next value.
func (w *walk) take(limit int) (cut, error) {
	v, err := w.value(limit)
	switch {
	case err == nil:
		return v, nil
	case errors.Is(err, errDeep):
		return v, w.here(saysDeepFile)
	case errors.Is(err, errBrackets):
		return v, w.here(saysNotJSON)
	}
	return v, w.broken(err)
}

// broken refuses the file where the cutter stands: for a disk error it passes
// that on, at the end of the file it says that the file is short.
func (w *walk) broken(err error) error {
	switch {
	case err == nil:
		return w.here(saysNotJSON)
	case errors.Is(err, io.EOF):
		return w.here(saysEnds)
	}
	return err
}

// end is broken for a place where nothing was wrong yet.
func (w *walk) end(err error) error {
	if err == nil {
		return nil
	}
	return w.broken(err)
}

func (w *walk) here(reason string) error {
	return refuse(lineColumn(w.line, w.offset()-w.start+1), reason)
}

func (w *walk) at(line int, reason string) error {
	return refuse(lineColumn(line, 1), reason)
}
