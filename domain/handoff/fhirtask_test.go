package handoff_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"alongside/domain/handoff"
	"alongside/platform/fhir"
)

// gravity returns the files of Gravity whose name begins so.
func gravity(t testing.TB, prefix string) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/fhir/gravity/" + prefix + "*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", prefix, len(files), err)
	}
	out := map[string][]byte{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), prefix), ".json")] = text
	}
	return out
}

func TestGravityTasks(t *testing.T) {
	want := map[string]struct {
		kind  handoff.FHIRTaskKind
		state string
	}{
		"ReferralManagementOrderFulfillmentAcceptedExample":  {handoff.TaskReferral, handoff.Acknowledged},
		"ReferralManagementOrderFulfillmentCompletedExample": {handoff.TaskReferral, handoff.Connected},
		"ReferralManagementOrderSubtaskAcceptedExample":      {handoff.TaskPart, handoff.Acknowledged},
		"ReferralManagementOrderSubtaskCompletedExample":     {handoff.TaskPart, handoff.Connected},
		"PatientInformationRequestCompletedExample":          {handoff.TaskPatient, handoff.Connected},
		"PatientMakeAppointmentCompletedExample":             {handoff.TaskPatient, handoff.Connected},
		"PatientReviewInformationCompletedExample":           {handoff.TaskPatient, handoff.Connected},
		"PatientRiskQuestionnaireCompletedExample":           {handoff.TaskPatient, handoff.Connected},
	}
	all := gravity(t, "Task-SDOHCC-Task")
	if len(all) != len(want) {
		t.Errorf("%d files", len(all))
	}
	for name, text := range all {
		got, issues := handoff.ReadFHIRTask(text)
		if got.Kind != want[name].kind || got.State != want[name].state || len(issues) > 0 {
			t.Errorf("%s: %+v, %v", name, got, issues)
		}
		if (got.Kind.LeftWord() == "") != strings.HasPrefix(name, "Referral") {
			t.Errorf("%s: %q", name, got.Kind.LeftWord())
		}
	}
}

func TestWhatIsReadOfAReferral(t *testing.T) {
	task, _ := handoff.ReadFHIRTask(gravity(t, "Task-SDOHCC-TaskReferralManagementOrderFulfillmentC")["ompletedExample"])
	want := handoff.FHIRTask{
		Kind: handoff.TaskReferral, Source: "Task/SDOHCC-TaskReferralManagementOrderFulfillmentCompletedExample",
		Status: "completed", State: handoff.Connected, Code: "fulfill",
		Service: "ServiceRequest/SDOHCC-ServiceRequestActiveFoodPantryApplicationAssistExample", Patient: "Patient/pat-53234",
		Requester: "PractitionerRole/SDOHCC-PractitionerRoleDrJanWaterExample", Owner: "Organization/SDOHCC-OrganizationCoordinationPlatformExample",
		AuthoredOn: time.Date(2020, 9, 11, 21, 56, 54, 671e6, time.UTC), NotKept: []string{"text", "output"},
	}
	if !reflect.DeepEqual(task, want) {
		t.Errorf("got %+v\nwant %+v", task, want)
	}
	requests := gravity(t, "ServiceRequest-SDOHCC-")
	for name, text := range requests {
		s, issues := handoff.ReadFHIRServiceRequest(text)
		if len(issues) > 0 || s.Patient != "Patient/pat-53234" || !strings.HasPrefix(s.What, "Assistance with application for") || s.Urgent {
			t.Errorf("%s: %+v, %v", name, s, issues)
		}
		if len(handoff.SamePerson(task, s)) != 0 {
			t.Errorf("%s: is for another person", name)
		}
	}
	other, _ := handoff.ReadFHIRServiceRequest([]byte(strings.ReplaceAll(string(requests["ServiceRequestSubreferralGardenProgramExample"]), "pat-53234", "pat-9")))
	if len(handoff.SamePerson(task, other)) != 1 {
		t.Error("a request for someone else was taken")
	}
}

func TestOtherGravityFilesAreLeftAlone(t *testing.T) {
	text, err := os.ReadFile("testdata/fhir/gravity/rest.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	_, sum := mustRead(t, text)
	if sum.Read != 10 || sum.Left() != 10 {
		t.Errorf("%+v", sum)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if got, issues := handoff.ReadFHIRTask([]byte(line)); len(issues) == 0 || got.Kind != handoff.TaskOther {
			t.Errorf("%.60s was read as a Task", line)
		}
	}
}

// taskChange is one thing done to a Task. refused is the element that a
// referral is refused for; "" when it is taken.
type taskChange struct {
	name    string
	do      func(map[string]any)
	refused string
}

func set(key string, value any) func(map[string]any) {
	return func(m map[string]any) {
		if value == nil {
			delete(m, key)
			return
		}
		m[key] = value
	}
}

func to(reference string) any { return map[string]any{"reference": reference} }

func taskChanges() []taskChange {
	return []taskChange{
		{"status gone", set("status", nil), "Task.status"},
		{"status empty", set("status", ""), "Task.status"},
		{"status unknown", set("status", "done"), "Task.status"},
		{"status a number", set("status", 5), "Task.status"},
		{"intent gone", set("intent", nil), "Task.intent"},
		{"intent a plan", set("intent", "plan"), "Task.intent"},
		{"intent a proposal", set("intent", "proposal"), "Task.intent"},
		{"intent an original order", set("intent", "original-order"), "Task.intent"},
		{"intent in capitals", set("intent", "Order"), "Task.intent"},
		{"code gone", set("code", nil), "Task.code"},
		{"code empty", set("code", map[string]any{}), "Task.code"},
		{"code a text", set("code", "fulfill"), "Task.code"},
		{"focus gone", set("focus", nil), "Task.focus"},
		{"focus a name only", set("focus", map[string]any{"display": "x"}), "Task.focus"},
		{"focus a patient", set("focus", to("Patient/1")), "Task.focus"},
		{"focus contained, not there", set("focus", to("#x")), "Task.focus.reference"},
		{"for gone", set("for", nil), "Task.for"},
		{"for a group", set("for", to("Group/1")), "Task.for"},
		{"for a group by type", set("for", map[string]any{"reference": "urn:uuid:1", "type": "Group"}), "Task.for"},
		{"for a list", set("for", []any{to("Patient/1")}), "Task.for"},
		{"requester gone", set("requester", nil), "Task.requester"},
		{"requester empty", set("requester", map[string]any{}), "Task.requester"},
		{"authoredOn gone", set("authoredOn", nil), "Task.authoredOn"},
		{"authoredOn in month 13", set("authoredOn", "2020-13-11T21:56:54Z"), "Task.authoredOn"},
		{"authoredOn on 30 February", set("authoredOn", "2020-02-30"), "Task.authoredOn"},
		{"authoredOn without a zone", set("authoredOn", "2020-02-03T10:00:00"), "Task.authoredOn"},
		{"two values in an input", set("input", []any{map[string]any{"type": map[string]any{"text": "x"}, "valueString": "a", "valueCode": "b"}}), "Task.input[0].value[x]"},
		{"another resource", set("resourceType", "Observation"), "resourceType"},
		{"no resource", set("resourceType", nil), "resourceType"},
		{"partOf not a list", set("partOf", to("Task/1")), "Task.partOf"},
		{"owner gone", set("owner", nil), ""},
		{"a day is enough", set("authoredOn", "2020-02-03"), ""},
		{"for by number", set("for", map[string]any{"identifier": map[string]any{"system": "s", "value": "1"}}), ""},
		{"focus on a server", set("focus", to("https://a.example/fhir/ServiceRequest/1/_history/2")), ""},
		{"code in words", set("code", map[string]any{"text": "please"}), ""},
		{"status draft", set("status", "draft"), ""},
		{"something new", set("somethingNew", map[string]any{"a": 1}), ""},
	}
}

func TestThirtyMutationsOfEachTask(t *testing.T) {
	for name, text := range gravity(t, "Task-SDOHCC-Task") {
		for _, c := range taskChanges() {
			var m map[string]any
			if err := json.Unmarshal(text, &m); err != nil {
				t.Fatal(err)
			}
			c.do(m)
			changed, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			got, issues := handoff.ReadFHIRTask(changed)
			if strings.HasPrefix(name, "Referral") {
				checkIssues(t, name+", "+c.name, issues, c.refused)
			}
			if len(issues) > 0 && got.Status != "" {
				t.Errorf("%s, %s: refused and read: %+v", name, c.name, got)
			}
		}
	}
}

func checkIssues(t *testing.T, name string, issues []handoff.FHIRIssue, expression string) {
	t.Helper()
	switch {
	case expression == "" && len(issues) > 0:
		t.Errorf("%s: refused with %v", name, issues)
	case expression != "" && (len(issues) != 1 || issues[0].Expression != expression):
		t.Errorf("%s: %v, want one for %s", name, issues, expression)
	case expression == "":
		return
	}
	for _, i := range issues {
		if i.Code == "" || i.Details == "" || strings.Contains(i.String(), "ABBAS") {
			t.Errorf("%s: %q", name, i)
		}
	}
}

func TestARequestWithoutWhatItNeeds(t *testing.T) {
	text := gravity(t, "ServiceRequest-SDOHCC-ServiceRequestActive")["FoodPantryApplicationAssistExample"]
	for key, want := range map[string]string{"status": "ServiceRequest.status", "intent": "ServiceRequest.intent", "subject": "ServiceRequest.subject", "code": "ServiceRequest.code", "resourceType": "resourceType"} {
		out, err := fhir.Patch(text, fhir.Change{Name: key})
		if err != nil {
			t.Fatal(err)
		}
		_, issues := handoff.ReadFHIRServiceRequest(out)
		checkIssues(t, key, issues, want)
	}
	urgent, err := fhir.Patch(text, fhir.Change{Name: "priority", Value: "urgent"}, fhir.Change{Name: "authoredOn", Value: "2020-13-01"})
	if err != nil {
		t.Fatal(err)
	}
	_, issues := handoff.ReadFHIRServiceRequest(urgent)
	checkIssues(t, "month 13", issues, "ServiceRequest.authoredOn")
}

func TestSpecificationTasksAreNotReferrals(t *testing.T) {
	text, err := os.ReadFile("../../platform/fhir/testdata/r4-examples.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, line := range strings.Split(string(text), "\n") {
		if !strings.HasPrefix(line, `{"resourceType":"Task"`) {
			continue
		}
		n++
		if got, issues := handoff.ReadFHIRTask([]byte(line)); got.Kind != handoff.TaskOther || len(issues) > 0 {
			t.Errorf("%.80s: %v, %v", line, got.Kind, issues)
		}
	}
	if n != 12 {
		t.Errorf("%d tasks", n)
	}
}

// A task without a profile is a referral when it asks to fulfill a request.
func TestAReferralWithoutAProfile(t *testing.T) {
	text := gravity(t, "Task-SDOHCC-TaskReferralManagementOrderFulfillmentA")["cceptedExample"]
	bare, err := fhir.Patch(text, fhir.Change{Name: "meta"})
	if err != nil {
		t.Fatal(err)
	}
	if got, issues := handoff.ReadFHIRTask(bare); got.Kind != handoff.TaskReferral || len(issues) > 0 {
		t.Errorf("%+v, %v", got, issues)
	}
	versioned := strings.Replace(string(text), "SDOHCC-TaskForReferralManagement\"", "SDOHCC-TaskForReferralManagement|2.2.0\"", 1)
	if got, _ := handoff.ReadFHIRTask([]byte(versioned)); got.Kind != handoff.TaskReferral {
		t.Errorf("%+v", got)
	}
}

// What we write back says no more than the status page does, can be read again
// as the same state, and leaves the rest of the task as it came.
func TestAnswerIsReadBackAsTheSameState(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	for name, text := range gravity(t, "Task-SDOHCC-TaskReferral") {
		for _, c := range []struct{ stage, later, status string }{
			{handoff.Requested, "", "received"},
			{handoff.Acknowledged, "", "accepted"},
			{handoff.OnTheWay, "", "in-progress"},
			{handoff.Met, "", "in-progress"},
			{handoff.NotNow, "", "on-hold"},
			{handoff.Met, handoff.Introduced, "in-progress"},
			{handoff.Met, handoff.Connected, "completed"},
		} {
			shown, status := handoff.Status{Stage: c.stage, Later: c.later}, c.status
			answer := handoff.TaskAnswer{Shown: shown, At: at, Output: "Procedure/1"}
			out, err := handoff.AnswerTask(text, answer)
			if err != nil {
				t.Fatal(err)
			}
			want := shown.Stage
			if shown.Later != "" {
				want = shown.Later
			}
			got, issues := handoff.ReadFHIRTask(out)
			if got.State != want || got.Status != status || len(issues) > 0 {
				t.Errorf("%s: %+v became %+v, %v", name, c, got, issues)
			}
			if strings.Contains(string(out), "Procedure/1") != (shown.Later != "") {
				t.Errorf("%s: %+v: what came of it is told or kept wrongly", name, c)
			}
			again, err := handoff.AnswerTask(out, handoff.TaskAnswer{Shown: shown, At: at.Add(time.Hour), Output: "Procedure/1"})
			if err != nil || string(again) != string(out) {
				t.Errorf("%s: %+v: the same answer changed the task: %v", name, c, err)
			}
			checkRest(t, name, text, out)
		}
	}
	if _, err := handoff.AnswerTask([]byte(`{"resourceType":"Task"}`), handoff.TaskAnswer{}); err == nil {
		t.Error("an answer without a stage was written")
	}
}

// checkRest compares all that an answer does not speak of.
func checkRest(t *testing.T, name string, before, after []byte) {
	t.Helper()
	var a, b map[string]any
	if json.Unmarshal(before, &a) != nil || json.Unmarshal(after, &b) != nil {
		t.Fatal("not JSON")
	}
	if list, ok := a["output"].([]any); ok && !reflect.DeepEqual(list, b["output"].([]any)[:len(list)]) {
		t.Errorf("%s: an output was lost", name)
	}
	for _, m := range []map[string]any{a, b} {
		maps.DeleteFunc(m, func(k string, _ any) bool {
			return k == "status" || k == "businessStatus" || k == "lastModified" || k == "output"
		})
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%s: the rest changed", name)
	}
}

// Another system may move the status on without touching our businessStatus:
// then the status counts.
func TestAnOldStageDoesNotCount(t *testing.T) {
	text := gravity(t, "Task-SDOHCC-TaskReferralManagementOrderFulfillmentA")["cceptedExample"]
	out, err := handoff.AnswerTask(text, handoff.TaskAnswer{Shown: handoff.Status{Stage: handoff.OnTheWay}, At: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if out, err = fhir.Patch(out, fhir.Change{Name: "status", Value: "cancelled"}); err != nil {
		t.Fatal(err)
	}
	if got, _ := handoff.ReadFHIRTask(out); got.State != handoff.Closed {
		t.Errorf("%+v", got)
	}
}

func TestIssuesAreAnOperationOutcome(t *testing.T) {
	_, issues := handoff.ReadFHIRTask([]byte(`{"resourceType":"Task","meta":{"profile":["x/SDOHCC-TaskForReferralManagement"]},"intent":"plan"}`))
	out := handoff.FHIROutcome(issues)
	if len(issues) != 7 || len(out.Issue) != 7 || out.Issue[0].Severity != "error" || out.Issue[0].Code != "required" || out.Issue[0].Expression[0] != "Task.status" {
		t.Errorf("%v, %+v", issues, out)
	}
	if issues[6].String() != "error business-rule Task.intent: is not order" {
		t.Errorf("%q", issues[6])
	}
}
