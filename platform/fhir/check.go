package fhir

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Check looks at one resource for faults that reading it does not show: a date
// that no calendar has, a choice such as value[x] made twice, a reference to a
// contained resource that is not there, rules or an extension that may turn its
// meaning round. The places are paths inside the resource, such as period.start.
func Check(resource []byte) []Fault {
	c := &checker{d: jsontext.NewDecoder(bytes.NewReader(resource)), contained: map[string]bool{}}
	if err := c.value(""); err != nil {
		return append(c.faults, Fault{Reason: saysNotJSON})
	}
	for _, p := range c.pointers {
		if !c.contained[p.to] {
			c.faults = append(c.faults, Fault{p.from, saysContained})
		}
	}
	return c.faults
}

type checker struct {
	d         *jsontext.Decoder
	at        []string // the way to where the decoder stands
	faults    []Fault
	contained map[string]bool
	pointers  []pointer
}

// pointer is a reference to a contained resource.
type pointer struct{ from, to string }

// value checks the next value; name is the name it goes by.
func (c *checker) value(name string) error {
	switch c.d.PeekKind() {
	case '{':
		return c.object()
	case '[':
		return c.list(name)
	case '"':
		t, err := c.d.ReadToken()
		if err != nil {
			return err
		}
		c.text(name, t.String())
		return nil
	}
	return c.d.SkipValue()
}

func (c *checker) object() error {
	if _, err := c.d.ReadToken(); err != nil {
		return err
	}
	var chosen []string
	for c.d.PeekKind() != '}' {
		t, err := c.d.ReadToken()
		if err != nil {
			return err
		}
		name := t.String()
		if base := choiceOf(name); base != "" {
			if slices.Contains(chosen, base) {
				c.fault(base+"[x]", saysChoice)
			}
			chosen = append(chosen, base)
		}
		if c.modifies(name) {
			c.fault(name, saysModified)
		}
		if err := c.inside(name, name); err != nil {
			return err
		}
	}
	_, err := c.d.ReadToken()
	return err
}

// modifies reports that the member that comes next changes what its resource
// means. R4 (extensibility, resource.implicitRules) forbids going on as if it were
// not there. Where it stands in a part of a resource it is about that part, and of
// those only a visit's diagnosis is read for what it means.
func (c *checker) modifies(name string) bool {
	whole := len(c.at) == 0 || len(c.at) == 2 && (c.at[0] == "contained" || c.at[0] == "diagnosis")
	switch name {
	case "modifierExtension":
		return whole && c.d.PeekKind() == '['
	case "implicitRules":
		return whole && c.d.PeekKind() == '"'
	}
	return false
}

func (c *checker) list(name string) error {
	if _, err := c.d.ReadToken(); err != nil {
		return err
	}
	for i := 0; c.d.PeekKind() != ']'; i++ {
		if err := c.inside("["+strconv.Itoa(i)+"]", name); err != nil {
			return err
		}
	}
	_, err := c.d.ReadToken()
	return err
}

// inside checks the next value one step further down.
func (c *checker) inside(step, name string) error {
	c.at = append(c.at, step)
	err := c.value(name)
	c.at = c.at[:len(c.at)-1]
	return err
}

func (c *checker) text(name, s string) {
	if kind := timeKind(name); kind != "" {
		if says := timeFlaw(kind, s); says != "" {
			c.faults = append(c.faults, Fault{path(c.at), says})
		}
	}
	if name == "reference" && strings.HasPrefix(s, "#") && len(s) > 1 {
		c.pointers = append(c.pointers, pointer{path(c.at), s[1:]})
	}
	if name == "id" && len(c.at) == 3 && c.at[0] == "contained" {
		c.contained[s] = true
	}
}

func (c *checker) fault(last, says string) {
	c.faults = append(c.faults, Fault{path(append(slices.Clone(c.at), last)), says})
}

// path joins names as FHIRPath has them. A name that no FHIR element could
// have stands as a question mark: it might be anything.
func path(at []string) string {
	var b strings.Builder
	for _, part := range at {
		if !plainName(strings.TrimSuffix(part, "[x]")) {
			part = "?"
		}
		if b.Len() > 0 && !strings.HasPrefix(part, "[") {
			b.WriteByte('.')
		}
		b.WriteString(part)
	}
	return b.String()
}
