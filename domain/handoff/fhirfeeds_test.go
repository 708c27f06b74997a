package handoff_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// What an overdose visit must say of itself, and what is said where it does not.
func TestAVisitWithoutWhatR4AsksForIsRefused(t *testing.T) {
	class := `"class":{"system":"` + actCode + `","code":"EMER"},`
	for name, c := range map[string]struct{ text, refused string }{
		"no status":            {visit(`"status":"finished",`, ""), "has no status"},
		"an empty status":      {visit("finished", ""), "has no status"},
		"a status nobody has":  {visit("finished", "Finished"), "has a status that FHIR does not have"},
		"no class":             {visit(class, ""), "has no class"},
		"an empty class":       {visit(class, `"class":{},`), "has no class"},
		"a modifier":           {visit(`"id":"e"`, `"id":"e","modifierExtension":[{"url":"http://x.example/not-done","valueBoolean":true}]`), "modifierExtension may turn its meaning round"},
		"rules of another":     {visit(`"id":"e"`, `"id":"e","implicitRules":"http://x.example/rules"`), "implicitRules may turn its meaning round"},
		"a modified diagnosis": {visit(overdoseReason, overdoseReason+`,"diagnosis":[{"modifierExtension":[{"url":"http://x.example/not"}]}]`), "diagnosis[0].modifierExtension may turn its meaning round"},
	} {
		found, sum := mustRead(t, bundleOf(c.text))
		if len(found) != 0 {
			t.Errorf("%s: taken", name)
			continue
		}
		checkRefused(t, sum, c.refused)
	}
	for name, with := range map[string]string{
		"of a part that is not read": `"hospitalization":{"modifierExtension":[{"url":"http://x.example/a"}]}`,
		"that is no modifier":        `"extension":[{"url":"http://x.example/a","valueString":"b"}]`,
		"that is null":               `"modifierExtension":null`,
	} {
		if found, sum := mustRead(t, bundleOf(visit(`"id":"e"`, `"id":"e",`+with))); len(found) != 1 {
			t.Errorf("an extension %s: %+v", name, sum)
		}
	}
}

// A visit whose reason was refused is not called one for another reason.
func TestAReasonThatWasRefused(t *testing.T) {
	bad := strings.Replace(condition, `"id":"c"`, `"id":"c","recordedDate":"2024-13-01"`, 1)
	ofVisit := strings.Replace(bad, `"id":"c"`, `"id":"c","encounter":{"reference":"Encounter/e"},"category":[{"coding":[{"code":"encounter-diagnosis"}]}]`, 1)
	for name, c := range map[string][]string{
		"by a reference":             {visit(overdoseReason, `"diagnosis":[{"condition":{"reference":"Condition/c"}}]`), bad},
		"that names the visit":       {visit(overdoseReason, `"text":{}`), ofVisit},
		"beside another code":        {visit("55680006", "1", `"period"`, `"reasonReference":[{"reference":"Condition/c"}],"period"`), bad},
		"under a modifier":           {visit(overdoseReason, `"diagnosis":[{"condition":{"reference":"Condition/c"}}]`), strings.Replace(condition, `"id":"c"`, `"id":"c","modifierExtension":[{"url":"http://x.example/not"}]`, 1)},
		"nested deeper than is read": {visit(overdoseReason, `"diagnosis":[{"condition":{"reference":"Condition/c"}}]`), strings.Replace(condition, `"id":"c"`, `"id":"c","note":`+strings.Repeat("[", 150)+strings.Repeat("]", 150), 1)},
	} {
		found, sum := mustRead(t, bundleOf(c...))
		said := fmt.Sprint(sum.Refused)
		if len(found) != 0 || sum.RefusedTotal != 2 || !strings.Contains(said, "its reason ") {
			t.Errorf("%s: %d found, %s, %v", name, len(found), said, sum.LeftAlone)
		}
	}
	for name, c := range map[string][]string{
		"not an emergency":     {visit(`"EMER"`, `"AMB"`, overdoseReason, `"diagnosis":[{"condition":{"reference":"Condition/c"}}]`), bad},
		"beside an overdose":   {visit(`"period"`, `"diagnosis":[{"condition":{"reference":"Condition/c"}}],"period"`), bad},
		"of a refused patient": {visit(overdoseReason, `"text":{}`), `{"resourceType":"Patient","id":"z","birthDate":"1980-13-01"}`},
	} {
		if _, sum := mustRead(t, bundleOf(c...)); sum.RefusedTotal != 1 {
			t.Errorf("%s: %v", name, sum.Refused)
		}
	}
}

// Words without a code, and no word at all, are not called another reason.
func TestWhatAVisitWithoutACodeIsCountedAs(t *testing.T) {
	for reason, want := range map[string]string{
		`"reasonCode":[{"text":"overdose"}]`:              "Encounter: emergency visit whose reason is in words, or in codes of no system",
		`"reasonCode":[{"coding":[{"code":"T40.1X1A"}]}]`: "Encounter: emergency visit whose reason is in words, or in codes of no system",
		`"text":{}`: "Encounter: emergency visit that gives no reason",
		`"reasonCode":[{"coding":[{"system":"` + sct + `","code":"1"}],"text":"x"}]`: "Encounter: emergency visit for another reason",
	} {
		found, sum := mustRead(t, bundleOf(visit(overdoseReason, reason)))
		if len(found) != 0 || sum.LeftAlone[want] != 1 {
			t.Errorf("%s: %v", reason, sum.LeftAlone)
		}
	}
}

// In a file of one resource per line a reference may be an address on the server
// that it came from (Bulk Data guide). Where two servers are named nobody knows
// whose patient stands there.
func TestAddressesInAFileOfLines(t *testing.T) {
	const patient, reason = `{"resourceType":"Patient","id":"p","birthDate":"1980"}`, `"reasonReference":[{"reference":"https://a.example/fhir/Condition/c"}]`
	on := func(server, text string) string {
		return strings.ReplaceAll(text, `"Patient/p"`, `"https://`+server+`.example/fhir/Patient/p"`)
	}
	other := visit(`"id":"e"`, `"id":"f"`, "10:00:00", "11:00:00")
	for name, c := range map[string]struct {
		lines      []string
		kept, days int
		refused    string
	}{
		"a patient":                        {[]string{patient, on("a", visit())}, 1, 0, ""},
		"a patient that follows":           {[]string{on("a", visit()), patient}, 1, 0, ""},
		"a reason":                         {[]string{patient, visit(overdoseReason, reason), condition}, 1, 0, ""},
		"a place that was":                 {[]string{patient, on("a", visit()), on("a", rehab)}, 1, 10, ""},
		"in both ways":                     {[]string{patient, on("a", visit()), rehab, other}, 2, 10, ""},
		"two servers":                      {[]string{patient, on("a", visit()), on("b", other)}, 0, 0, "two different patients"},
		"rehabilitation, another server's": {[]string{patient, on("a", visit()), on("b", rehab)}, 1, 0, ""},
		"another patient":                  {[]string{strings.Replace(patient, `"p"`, `"q"`, 1), on("a", visit())}, 0, 0, "its patient is not in this file"},
	} {
		found, sum := mustRead(t, []byte(strings.Join(c.lines, "\n")))
		days := 0
		for _, f := range found {
			if f.Evidence != nil {
				days = int(f.Evidence.Days)
			}
		}
		said := fmt.Sprint(sum.Refused)
		if len(found) != c.kept || days != c.days || (c.refused == "") != (sum.RefusedTotal == 0) || !strings.Contains(said, c.refused) {
			t.Errorf("%s: %d found, %d days, %s", name, len(found), days, said)
		}
	}
	if found, _ := mustRead(t, bundleOf(on("a", visit()))); len(found) != 0 {
		t.Error("in a Bundle an address is the full URL of its entry, and there is none")
	}
}

// A request that says that it must not be done asks for nothing, and a part of a
// part is no ask of its own.
func TestATaskThatAsksForNothing(t *testing.T) {
	const (
		task     = `{"resourceType":"Task","id":"t1","status":"requested","intent":"order","code":{"coding":[{"system":"http://hl7.org/fhir/CodeSystem/task-code","code":"fulfill"}]},"focus":{"reference":"ServiceRequest/s1"},"for":{"reference":"Patient/p"},"authoredOn":"2024-03-01","requester":{"reference":"Organization/o1"}}`
		request  = `{"resourceType":"ServiceRequest","id":"s1","status":"active","intent":"order","code":{"text":"A peer"},"subject":{"reference":"Patient/p"}}`
		modifier = `"modifierExtension":[{"url":"http://x.example/not","valueBoolean":true}]`
	)
	with := func(text, more string) string { return strings.Replace(text, `"status"`, more+`,"status"`, 1) }
	inside := strings.Replace(task, `"focus":{"reference":"ServiceRequest/s1"}`, `"contained":[`+with(request, `"doNotPerform":true`)+`],"focus":{"reference":"#s1"}`, 1)
	second := with(strings.ReplaceAll(task, "t1", "t2"), `"partOf":[{"reference":"Task/t1"}]`)
	third := with(strings.ReplaceAll(task, "t1", "t3"), `"partOf":[{"reference":"Task/t2"}]`)
	for name, c := range map[string]struct {
		resources []string
		kept      int
		said      string
	}{
		"not to be done":         {[]string{task, with(request, `"doNotPerform":true`)}, 0, "Task: its ServiceRequest asks that this not be done"},
		"not to be done, inside": {[]string{inside}, 0, "Task: its ServiceRequest asks that this not be done"},
		"to be done":             {[]string{task, with(request, `"doNotPerform":false`)}, 1, ""},
		"a modified Task":        {[]string{with(task, modifier), request}, 0, "Task.modifierExtension: may turn its meaning round"},
		"a Task under rules":     {[]string{with(task, `"implicitRules":"http://x.example"`), request}, 0, "Task.implicitRules: may turn its meaning round"},
		"a modified request":     {[]string{task, with(request, modifier)}, 1, "ServiceRequest.modifierExtension: may turn its meaning round"},
		"a part of a part":       {[]string{task, second, third, request}, 1, "Task: part of a referral in this file:2"},
		"backwards":              {[]string{third, second, task, request}, 1, "Task: part of a referral in this file:2"},
		"parts in a ring":        {[]string{with(task, `"partOf":[{"reference":"Task/t2"}]`), second, request}, 1, ""},
	} {
		_, sum := mustRead(t, bundleOf(c.resources...))
		said := fmt.Sprint(sum.Refused, sum.LeftAlone)
		if sum.Kept != c.kept || !strings.Contains(said, c.said) {
			t.Errorf("%s: kept %d, %s", name, sum.Kept, said)
		}
	}
}

// Every hospital has a Patient/1: two of them are two people, also where nothing
// but the id is known of them, and one stays one however often a file is read.
func TestOneIdIsNotOnePerson(t *testing.T) {
	keys := func(patient string, visits ...string) (out []string) {
		text := strings.Replace(string(bundleOf(visits...)), `{"resourceType":"Patient","id":"p","birthDate":"1980"}`, `{"resourceType":"Patient","id":"p"`+patient+`}`, 1)
		found, _ := mustRead(t, []byte(text))
		for _, f := range found {
			out = append(out, f.Patient.Key)
		}
		return out
	}
	const april = "2024-04-01"
	later := visit("2024-03-01", april, `"id":"e"`, `"id":"f"`)
	name := func(n string) string { return `,"birthDate":"1980","name":[{"text":"` + n + `"}]` }
	for what, c := range map[string]struct {
		a, b []string
		same bool
	}{
		"two names":                    {keys(name("Ada"), visit()), keys(name("Bo"), later), false},
		"one name, another visit":      {keys(name("Ada"), visit()), keys(name("ADA"), later), true},
		"no name, another visit":       {keys("", visit()), keys("", later), false},
		"no name, the same file":       {keys("", visit(), later), keys("", later, visit()), true},
		"a birth date, another visit":  {keys(`,"birthDate":"1980"`, visit()), keys(`,"birthDate":"1980"`, later), false},
		"a family's insurance":         {keys(name("Ada")+shared("SN"), visit()), keys(name("Bo")+shared("SN"), later), false},
		"an account":                   {keys(name("Ada")+shared("AN"), visit()), keys(name("Bo")+shared("AN"), later), false},
		"a medical record, other name": {keys(name("Ada")+shared("MR"), visit()), keys(name("Bo")+shared("MR"), later), true},
	} {
		all := append(append([]string{}, c.a...), c.b...)
		slices.Sort(all)
		if got := len(slices.Compact(all)) == 1; got != c.same {
			t.Errorf("%s: %v %v", what, c.a, c.b)
		}
	}
}

func shared(kind string) string {
	return `,"identifier":[{"system":"urn:x","value":"7","type":{"coding":[{"code":"` + kind + `"}]}}]`
}

// Two versions of one patient are no two patients; the later one is read.
func TestTwoVersionsOfAPatient(t *testing.T) {
	version := func(id, name, changed string) string {
		return `{"resourceType":"Patient","id":"q","meta":{"lastUpdated":"` + changed + `"},"identifier":[{"system":"urn:mrn","value":"` + id + `"}],"name":[{"text":"` + name + `"}]}`
	}
	old, young := version("1", "Ada", "2024-03-01T00:00:00Z"), version("1", "Ada B.", "2024-03-02T00:00:00Z")
	for _, order := range [][]string{{old, young}, {young, old}} {
		found, sum := mustRead(t, bundleOf(append(order, visit("Patient/p", "Patient/q"))...))
		if len(found) != 1 || found[0].Patient.Name != "Ada B." {
			t.Errorf("%+v, %+v", found, sum.Refused)
		}
	}
	plain := `{"resourceType":"Patient","id":"q","meta":{"versionId":"1"},"birthDate":"1980","name":[{"text":"Ada"}]}`
	if found, _ := mustRead(t, bundleOf(plain, strings.Replace(plain, `"1"`, `"2"`, 1), visit("Patient/p", "Patient/q"))); len(found) != 1 {
		t.Error("two versions of one who has no number are two patients")
	}
	_, sum := mustRead(t, bundleOf(old, version("2", "Bo", "2024-03-02T00:00:00Z"), visit("Patient/p", "Patient/q")))
	checkRefused(t, sum, "two different patients")
}

// A later version that takes a visit back is handed on after it, with the same key.
func TestAVisitThatIsTakenBack(t *testing.T) {
	wrong := visit("finished", "entered-in-error")
	for name, file := range map[string][]byte{
		"after":              bundleOf(visit(), wrong),
		"before":             bundleOf(wrong, visit()),
		"without a patient":  bundleOf(visit(`"id":"e"`, `"id":"e",`+number), visit(`"id":"e"`, `"id":"e",`+number, "finished", "entered-in-error", `"subject":{"reference":"Patient/p"},`, "")),
		"without its period": bundleOf(visit(`"id":"e"`, `"id":"e",`+number), visit(`"id":"e"`, `"id":"e",`+number, "finished", "entered-in-error", `"period":{"start":"2024-03-01T10:00:00-05:00"},`, "")),
	} {
		found, sum := mustReadBack(t, file)
		if len(found) != 2 || found[0].Mistake || !found[1].Mistake || found[0].Source != found[1].Source || sum.Kept != 1 {
			t.Errorf("%s: %+v, %+v", name, found, sum)
		}
	}
	for status, want := range map[string]int{"entered-in-error": 1, "planned": 0, "cancelled": 0} {
		if found, sum := mustReadBack(t, bundleOf(visit("finished", status))); len(found) != want || sum.Kept != 0 {
			t.Errorf("%s: %+v", status, found)
		}
	}
}

const number = `"identifier":[{"system":"s","value":"7"}]`

// One patient may go by two names in a file: the full URL of their entry, and their
// id. Where two patients have one id, nobody is taken for the other.
func TestRehabilitationUnderAnotherName(t *testing.T) {
	entry := func(url, resource string) string { return `{"fullUrl":"` + url + `","resource":` + resource + `}` }
	const p1, p2 = `{"resourceType":"Patient","id":"p","birthDate":"1980"}`, `{"resourceType":"Patient","id":"p","birthDate":"1990"}`
	byURN := visit(`"Patient/p"`, `"urn:uuid:a"`)
	for name, c := range map[string]struct {
		entries []string
		shown   bool
	}{
		"one patient":   {[]string{entry("urn:uuid:a", p1), entry("urn:uuid:e", byURN), entry("urn:uuid:r", rehab)}, true},
		"two of one id": {[]string{entry("urn:uuid:a", p1), entry("urn:uuid:b", p2), entry("urn:uuid:e", byURN), entry("urn:uuid:f", visit(`"Patient/p"`, `"urn:uuid:b"`, "10:00:00", "11:00:00")), entry("urn:uuid:r", rehab)}, false},
	} {
		found, sum := mustRead(t, []byte(`{"resourceType":"Bundle","type":"transaction","entry":[`+strings.Join(c.entries, ",")+`]}`))
		if len(found) == 0 || sum.RefusedTotal != 0 || (found[0].Evidence != nil) != c.shown {
			t.Errorf("%s: %+v, %+v", name, found, sum)
		}
	}
}
