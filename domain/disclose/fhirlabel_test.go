package disclose_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/platform/fhir"
)

func resources(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/ds4p/*.json")
	if err != nil || len(files) != 8 {
		t.Fatal(files, err)
	}
	out := map[string][]byte{}
	for _, name := range files {
		if out[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func parsed(t *testing.T, raw []byte) map[string]any {
	t.Helper()
	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// Every label that was there is there afterwards, with its extensions; one more
// has come, once; and nothing else is different.
func TestLabelsSurviveTheRoundTrip(t *testing.T) {
	for name, raw := range resources(t) {
		out, err := disclose.Mark(raw)
		if err != nil || len(fhir.Check(out)) > 0 {
			t.Fatal(name, err)
		}
		before, after := parsed(t, raw), parsed(t, out)
		had, _ := before["meta"].(map[string]any)["security"].([]any)
		has, _ := after["meta"].(map[string]any)["security"].([]any)
		if len(has) != len(had)+1 || !reflect.DeepEqual(has[:len(had)], append([]any{}, had...)) {
			t.Errorf("%s: %v became %v", name, had, has)
		}
		delete(before["meta"].(map[string]any), "security")
		delete(after["meta"].(map[string]any), "security")
		if !reflect.DeepEqual(before, after) {
			t.Errorf("%s: something else changed", name)
		}
		if again, err := disclose.Mark(out); err != nil || string(again) != string(out) {
			t.Errorf("%s: marked twice", name)
		}
	}
	if out, err := disclose.Mark([]byte(`{"resourceType":"Basic"}`)); err != nil || len(parsed(t, out)["meta"].(map[string]any)["security"].([]any)) != 1 {
		t.Errorf("%s %v", out, err)
	}
	if _, err := disclose.Mark([]byte("{")); err == nil {
		t.Error("what is no JSON was marked")
	}
}

// A label that the consent does not name keeps the resource in, wherever in the
// resource it stands.
func TestALabelThatIsNotNamedKeepsAResourceIn(t *testing.T) {
	onBoth(t, func(h *house) {
		h.give(nil)
		for body, want := range map[string]bool{
			`{"resourceType":"Observation"}`: true,
			`{"resourceType":"Observation","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"SUD"}]}}`:                                                                                                                 true,
			`{"resourceType":"Observation","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}]}}`:                                                                                                                 false,
			`{"resourceType":"Observation","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"NEW"}]}}`:                                                                                                                 false,
			`{"resourceType":"Observation","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"}]}}`:                                                                                                           false,
			`{"resourceType":"Bundle","entry":[{"resource":{"meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"SDV"}]}}}]}`:                                                                                             false,
			`{"resourceType":"Patient","name":[{"extension":[{"url":"http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label","valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"MH"}}]}]}`: false,
		} {
			i, err := disclose.ItemOf(consent.Status, []byte(body))
			h.must(err)
			if _, err = h.tell(h.telling(i)); (err == nil) != want {
				h.Errorf("%s: %v", body, err)
			}
		}
		for name, raw := range resources(t) {
			i, err := disclose.ItemOf(consent.Status, raw)
			h.must(err)
			if slices.Contains(i.Labels, "PATRPT") || slices.Contains(i.Labels, "42CFRPart2") {
				h.Errorf("%s: %v", name, i.Labels)
			}
		}
	})
}
