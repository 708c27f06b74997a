package fhir

import (
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// resource is what is read of every resource, whatever its type: where it
// stands in the entry, its type and its id. The rest is kept as it stands.
type resource struct {
	start, end int
	object     bool
	kind, id   jsontext.Value
}

// UnmarshalJSONFrom passes over the next value and looks for its type and id.
func (r *resource) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	raw, err := d.ReadValue()
	if err != nil {
		return err
	}
	r.end = int(d.InputOffset())
	r.start = r.end - len(raw)
	r.object = raw.Kind() == '{'
	if !r.object {
		return nil
	}
	var look struct {
		Kind jsontext.Value `json:"resourceType"`
		ID   jsontext.Value `json:"id"`
	}
	err = json.Unmarshal(raw, &look)
	r.kind, r.id = look.Kind, look.ID
	return err
}

// read fills the entry from what was cut. It never returns an error: what is
// wrong with an entry is its Flaw.
func (e *Entry) read(v cut) {
	switch {
	case v.raw == nil:
		e.Flaw = saysLong
	case v.depth > deepest:
		e.Flaw = saysDeep
	case e.shape == bundle:
		e.wrapped(v.raw)
	default:
		e.bare(v.raw)
	}
	if e.Flaw != "" {
		e.Resource = nil
	}
}

// wrapped reads an element of Bundle.entry.
func (e *Entry) wrapped(raw []byte) {
	var w struct {
		FullURL  string   `json:"fullUrl"`
		Resource resource `json:"resource"`
		Request  struct {
			Method string `json:"method"`
		} `json:"request"`
	}
	if raw[0] != '{' {
		e.Flaw = saysObject
		return
	}
	err := json.Unmarshal(raw, &w)
	e.FullURL, e.Method = w.FullURL, w.Request.Method
	if w.Resource.end > 0 {
		e.take(raw, w.Resource)
	}
	if err != nil {
		e.Flaw = entryFlaw(raw, err)
	}
}

// bare reads a resource that stands alone.
func (e *Entry) bare(raw []byte) {
	var r resource
	if err := json.Unmarshal(raw, &r); err != nil {
		e.Flaw = entryFlaw(raw, err)
		return
	}
	e.take(raw, r)
}

func (e *Entry) take(raw []byte, r resource) {
	if !r.object {
		e.Flaw = saysObject
		return
	}
	e.Resource = raw[r.start:r.end]
	if id, err := jsontext.AppendUnquote(nil, r.id); err == nil {
		e.ID = string(id)
	}
	if r.kind == nil {
		e.Flaw = saysNoType
		return
	}
	e.Type, e.Flaw = kindOf(r.kind)
}

func entryFlaw(raw []byte, err error) string {
	var shape *json.SemanticError
	if errors.As(err, &shape) {
		return saysShape
	}
	says, _ := flaw(raw)
	return says
}
