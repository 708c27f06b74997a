package disclose

import (
	"encoding/json"
	"slices"

	"alongside/platform/errs"
	"alongside/platform/fhir"
)

// What a FHIR resource says of its own sensitivity stands in meta.security, and
// beside single elements in an extension of the DS4P guide.
const (
	sysActCode      = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
	sysConfidential = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
	inlineLabel     = "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label"
)

// policy reports whether a label says which rule applies, and not what the
// resource is about.
func policy(code string) bool { return code == "42CFRPart2" || code == "PROCESSINLINELABEL" }

// ItemOf makes an item of a FHIR resource, with every label that it carries
// anywhere. A label that no consent can name, "very restricted" among them,
// stays a label: then the door does not let the resource out.
func ItemOf(kind string, resource []byte) (Item, error) {
	var all any
	if err := json.Unmarshal(resource, &all); err != nil {
		return Item{}, errs.At("disclose: item", "resource", "error.not-understood")
	}
	labels := []string{}
	collect(all, "", &labels)
	slices.Sort(labels)
	return Item{Kind: kind, Labels: slices.Compact(labels), Body: resource}, nil
}

// collect walks a resource and gathers its labels; name is what v goes by.
func collect(v any, name string, into *[]string) {
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			collect(inner, name, into)
		}
	case map[string]any:
		if name == "security" {
			add(v, into)
		}
		if v["url"] == inlineLabel {
			coding, _ := v["valueCoding"].(map[string]any)
			add(coding, into)
		}
		for key, inner := range v {
			collect(inner, key, into)
		}
	}
}

func add(coding map[string]any, into *[]string) {
	code, _ := coding["code"].(string)
	sensitive := coding["system"] == sysActCode && !policy(code)
	hidden := coding["system"] == sysConfidential && code == "V"
	if sensitive || hidden {
		*into = append(*into, code)
	}
}

// Mark returns a resource as it leaves under Part 2: with the label of that law
// added to those it has. Everything else stays as it was written, in its order,
// the labels' own extensions too. A resource that has the label already is
// returned as it is.
func Mark(resource []byte) ([]byte, error) {
	var r struct {
		Meta json.RawMessage `json:"meta"`
	}
	if err := json.Unmarshal(resource, &r); err != nil {
		return nil, errs.At("disclose: mark", "resource", "error.not-understood")
	}
	meta := r.Meta
	if len(meta) == 0 {
		meta = []byte("{}")
	}
	if marked(meta) {
		return resource, nil
	}
	part2 := fhir.Coding{System: sysActCode, Code: "42CFRPart2"}
	meta, err := fhir.Patch(meta, fhir.Change{Name: "security", Value: part2, Append: true})
	if err != nil {
		return nil, errs.Wrap("disclose: mark", err)
	}
	out, err := fhir.Patch(resource, fhir.Change{Name: "meta", Value: meta})
	return out, errs.Wrap("disclose: mark", err)
}

func marked(meta []byte) bool {
	var m struct {
		Security []fhir.Coding `json:"security"`
	}
	err := json.Unmarshal(meta, &m)
	return err == nil && slices.ContainsFunc(m.Security, func(c fhir.Coding) bool { return c.System == sysActCode && c.Code == "42CFRPart2" })
}
