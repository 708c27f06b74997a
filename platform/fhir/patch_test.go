package fhir_test

import (
	"strings"
	"testing"

	"alongside/platform/fhir"
)

func TestPatchKeepsWhatItDoesNotChange(t *testing.T) {
	in := `{"resourceType":"Task","_x":{"y":1.50},"status":"requested","output":[{"a":1}],"empty":[],"note":"Zoë"}`
	cases := []struct {
		change fhir.Change
		old    string
		by     string
	}{
		{fhir.Change{Name: "status", Value: "accepted"}, `"status":"requested"`, `"status":"accepted"`},
		{fhir.Change{Name: "status"}, `"status":"requested",`, ``},
		{fhir.Change{Name: "absent"}, ``, ``},
		{fhir.Change{Name: "lastModified", Value: "2024"}, `Zoë"}`, `Zoë","lastModified":"2024"}`},
		{fhir.Change{Name: "output", Value: map[string]int{"b": 2}, Append: true}, `[{"a":1}]`, `[{"a":1},{"b":2}]`},
		{fhir.Change{Name: "empty", Value: 1, Append: true}, `[]`, `[1]`},
		{fhir.Change{Name: "new", Value: 1, Append: true}, `Zoë"}`, `Zoë","new":[1]}`},
	}
	for _, c := range cases {
		got, err := fhir.Patch([]byte(in), c.change)
		if want := strings.Replace(in, c.old, c.by, 1); err != nil || string(got) != want {
			t.Errorf("%+v: %s, %v", c.change, got, err)
		}
	}
	for _, bad := range []string{`[]`, `{"a":1`, `{"a":1,"a":2}`, ``} {
		if _, err := fhir.Patch([]byte(bad)); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
	if names, err := fhir.Elements([]byte(in)); err != nil || strings.Join(names, " ") != "resourceType _x status output empty note" {
		t.Errorf("%v, %v", names, err)
	}
}
