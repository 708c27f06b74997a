package handoff

import (
	"slices"
	"strings"

	"alongside/platform/fhir"
)

// FHIRIssue is one line of an OperationOutcome: why a resource is refused.
// Nothing in it is personal.
type FHIRIssue struct {
	Code       string // of FHIR's IssueType: required, value, structure, business-rule
	Expression string // the element, such as Task.focus
	Details    string // why, in plain words
}

// String is the issue as a line of a report.
func (i FHIRIssue) String() string {
	return "error " + i.Code + " " + i.Expression + ": " + i.Details
}

// FHIROutcome makes the resource to answer with.
func FHIROutcome(issues []FHIRIssue) fhir.OperationOutcome {
	out := fhir.OperationOutcome{ResourceType: "OperationOutcome"}
	for _, i := range issues {
		out.Issue = append(out.Issue, fhir.OperationOutcomeIssue{
			Severity: "error", Code: i.Code, Expression: []string{i.Expression},
			Details: &fhir.CodeableConcept{Text: i.Expression + " " + i.Details},
		})
	}
	return out
}

func faultIssue(resource string, err error) FHIRIssue {
	f, _ := fhir.FaultOf(err)
	return FHIRIssue{Code: "structure", Expression: strings.TrimSuffix(resource+"."+f.Place, "."), Details: f.Reason}
}

// mustHave is one element that a resource must have.
type mustHave struct {
	element string
	there   bool
}

func missing(resource string, needs []mustHave) []FHIRIssue {
	var out []FHIRIssue
	for _, n := range needs {
		if !n.there {
			out = append(out, FHIRIssue{"required", resource + "." + n.element, "is missing"})
		}
	}
	return out
}

// baseIssues checks what FHIR R4 asks of every Task: a status and an intent,
// each one that R4 has, and a last change (its rule inv-1) that is not before
// the first.
func baseIssues(t *fhir.Task) []FHIRIssue {
	out := missing("Task", []mustHave{{"status", t.Status != ""}, {"intent", t.Intent != ""}})
	if t.Status != "" && !slices.ContainsFunc(taskStatuses(), func(s taskStatus) bool { return s.status == t.Status }) {
		out = append(out, FHIRIssue{"value", "Task.status", "is not one that FHIR R4 has"})
	}
	if t.Intent != "" && !slices.Contains(taskIntents(), t.Intent) {
		out = append(out, FHIRIssue{"value", "Task.intent", "is not one that FHIR R4 has"})
	}
	begun, p, says := fhir.Time(t.AuthoredOn)
	changed, q, saysToo := fhir.Time(t.LastModified)
	if says == "" && saysToo == "" && p == fhir.Second && q == fhir.Second && changed.Before(begun) {
		out = append(out, FHIRIssue{"business-rule", "Task.lastModified", "is before Task.authoredOn"})
	}
	return out
}

// taskIntents are R4's codes for Task.intent.
func taskIntents() []string {
	return []string{"unknown", "proposal", "plan", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option"}
}

// referralIssues checks what Gravity's profile for referral management asks
// for beyond that: five elements more, and an intent of order.
func referralIssues(t *fhir.Task) []FHIRIssue {
	out := missing("Task", []mustHave{
		{"code", t.Code != nil && conceptText(t.Code) != ""},
		{"focus", pointsTo(t.Focus) != ""},
		{"for", pointsTo(t.For) != ""},
		{"authoredOn", t.AuthoredOn != ""},
		{"requester", pointsTo(t.Requester) != ""},
	})
	if t.Intent != "order" && slices.Contains(taskIntents(), t.Intent) {
		out = append(out, FHIRIssue{"business-rule", "Task.intent", "is not order"})
	}
	if isOtherType(t.Focus, "ServiceRequest") {
		out = append(out, FHIRIssue{"business-rule", "Task.focus", "is not a ServiceRequest"})
	}
	if isOtherType(t.For, "Patient") {
		out = append(out, FHIRIssue{"business-rule", "Task.for", "is not a Patient"})
	}
	return out
}

// isOtherType reports that a reference names a type and that it is not this one.
func isOtherType(r *fhir.Reference, kind string) bool {
	if r == nil {
		return false
	}
	said, written := r.Type, writtenType(r.Reference)
	return said != "" && said != kind || written != "" && written != kind
}

// writtenType is the type in a reference such as Patient/1, or "".
func writtenType(reference string) string {
	parts := strings.Split(reference, "/")
	for i, p := range parts[:len(parts)-1] {
		if fhir.IsResource(p) && parts[i+1] != "" {
			return p
		}
	}
	return ""
}
