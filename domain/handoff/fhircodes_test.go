package handoff_test

import (
	"fmt"
	"strings"
	"testing"
)

const (
	cm      = "http://hl7.org/fhir/sid/icd-10-cm"
	whoICD  = "http://hl7.org/fhir/sid/icd-10"
	sct     = "http://snomed.info/sct"
	actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
)

// bundleOf puts resources into a Bundle, with a patient called p.
func bundleOf(resources ...string) []byte {
	all := append([]string{`{"resourceType":"Patient","id":"p","birthDate":"1980"}`}, resources...)
	for i, r := range all {
		all[i] = `{"resource":` + r + `}`
	}
	return []byte("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\n" + strings.Join(all, ",\n") + "\n]}")
}

// visit is an emergency visit for an overdose. change replaces parts of it, in
// pairs of old and new.
func visit(change ...string) string {
	v := `{"resourceType":"Encounter","id":"e","status":"finished","class":{"system":"` + actCode + `","code":"EMER"},` +
		`"subject":{"reference":"Patient/p"},"period":{"start":"2024-03-01T10:00:00-05:00"},` +
		`"reasonCode":[{"coding":[{"system":"` + sct + `","code":"55680006"}]}]}`
	return strings.NewReplacer(change...).Replace(v)
}

type codeExample struct {
	system, code string
	want         bool
	why          string
}

func codeExamples() []codeExample {
	return []codeExample{
		{sct, "55680006", true, "drug overdose"},
		{sct + "/731000124108", "1149222004", true, "an edition of SNOMED CT"},
		{"urn:oid:2.16.840.1.113883.6.96", "59369008", true, "its number as an OID"},
		{sct, "59274003", true, "intentional"},
		{sct, "708079007", true, "illicit drug"},
		{sct, "6525002", false, "dependence"},
		{sct, "56876005", false, "rehabilitation"},
		{"", "55680006", false, "no system"},
		{"http://loinc.org", "55680006", false, "another system"},

		{cm, "T40.1X1A", true, "heroin, accident"},
		{cm, "T40.1X2A", true, "heroin, self-harm"},
		{cm, "T40.1X3A", true, "heroin, assault"},
		{cm, "T40.1X4A", true, "heroin, not known"},
		{cm, "T40.2X5A", false, "opioid, adverse effect"},
		{cm, "T40.2X6A", false, "opioid, underdosing"},
		{cm, "T401X1A", true, "without the point"},
		{cm, "t40.1x1a", true, "in small letters"},
		{cm, "T40.411A", true, "fentanyl, accident"},
		{cm, "T40.415A", false, "fentanyl, adverse effect"},
		{cm, "T40.1X1", true, "no seventh character"},
		{cm, "T40.1X1D", false, "a later visit for the same"},
		{cm, "T40.1X1S", false, "what an old one left behind"},
		{cm, "T36.0X1A", true, "the first group"},
		{cm, "T50.901A", true, "drug not known"},
		{cm, "T50.911A", true, "several drugs"},
		{cm, "T50.A11A", true, "a letter in the middle"},
		{cm, "T50.995A", false, "the last group, adverse effect"},
		{cm, "T36.91XA", true, "intent in the fifth place"},
		{cm, "T37.94XA", true, "intent in the fifth place"},
		{cm, "T39.92XA", true, "intent in the fifth place"},
		{cm, "T41.41XA", true, "intent in the fifth place"},
		{cm, "T42.73XA", true, "intent in the fifth place"},
		{cm, "T43.91XA", true, "intent in the fifth place"},
		{cm, "T45.91XA", true, "intent in the fifth place"},
		{cm, "T47.91XA", true, "intent in the fifth place"},
		{cm, "T49.91XA", true, "intent in the fifth place"},
		{cm, "T43.95XA", false, "adverse effect in the fifth place"},
		{cm, "T43.96XA", false, "underdosing in the fifth place"},
		{cm, "T43.91XD", false, "a later visit, intent in the fifth place"},
		{cm, "T43.91", true, "fifth place and nothing more"},
		{cm, "T40.1", false, "no intent"},
		{cm, "T40.41", false, "no intent: the fifth place is the drug"},
		{cm, "T40", false, "no intent"},
		{cm, "T35.0X1A", false, "before the groups"},
		{cm, "T51.0X1A", false, "alcohol, behind the groups"},
		{cm, "T58.01XA", false, "carbon monoxide"},
		{cm, "F11.20", false, "dependence"},
		{cm, "X40.1X1A", false, "another chapter"},
		{cm, "T40.1X1AA", false, "too long for a code"},
		{cm, "T40.1!1A", false, "not a code"},
		{cm, "", false, "nothing"},
		{"urn:oid:2.16.840.1.113883.6.90", "T40.1X1A", true, "ICD-10-CM as an OID"},

		{whoICD, "T40.1", true, "WHO's code for heroin"},
		{whoICD, "T50.9", true, "WHO's code for a drug not known"},
		{whoICD, "T40", true, "WHO's code for the group"},
		{whoICD, "T40.1X1A", true, "an American code under WHO's address"},
		{whoICD, "T40.2X5A", false, "the same, adverse effect"},
		{whoICD, "T51.0", false, "alcohol"},
	}
}

func TestWhichCodesAreAnOverdose(t *testing.T) {
	for _, c := range codeExamples() {
		found, _ := mustRead(t, bundleOf(visit(sct, c.system, "55680006", c.code)))
		if got := len(found) == 1; got != c.want {
			t.Errorf("%s (%s of %s): overdose %v", c.code, c.why, c.system, got)
		}
	}
}

func TestAPoisoningWithoutItsIntentIsCountedByThatName(t *testing.T) {
	_, sum := mustRead(t, bundleOf(visit(sct, cm, "55680006", "T40.1")))
	if fmt.Sprint(sum.LeftAlone) != "map[Encounter: emergency visit with a poisoning code that does not say whether it was one:1 Patient:1]" {
		t.Errorf("%v", sum.LeftAlone)
	}
}

func TestWhichClassesAreAnEmergency(t *testing.T) {
	class := `{"system":"` + actCode + `","code":"EMER"}`
	cases := []struct {
		class string
		want  bool
		left  string
	}{
		{class, true, ""},
		{`{"code":"EMER"}`, true, ""},
		{`{"system":"http://hl7.org/fhir/v3/ActCode","code":"EMER"}`, true, ""},
		{`{"system":"http://terminology.hl7.org/CodeSystem/v2-0004","code":"E"}`, true, ""},
		{`[{"coding":[` + class + `]}]`, true, ""},
		{`[{"coding":[{"system":"local","code":"ED"},` + class + `]}]`, true, ""},
		{`{"system":"` + actCode + `","code":"IMP"}`, false, "Encounter: overdose, but not an emergency visit"},
		{`{"system":"local","code":"EMER"}`, false, "Encounter: overdose, with a class that is not known here"},
		{`{"display":"emergency"}`, false, "Encounter: overdose, with a class that is not known here"},
	}
	for _, c := range cases {
		found, sum := mustRead(t, bundleOf(visit(class, c.class)))
		if got := len(found) == 1; got != c.want || c.left != "" && sum.LeftAlone[c.left] != 1 {
			t.Errorf("%s: %v, %v", c.class, got, sum.LeftAlone)
		}
		if strings.HasPrefix(c.class, "[") != (sum.Listed == 1) {
			t.Errorf("%s: listed %d", c.class, sum.Listed)
		}
	}
	_, sum := mustRead(t, bundleOf(visit(class, `{"code":"ED"}`, "55680006", "1")))
	if sum.LeftAlone["Encounter: class not known here"] != 1 {
		t.Errorf("%v", sum.LeftAlone)
	}
}

func TestOnlyVisitsThatTookPlace(t *testing.T) {
	for status, want := range map[string]bool{
		"arrived": true, "triaged": true, "in-progress": true, "onleave": true, "finished": true, "unknown": true, "completed": true,
		"planned": false, "cancelled": false, "entered-in-error": false,
	} {
		found, sum := mustRead(t, bundleOf(visit("finished", status)))
		if got := len(found) == 1; got != want || !want && sum.LeftAlone["Encounter: overdose visit that is planned, cancelled or a mistake"] != 1 {
			t.Errorf("%q: %v, %v", status, got, sum.LeftAlone)
		}
	}
}

func TestTheReasonUnderItsOlderName(t *testing.T) {
	found, sum := mustRead(t, bundleOf(visit("reasonCode", "reason")))
	if len(found) != 1 {
		t.Errorf("%v", sum.LeftAlone)
	}
	found, _ = mustRead(t, bundleOf(visit("reasonCode", "reason", "55680006", "6525002")))
	if len(found) != 0 {
		t.Error("another reason is no overdose under any name")
	}
}
