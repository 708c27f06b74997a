package fhir_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/platform/fhir"

	"github.com/go-json-experiment/json"
)

func TestTime(t *testing.T) {
	cases := []struct {
		text string
		want string // RFC 3339, or part of the reason
		p    fhir.Precision
	}{
		{"2019", "2019-01-01T00:00:00Z", fhir.Year},
		{"2019-02", "2019-02-01T00:00:00Z", fhir.Month},
		{"2020-02-29", "2020-02-29T00:00:00Z", fhir.Day},
		{"2017-03-12T17:45:30-04:00", "2017-03-12T17:45:30-04:00", fhir.Second},
		{"2017-03-12T17:45:30.125Z", "2017-03-12T17:45:30.125Z", fhir.Second},
		{"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", fhir.Second},
		{"2023-02-30", "exists", 0},
		{"2023-13-01", "exists", 0},
		{"2023-00", "exists", 0},
		{"0000", "exists", 0},
		{"2019-02-29T10:00:00Z", "exists", 0},
		{"2019-02-28T24:00:00Z", "exists", 0},
		{"2019-02-28T10:61:00Z", "exists", 0},
		{"2019-02-28T10:00:00+19:00", "exists", 0},
		{"2017-03-12T17:45:30", "no time zone", 0},
		{"2017-03-12T17:45", "no time zone", 0},
		{"2017-03-12T17:45Z", "as FHIR writes it", 0},
		{"2017-3-12", "as FHIR writes it", 0},
		{"12/03/2017", "as FHIR writes it", 0},
		{" 2017", "as FHIR writes it", 0},
		{"", "as FHIR writes it", 0},
	}
	for _, c := range cases {
		at, p, says := fhir.Time(c.text)
		got := says
		if says == "" {
			got = at.Format(time.RFC3339Nano)
		}
		if !strings.Contains(got, c.want) || p != c.p {
			t.Errorf("%q: %q precision %d; want %q precision %d", c.text, got, p, c.want, c.p)
		}
	}
}

func TestCheckFindsWhatReadingDoesNotShow(t *testing.T) {
	cases := []struct{ name, resource, want string }{
		{"sound", `{"birthDate":"1980","deceasedBoolean":false,"contained":[{"id":"a"}],"x":{"reference":"#a"}}`, ""},
		{"itself", `{"x":{"reference":"#"}}`, ""},
		{"month 13", `{"period":{"start":"2017-13-01"}}`, "period.start: is not a date that exists"},
		{"30 February", `{"contained":[{"birthDate":"2023-02-30"}]}`, "contained[0].birthDate: is not a date that exists"},
		{"no zone", `{"period":{"end":"2017-03-12T17:45:30"}}`, "period.end: has a time of day but no time zone"},
		{"a time in a date", `{"birthDate":"2017-03-12T17:45:30Z"}`, "birthDate: is not a date or time"},
		{"a date in an instant", `{"meta":{"lastUpdated":"2017-03-12"}}`, "meta.lastUpdated: is not a full time"},
		{"two deceased", `{"deceasedBoolean":true,"deceasedDateTime":"2019"}`, "deceased[x]: stands there in two forms"},
		{"two values", `{"extension":[{"url":"a","valueString":"b","valueCode":"c"}]}`, "extension[0].value[x]: stands there in two forms"},
		{"a value and its extension", `{"extension":[{"url":"a","valueString":"b","_valueString":{}}]}`, ""},
		{"not there", `{"a":[{"reference":"#x"}],"contained":[{"id":"y"}]}`, "a[0].reference: points to a contained resource"},
		{"a number in a time's place", `{"period":{"start":5}}`, ""},
		{"a name that could be anything", `{"Ann Lee":{"start":"2017-13-01"}}`, "?.start: is not a date that exists"},
		{"two faults", `{"birthDate":"x","deceasedDateTime":"y"}`, "birthDate: is not a date or time as FHIR writes it|deceasedDateTime"},
		{"not JSON", `{"a":`, ": this is not JSON"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range fhir.Check([]byte(c.resource)) {
				got = append(got, f.Error())
			}
			all := strings.Join(got, "|")
			if (c.want == "") != (all == "") || !strings.HasPrefix(all, c.want) {
				t.Errorf("got %q, want %q", all, c.want)
			}
		})
	}
}

func TestReferencesOfAllForms(t *testing.T) {
	on := func(url, kind, id string) *fhir.Entry { return &fhir.Entry{FullURL: url, Type: kind, ID: id} }
	server := on("https://a.example/fhir/Patient/1", "Patient", "1")
	other := on("https://b.example/fhir/Patient/1", "Patient", "1")
	urn := on("urn:uuid:ABCD", "Patient", "1")
	bare := on("", "Patient", "1")
	visit := on("https://a.example/fhir/Encounter/9", "Encounter", "9")
	loose := on("", "Encounter", "9")
	cases := []struct {
		name, reference string
		from, to        *fhir.Entry
		want            bool
	}{
		{"relative on the same server", "Patient/1", visit, server, true},
		{"relative on another server", "Patient/1", visit, other, false},
		{"relative to one without an address", "Patient/1", visit, bare, true},
		{"relative between two without", "Patient/1", loose, bare, true},
		{"relative to a urn", "Patient/1", loose, urn, true},
		{"relative to a server, from nowhere", "Patient/1", loose, server, false},
		{"relative with a version", "Patient/1/_history/3", loose, bare, true},
		{"an address", "https://a.example/fhir/Patient/1", loose, server, true},
		{"an address with a version", "https://a.example/fhir/Patient/1/_history/2", loose, server, true},
		{"an address elsewhere", "https://b.example/fhir/Patient/1", visit, server, false},
		{"urn", "urn:uuid:abcd", visit, urn, true},
		{"another urn", "urn:uuid:abce", visit, urn, false},
		{"another id", "Patient/11", loose, bare, false},
		{"another type", "Group/1", loose, bare, false},
		{"inside", "#1", loose, bare, false},
		{"a search", "Patient?identifier=1", loose, bare, false},
		{"nothing", "", loose, bare, false},
	}
	for _, c := range cases {
		got := slices.ContainsFunc(c.from.Targets(c.reference), func(k string) bool { return slices.Contains(c.to.Keys(), k) })
		if got != c.want {
			t.Errorf("%s: %v from %v, keys %v", c.name, got, c.from.Targets(c.reference), c.to.Keys())
		}
	}
}

func TestClassesOfEveryForm(t *testing.T) {
	emer := `{"system":"s","code":"EMER"}`
	cases := []struct {
		json   string
		listed bool
		want   string
	}{
		{emer, false, "s|EMER"},
		{`[{"coding":[` + emer + `]}]`, true, "s|EMER"},
		{`[` + emer + `]`, true, "s|EMER"},
		{`{"coding":[` + emer + `,{"code":"x"}],"text":"t"}`, true, "s|EMER |x"},
		{`[]`, true, ""},
		{`{}`, false, ""},
	}
	for _, c := range cases {
		var e fhir.Encounter
		if err := fhir.Decode([]byte(`{"class":`+c.json+`}`), &e); err != nil {
			t.Fatal(c.json, err)
		}
		got := ""
		for _, k := range e.Class.Codings {
			got = strings.TrimSpace(fmt.Sprintf("%s %s|%s", got, k.System, k.Code))
		}
		if got != c.want || e.Class.Listed != c.listed {
			t.Errorf("%s: %q listed %v", c.json, got, e.Class.Listed)
		}
	}
	out, err := json.Marshal(fhir.Encounter{Class: fhir.Classes{Codings: []fhir.Coding{{Code: "EMER"}}}})
	if err != nil || string(out) != `{"class":{"code":"EMER"}}` {
		t.Errorf("written as %s, %v", out, err)
	}
}

func TestDecodeNamesThePathAndNoValue(t *testing.T) {
	cases := []struct{ json, want string }{
		{`{"period":"2019"}`, "period: does not have the shape that FHIR R4 gives it"},
		{`{"class":"EMER"}`, "class: does not have the shape that FHIR R4 gives it"},
		{`{"identifier":[{"value":"a"},{"value":5}]}`, "identifier[1].value: does not have the shape that FHIR R4 gives it"},
		{`{"period":{"start":"Ann","start":"Ann"}}`, ": a name stands twice in the same object"},
	}
	for _, c := range cases {
		err := fhir.Decode([]byte(c.json), &fhir.Encounter{})
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %v", c.json, err)
		}
	}
}

// The generator does nothing when its output is of the list and the program as
// they are now, so it needs no definitions to say so.
func TestGeneratedStructsAreOfThisList(t *testing.T) {
	made := t.TempDir() + "/r4_gen.go"
	text, err := os.ReadFile("r4_gen.go")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(made, text, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "run", "alongside/tool/fhirgen", "-list", "elements.txt", "-out", made, "-definitions", "/nowhere").CombinedOutput()
	if err != nil {
		t.Errorf("r4_gen.go is of another list: run go generate ./platform/fhir (%v: %s)", err, out)
	}
}
