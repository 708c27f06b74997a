package handoff_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/handoff"
	"alongside/platform/soak"
)

// Every change of every Task, by the whole way into the database: what is to be
// refused is, with one line for the element and nothing stored; what is not to
// be is stored once.
func TestThirtyMutationsOfEachTaskByTheRealImport(t *testing.T) {
	handoff.EachImport(t, func(t *testing.T, read func([]byte) (handoff.FHIRSummary, int, int)) {
		stored, n := 0, 0
		for name, text := range gravity(t, "Task-SDOHCC-Task") {
			for _, c := range taskChanges() {
				n++
				var m map[string]any
				if err := json.Unmarshal(text, &m); err != nil {
					t.Fatal(err)
				}
				m["id"] = fmt.Sprintf("mutation-%d", n)
				delete(m, "partOf")
				c.do(m)
				changed, err := json.Marshal(m)
				if err != nil {
					t.Fatal(err)
				}
				sum, handoffs, tasks := read(changed)
				if strings.HasPrefix(name, "Referral") && c.refused == "" && c.name != "status draft" {
					stored++
				}
				if handoffs != stored || tasks != stored {
					t.Fatalf("%s, %s: %d hand-offs, %d Tasks, want %d: %+v", name, c.name, handoffs, tasks, stored, sum)
				}
				checkRefusal(t, name, c, sum)
			}
		}
	})
}

func checkRefusal(t *testing.T, name string, c taskChange, sum handoff.FHIRSummary) {
	t.Helper()
	must := c.refused != "" && strings.HasPrefix(name, "Referral") && !strings.HasPrefix(c.refused, "resourceType")
	if must && (sum.RefusedTotal != 1 || len(sum.Refused) != 1 || !strings.Contains(sum.Refused[0].Reason, c.refused)) {
		t.Errorf("%s, %s: refused %v, want %s", name, c.name, sum.Refused, c.refused)
	}
	if sum.Read != 1 || sum.Kept+sum.RefusedTotal+sum.Left() != 1 {
		t.Errorf("%s, %s: %+v", name, c.name, sum)
	}
	for _, line := range sum.Refused {
		if line.Place == "" || strings.Contains(line.Reason, "ABBAS") {
			t.Errorf("%s, %s: %+v", name, c.name, line)
		}
	}
}

// What a Task needs of the same file, and what becomes of it without.
func TestWhatHangsOnATask(t *testing.T) {
	const (
		task    = `{"resourceType":"Task","id":"t1","status":"requested","intent":"order","code":{"coding":[{"system":"http://hl7.org/fhir/CodeSystem/task-code","code":"fulfill"}]},"focus":{"reference":"ServiceRequest/s1"},"for":{"reference":"Patient/p1"},"authoredOn":"2024-03-01","requester":{"reference":"Organization/o1"}}`
		request = `{"resourceType":"ServiceRequest","id":"s1","status":"active","intent":"order","code":{"text":"A peer"},"subject":{"reference":"Patient/p1"},"note":[{"text":"x"}]}`
		patient = `{"resourceType":"Patient","id":"p1","name":[{"text":"Ada"}],"telecom":[{"value":"555"}]}`
		asker   = `{"resourceType":"Organization","id":"o1","name":"Mercy"}`
	)
	for name, c := range map[string]struct {
		file []string
		want string // kept, or a part of the refusal, or what it is left alone as
	}{
		"all there":                  {[]string{task, request, patient, asker}, "kept"},
		"all there, backwards":       {[]string{asker, patient, request, task}, "kept"},
		"alone":                      {[]string{task}, "kept"},
		"the same twice":             {[]string{task, task}, "kept"},
		"for another person":         {[]string{task, strings.Replace(request, "p1", "p2", 1), patient}, "Task.for: is not the person"},
		"a request of month 13":      {[]string{task, strings.Replace(request, `"note"`, `"authoredOn":"2024-13-01","note"`, 1), patient}, "ServiceRequest.authoredOn is not a date"},
		"a request taken back":       {[]string{task, strings.Replace(request, "active", "revoked", 1), patient}, "Task: its ServiceRequest was taken back"},
		"a patient of 30 February":   {[]string{task, request, strings.Replace(patient, `"name"`, `"birthDate":"1980-02-30","name"`, 1)}, "its patient was refused"},
		"two patients of one name":   {[]string{task, request, patient, strings.Replace(patient, "Ada", "Bo", 1)}, "two different patients"},
		"changed before it was made": {[]string{strings.Replace(task, `"2024-03-01"`, `"2024-03-01T10:00:00Z","lastModified":"2024-02-01T10:00:00Z"`, 1)}, "Task.lastModified: is before"},
		"for a contained group":      {[]string{strings.Replace(task, `"for":{"reference":"Patient/p1"}`, `"contained":[{"resourceType":"Group","id":"g"}],"for":{"reference":"#g"}`, 1)}, "Task.for: is not a Patient"},
		"for a contained patient":    {[]string{strings.Replace(task, `"for":{"reference":"Patient/p1"}`, `"contained":[{"resourceType":"Patient","id":"g"}],"for":{"reference":"#g"}`, 1)}, "kept"},
		"fulfill, of nothing":        {[]string{strings.Replace(task, `"focus":{"reference":"ServiceRequest/s1"},`, "", 1)}, "Task.focus: is missing"},
		"fulfill, of a medicine":     {[]string{strings.Replace(task, "ServiceRequest/s1", "MedicationRequest/m1", 1)}, "Task: not a referral"},
	} {
		_, sum := mustRead(t, []byte(strings.Join(c.file, "\n")))
		said := fmt.Sprint(sum.Refused, sum.LeftAlone)
		if sum.Kept == 1 {
			said = "kept " + said
		}
		said = strings.ReplaceAll(said, "authoredOn: is", "authoredOn is")
		if !strings.Contains(said, c.want) || sum.Kept > 1 {
			t.Errorf("%s: %s, want %s", name, said, c.want)
		}
	}
}

// A Task that was written the day after tomorrow is no ask of today: its clock
// would run backwards. A sender's clock may be a little ahead of ours.
func TestATaskOfTheFutureIsRefused(t *testing.T) {
	latest := time.Date(2024, 3, 2, 10, 0, 0, 0, time.UTC)
	for authored, want := range map[string]int{"2024-03-02T10:00:00Z": 1, "2024-03-02T10:00:01Z": 0, "2024-03-02": 1, "2024-03-03": 0, "2124-01-01": 0} {
		task := `{"resourceType":"Task","id":"t1","status":"requested","intent":"order","code":{"coding":[{"system":"http://hl7.org/fhir/CodeSystem/task-code","code":"fulfill"}]},"focus":{"reference":"ServiceRequest/s1"},"for":{"reference":"Patient/p1"},"authoredOn":"` + authored + `","requester":{"reference":"Organization/o1"}}`
		_, sum, err := readFHIR(t, []byte(task), handoff.FHIROptions{Latest: latest})
		if err != nil || sum.Kept != want || (want == 0) != strings.Contains(fmt.Sprint(sum.Refused), "Task.authoredOn: lies in the future") {
			t.Errorf("%s: %+v, %v", authored, sum, err)
		}
	}
}

// A file of referrals is not held either.
// A day that a file writes without a time is that day on the organisation's own
// clock, east and west of London.
func TestADayOfAHospitalsFileIsADayHere(t *testing.T) {
	task := strings.Replace(compactTask(t), `"authoredOn":"2020-09-11T21:56:54.671Z"`, `"authoredOn":"2024-02-29"`, 1)
	file := bundleOf(`{"resourceType":"Patient","id":"q","deceasedDateTime":"2024-02-29"}`, visit("Patient/p", "Patient/q"))
	file = bytes.Replace(file, []byte("\n]}"), []byte(task+"\n]}"), 1)
	for name, want := range map[string]string{
		"America/New_York": "2024-02-29T00:00:00-05:00", "Asia/Tokyo": "2024-02-29T00:00:00+09:00", "": "2024-02-29T00:00:00Z",
	} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		var asked string
		found, _, err := readFHIR(t, file, handoff.FHIROptions{Zone: zone, Referral: func(f handoff.FHIRReferral) error {
			asked = f.Task.AuthoredOn.Format(time.RFC3339)
			return nil
		}})
		if err != nil || len(found) != 1 {
			t.Fatal(len(found), err)
		}
		if died := found[0].Patient.Deceased.At.Format(time.RFC3339); died != want || asked != want {
			t.Errorf("%s: died %s, asked %s, want %s", name, died, asked, want)
		}
	}
}

func TestALargeFileOfTasksIsNotHeld(t *testing.T) {
	task := compactTask(t)
	one := func(n int) string {
		return strings.NewReplacer("SDOHCC-TaskReferralManagementOrderFulfillmentAcceptedExample", fmt.Sprintf("t%d", n),
			"SDOHCC-ServiceRequestActiveFoodPantryApplicationAssistExample", fmt.Sprintf("s%d", n), "pat-53234", fmt.Sprintf("p%d", n)).Replace(task)
	}
	file, n := largeFileOf(t, one)
	sum, grew := readWatched(t, file, func(handoff.FHIRFound) error { return nil })
	if sum.Kept != n || sum.RefusedTotal != 0 {
		t.Fatalf("%d tasks, %+v", n, sum)
	}
	if grew > 48<<20 {
		t.Errorf("the heap grew by %d MB", grew>>20)
	}
	t.Logf("%d referrals, heap %d MB", n, grew>>20)
}

func compactTask(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	for _, name := range []string{"Task-SDOHCC-TaskReferralManagementOrderFulfillmentA", "ServiceRequest-SDOHCC-ServiceRequestActive"} {
		for _, text := range gravity(t, name) {
			b.WriteString(",\n{\"resource\":")
			if err := json.Compact(&b, text); err != nil {
				t.Fatal(err)
			}
			b.WriteString("}")
		}
	}
	b.WriteString(`,{"resource":{"resourceType":"Patient","id":"pat-53234","name":[{"text":"A"}]}},{"resource":{"resourceType":"Observation","status":"final","valueString":"` + strings.Repeat("0123456789", 600) + `"}}`)
	return b.String()
}

// Whatever happened to a file of referrals on its way: it is refused whole, or
// every resource is counted once and no line holds who it is about.
func TestHarmedReferralsAreReadOrRefused(t *testing.T) {
	r := soak.Rand(t, 43)
	var resources []string
	for _, prefix := range []string{"Task-", "ServiceRequest-"} {
		for _, text := range gravity(t, prefix) {
			resources = append(resources, string(text))
		}
	}
	slices.Sort(resources)
	whole := []byte("{\"resourceType\": \"Bundle\",\n\"type\": \"collection\",\n\"entry\": [{\n\"resource\": " +
		strings.Join(resources, "},{\n\"resource\": ") + "}]}")
	for name, mutate := range mutations() {
		for range soak.Count(300) {
			_, sum, err := readFHIR(t, mutate(r, bytes.Clone(whole)), handoff.FHIROptions{})
			said := fmt.Sprint(sum.Refused, sum.LeftAlone, err)
			if strings.Contains(said, "ABBAS") || strings.Contains(said, "COLIN") || strings.Contains(said, "Jan Water") {
				t.Errorf("%s: %s", name, said)
			}
		}
	}
}
