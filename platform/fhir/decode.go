package fhir

import (
	"errors"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Contained is what stands inside another resource, each as it was written.
type Contained = []jsontext.Value

// Decode reads a resource into one of the structs of this package. What the
// struct does not hold is left alone. It returns a Fault whose place is the
// path inside the resource when something there has not the shape of R4, such
// as text where an object belongs.
func Decode(resource []byte, into any) error {
	err := json.Unmarshal(resource, into)
	if err == nil {
		return nil
	}
	var shape *json.SemanticError
	if errors.As(err, &shape) {
		return Fault{Place: pointed(string(shape.JSONPointer)), Reason: saysShape}
	}
	says, _ := flaw(resource)
	return Fault{Reason: says}
}

// pointed turns a JSON pointer into a path: /period/start into period.start.
func pointed(pointer string) string {
	at := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, part := range at {
		if part != "" && strings.Trim(part, "0123456789") == "" {
			at[i] = "[" + part + "]"
		}
	}
	return path(at)
}
