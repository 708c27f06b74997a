package fhir

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Classes is the class of an encounter as senders give it: one Coding in R4, a
// list of CodeableConcept in R5 and from some who say R4. All are read; Listed
// says that it was not R4's way.
type Classes struct {
	Codings []Coding
	Listed  bool
}

// loose is a Coding or a CodeableConcept.
type loose struct {
	Coding
	Many []Coding `json:"coding"`
}

// UnmarshalJSONFrom reads a Coding, a CodeableConcept or a list of either.
func (c *Classes) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	list := []loose{{}}
	c.Listed = d.PeekKind() == '['
	into := any(&list)
	if !c.Listed {
		into = &list[0]
	}
	if err := json.UnmarshalDecode(d, into); err != nil {
		return err
	}
	for _, l := range list {
		c.Listed = c.Listed || len(l.Many) > 0
		c.Codings = append(c.Codings, l.Many...)
		if l.Coding != (Coding{}) {
			c.Codings = append(c.Codings, l.Coding)
		}
	}
	return nil
}

// MarshalJSONTo writes the first class in R4's way.
func (c Classes) MarshalJSONTo(e *jsontext.Encoder) error {
	if len(c.Codings) == 0 {
		return e.WriteToken(jsontext.Null)
	}
	return json.MarshalEncode(e, c.Codings[0])
}

// IsZero reports that nothing was said.
func (c Classes) IsZero() bool { return len(c.Codings) == 0 }
