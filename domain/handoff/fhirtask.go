package handoff

import (
	"slices"
	"strings"
	"time"

	"alongside/platform/fhir"
)

// The closed loop with a hospital's or a network's system goes by two FHIR
// resources, as HL7's SDOH Clinical Care guide (Gravity) has them: a
// ServiceRequest says what is asked for, a Task says that someone is to do it
// and how far it is. The functions here read and answer them; they hold and
// send nothing.

// FHIRTaskKind is what a Task is for.
type FHIRTaskKind string

// The kinds. Only a referral and a part of one can become a hand-off; the
// others are left alone, with LeftWord to say so.
const (
	TaskReferral FHIRTaskKind = "referral"
	TaskPart     FHIRTaskKind = "part"    // a referral that someone passed on a share of
	TaskPatient  FHIRTaskKind = "patient" // something the patient is to do: a form, a call
	TaskOther    FHIRTaskKind = "other"
)

// LeftWord says why a task of this kind is left alone, or "" when it is not.
func (k FHIRTaskKind) LeftWord() string {
	switch k {
	case TaskPatient:
		return "Task: for the patient to do"
	case TaskOther:
		return "Task: not a referral"
	}
	return ""
}

// FHIRTask is what is held of a Task.
type FHIRTask struct {
	Kind       FHIRTaskKind
	Source     string // the same for this task each time it is read; personal
	Status     string // FHIR's own, such as accepted
	State      string // our state, see fhirtaskstate.go; "" for one that asks for nothing
	Ours       bool   // it carries our own answer, unchanged since
	Reason     string // statusReason, in the sender's words; personal
	Code       string // fulfill, or approve
	Service    string // focus: the ServiceRequest
	Patient    string // for
	Requester  string
	Owner      string
	PartOf     []string
	AuthoredOn time.Time
	ModifiedAt time.Time // lastModified, else meta.lastUpdated; zero when neither tells a time
	NotKept    []string  // elements that are not held; Answer keeps them all the same
}

const (
	referralProfile = "/SDOHCC-TaskForReferralManagement"
	patientProfile  = "/SDOHCC-TaskForPatient"
	taskCodes       = "http://hl7.org/fhir/CodeSystem/task-code"
)

// ReadFHIRTask reads a Task. When there are issues, it was refused and the
// FHIRTask holds no more than its kind.
func ReadFHIRTask(resource []byte) (FHIRTask, []FHIRIssue) {
	var t fhir.Task
	if err := fhir.Decode(resource, &t); err != nil {
		return FHIRTask{Kind: TaskOther}, []FHIRIssue{faultIssue("Task", err)}
	}
	if t.ResourceType != "Task" {
		return FHIRTask{Kind: TaskOther}, []FHIRIssue{{Code: "structure", Expression: "resourceType", Details: "is not Task"}}
	}
	out := FHIRTask{Kind: taskKind(&t)}
	var issues []FHIRIssue
	for _, f := range fhir.Check(resource) {
		issues = append(issues, FHIRIssue{Code: "value", Expression: "Task." + f.Place, Details: f.Reason})
	}
	issues = append(issues, baseIssues(&t)...)
	if out.Kind == TaskReferral || out.Kind == TaskPart {
		issues = append(issues, referralIssues(&t)...)
	}
	if len(issues) > 0 {
		return out, issues
	}
	out.fill(&t)
	out.NotKept = notKept(resource)
	return out, nil
}

// taskKind goes by the profile that the sender claims, and without one by the
// code and what the task is about.
func taskKind(t *fhir.Task) FHIRTaskKind {
	referral := claims(t.Meta, referralProfile)
	if !referral && !claims(t.Meta, patientProfile) {
		referral = taskCode(t) != "" && !isOtherType(t.Focus, "ServiceRequest")
	}
	switch {
	case referral && len(t.PartOf) > 0:
		return TaskPart
	case referral:
		return TaskReferral
	case claims(t.Meta, patientProfile):
		return TaskPatient
	}
	return TaskOther
}

func claims(m *fhir.Meta, profile string) bool {
	return m != nil && slices.ContainsFunc(m.Profile, func(p string) bool {
		bare, _, _ := strings.Cut(p, "|")
		return strings.HasSuffix(bare, profile)
	})
}

// taskCode is fulfill or approve, or "".
func taskCode(t *fhir.Task) string {
	if t.Code == nil {
		return ""
	}
	for _, c := range t.Code.Coding {
		if c.System == taskCodes && (c.Code == "fulfill" || c.Code == "approve") {
			return c.Code
		}
	}
	return ""
}

func (out *FHIRTask) fill(t *fhir.Task) {
	out.Source = identifierKey(t.Identifier, nil)
	if out.Source == "" {
		out.Source = "Task/" + t.ID
	}
	out.Status, out.Code = t.Status, taskCode(t)
	out.State, out.Ours = stateOfTask(t), ourStage(t) != ""
	if t.StatusReason != nil {
		out.Reason = conceptText(t.StatusReason)
	}
	out.Service, out.Patient = pointsTo(t.Focus), pointsTo(t.For)
	out.Requester, out.Owner = pointsTo(t.Requester), pointsTo(t.Owner)
	for _, p := range t.PartOf {
		out.PartOf = append(out.PartOf, pointsTo(&p))
	}
	out.AuthoredOn, _, _ = fhir.Time(t.AuthoredOn)
	out.ModifiedAt = modified(t)
}

// modified is when this version of a task was made, to the second or better.
func modified(t *fhir.Task) time.Time {
	texts := []string{t.LastModified}
	if t.Meta != nil {
		texts = append(texts, t.Meta.LastUpdated)
	}
	for _, text := range texts {
		if at, p, says := fhir.Time(text); text != "" && says == "" && p == fhir.Second {
			return at
		}
	}
	return time.Time{}
}

// pointsTo is a reference as text: where it points, or the identifier it names.
func pointsTo(r *fhir.Reference) string {
	switch {
	case r == nil:
		return ""
	case r.Reference != "":
		return r.Reference
	case r.Identifier != nil && r.Identifier.Value != "":
		return identifierKey([]fhir.Identifier{*r.Identifier}, nil)
	}
	return ""
}

func conceptText(c *fhir.CodeableConcept) string {
	if c.Text != "" || len(c.Coding) == 0 {
		return c.Text
	}
	if c.Coding[0].Display != "" {
		return c.Coding[0].Display
	}
	return c.Coding[0].Code
}

// notKept names the elements that a FHIRTask has no place for.
func notKept(resource []byte) []string {
	return elementsBut(resource, "resourceType", "id", "meta", "identifier", "status", "statusReason", "businessStatus", "intent", "code",
		"focus", "for", "requester", "owner", "partOf", "authoredOn", "lastModified")
}

// elementsBut names the elements of a resource that was read before, but those.
// A name that FHIR could not have is not repeated: it might be anything.
func elementsBut(resource []byte, held ...string) []string {
	names, _ := fhir.Elements(resource)
	var out []string
	for _, n := range names {
		if strings.Trim(n, "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || len(n) > 40 {
			n = "an element with a name that FHIR has not"
		}
		if !slices.Contains(held, n) && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
