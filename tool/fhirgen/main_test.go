package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A specification of two types, in the form of the npm package.
const (
	typesJSON = `{"entry":[
{"resource":{"resourceType":"StructureDefinition","name":"Period","kind":"complex-type","snapshot":{"element":[
 {"path":"Period","short":"Time range"},
 {"path":"Period.start","max":"1","type":[{"code":"dateTime"}]}]}}},
{"resource":{"resourceType":"StructureDefinition","name":"Extension","kind":"complex-type","snapshot":{"element":[
 {"path":"Extension","short":"More"},
 {"path":"Extension.value[x]","max":"1","type":[{"code":"string"},{"code":"date"}]}]}}},
{"resource":{"resourceType":"CapabilityStatement","name":"skipped"}}]}`
	resourcesJSON = `{"entry":[
{"resource":{"resourceType":"StructureDefinition","name":"Thing","kind":"resource","snapshot":{"element":[
 {"path":"Thing","short":"A thing."},
 {"path":"Thing.id","max":"1","type":[{"code":"id"}]},
 {"path":"Thing.active","max":"1","type":[{"code":"boolean"}]},
 {"path":"Thing.when","max":"*","type":[{"code":"Period"}]},
 {"path":"Thing.part","max":"*","type":[{"code":"BackboneElement"}]},
 {"path":"Thing.part.is","max":"1","type":[{"code":"Period"}]},
 {"path":"Thing.kind","max":"1","type":[{"code":"Coding"}]},
 {"path":"Thing.made[x]","max":"1","type":[{"code":"date"},{"code":"Period"},{"code":"Coding"}]}]}}},
{"resource":{"resourceType":"StructureDefinition","name":"Base","kind":"resource","abstract":true,"snapshot":{"element":[]}}}]}`
)

func generate(t *testing.T, list string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	r4 := filepath.Join(dir, "dist/fhir/r4")
	if err := os.MkdirAll(r4, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"profiles-types.json": typesJSON, "profiles-resources.json": resourcesJSON, "../../../list": list} {
		if err := os.WriteFile(filepath.Join(r4, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "out.go")
	if err := run(filepath.Join(dir, "list"), out, dir); err != nil {
		return "", err
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(text), run(filepath.Join(dir, "list"), out, "/nowhere") // up to date: needs no definitions
}

func TestWritesOnlyWhatIsListed(t *testing.T) {
	got, err := generate(t, "# a list\n\nPeriod: start\nThing: id active when part kind!Kinds made[x]=date,Period\nThing.part: is\n")
	if err != nil {
		t.Fatal(err)
	}
	squeezed := strings.Join(strings.Fields(got), " ")
	for _, want := range []string{
		"DO NOT EDIT.",
		"ResourceType string `json:\"resourceType,omitzero\"` ID string `json:\"id,omitzero\"` Active *bool `json:\"active,omitzero\"` When []Period",
		"Part []ThingPart", "Kind Kinds", "MadeDate string", "MadePeriod *Period",
		"type ThingPart struct { Is *Period",
		`case "madeCoding", "madeDate", "madePeriod": return "made"`,
		`case "valueDate", "valueString": return "value"`,
		`case "madeDate", "valueDate": return "date" case "start": return "dateTime"`,
		`case "Thing": return true`,
	} {
		if !strings.Contains(squeezed, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "MadeCoding") {
		t.Error("a type that was not listed was written")
	}
}

func TestSaysWhatIsWrongInTheList(t *testing.T) {
	for list, want := range map[string]string{
		"Thing":        "line 1",
		"Thing:":       "line 1",
		"Stuff: id":    "Stuff is not in the definitions",
		"Thing: color": "Thing.color is not in the definitions",
		"Thing: kind":  "no Go type for Coding",
		"Thing: part":  "no Go type for BackboneElement",
	} {
		if _, err := generate(t, list); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", list, err, want)
		}
	}
}
