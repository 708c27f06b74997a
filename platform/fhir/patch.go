package fhir

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Change is what becomes of one element at the top of a resource. A nil Value
// takes the element out. With Append, Value is added to the list that is there.
type Change struct {
	Name   string
	Value  any
	Append bool
}

// Patch changes elements of a resource and keeps everything else as it was
// written, in its order: what this program does not know is not lost.
func Patch(resource []byte, changes ...Change) ([]byte, error) {
	all, err := elementsOf(resource)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		if all, err = c.apply(all); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	e := jsontext.NewEncoder(&out)
	if err := e.WriteToken(jsontext.BeginObject); err != nil {
		return nil, err
	}
	for _, el := range all {
		if err := e.WriteToken(jsontext.String(el.name)); err != nil {
			return nil, err
		}
		if err := e.WriteValue(el.value); err != nil {
			return nil, err
		}
	}
	if err := e.WriteToken(jsontext.EndObject); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(out.Bytes()), nil
}

// Elements names the elements at the top of a resource, in their order.
func Elements(resource []byte) ([]string, error) {
	all, err := elementsOf(resource)
	var names []string
	for _, el := range all {
		names = append(names, el.name)
	}
	return names, err
}

type topElement struct {
	name  string
	value jsontext.Value
}

func elementsOf(resource []byte) ([]topElement, error) {
	if says, broken := flaw(resource); says != "" || broken >= 0 {
		return nil, Fault{Reason: says}
	}
	d := jsontext.NewDecoder(bytes.NewReader(resource))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return nil, Fault{Reason: saysObject}
	}
	var out []topElement
	for d.PeekKind() != '}' {
		name, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		el := topElement{name: name.String()}
		raw, err := d.ReadValue()
		if err != nil {
			return nil, err
		}
		el.value = raw.Clone()
		out = append(out, el)
	}
	return out, nil
}

func (c Change) apply(all []topElement) ([]topElement, error) {
	at := slices.IndexFunc(all, func(el topElement) bool { return el.name == c.Name })
	if c.Value == nil {
		return slices.DeleteFunc(all, func(el topElement) bool { return el.name == c.Name }), nil
	}
	raw, err := json.Marshal(c.Value)
	if err != nil {
		return nil, fmt.Errorf("fhir: write %s: %w", c.Name, err)
	}
	if c.Append {
		raw = appended(all, at, raw)
	}
	if at < 0 {
		return append(all, topElement{c.Name, raw}), nil
	}
	all[at].value = raw
	return all, nil
}

// appended is the list at all[at] with one more in it.
func appended(all []topElement, at int, raw []byte) []byte {
	if at >= 0 && all[at].value.Kind() == '[' {
		old := bytes.TrimSpace(all[at].value)
		if inner := bytes.TrimSpace(old[1 : len(old)-1]); len(inner) > 0 {
			return slices.Concat([]byte("["), inner, []byte(","), raw, []byte("]"))
		}
	}
	return slices.Concat([]byte("["), raw, []byte("]"))
}
