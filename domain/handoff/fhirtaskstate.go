package handoff

import (
	"bytes"
	"slices"
	"time"

	"alongside/platform/fhir"
)

// stageSystem is the address of our own stages in Task.businessStatus.
const stageSystem = "urn:alongside:hand-off"

// gravityCodes is where the guide keeps the kinds of a Task's output.
const gravityCodes = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"

// taskStatus is one row: a status of FHIR's Task and the state it means here
// when a task with it comes in. "" means that it asks for nothing.
type taskStatus struct{ status, state string }

// taskStatuses reads what others write. A status tells less than our states
// do; where the task carries our own businessStatus, that says more.
func taskStatuses() []taskStatus {
	return []taskStatus{
		{"draft", ""},
		{"requested", Requested},
		{"received", Requested},
		{"accepted", Acknowledged},
		{"ready", Acknowledged},
		{"in-progress", Acknowledged},
		{"on-hold", NotNow},
		{"completed", Connected},
		{"rejected", Closed},
		{"cancelled", Closed},
		{"failed", Closed},
		{"entered-in-error", ""},
	}
}

// shownStage is one row: what whoever asked may see (Status.Stage, or
// Status.Later) and how a Task says it.
type shownStage struct{ stage, status, text string }

// shownStages is what we write. It knows only what the status page shows, so
// that a system learns no more than a nurse: after they met, everything looks
// the same unless the person agreed to more.
func shownStages() []shownStage {
	return []shownStage{
		{Unconfirmed, "received", "Not yet asked"},
		{Held, "received", "Kept until someone looks"},
		{Requested, "received", "Waiting for a peer"},
		{Acknowledged, "accepted", "A peer said yes"},
		{OnTheWay, "in-progress", "On the way"},
		{NotFound, "in-progress", "Not found yet"},
		{Met, "in-progress", "Together"},
		{NotNow, "on-hold", "Not now"},
		{Introduced, "in-progress", "Introduced to a service"},
		{Connected, "completed", "Arrived at a service"},
	}
}

func stateOfTask(t *fhir.Task) string {
	if stage := ourStage(t); stage != "" {
		return stage
	}
	return stateOfStatus(t.Status)
}

func stateOfStatus(status string) string {
	for _, row := range taskStatuses() {
		if row.status == status {
			return row.state
		}
	}
	return ""
}

// ourStage is the stage that we wrote, if the status still agrees with it.
func ourStage(t *fhir.Task) string {
	if t.BusinessStatus == nil {
		return ""
	}
	for _, c := range t.BusinessStatus.Coding {
		if c.System == stageSystem && agrees(c.Code, t.Status) {
			return c.Code
		}
	}
	return ""
}

// agrees reports that our stage is still the one the status was written with.
func agrees(stage, status string) bool {
	for _, row := range shownStages() {
		if row.stage == stage && row.status == status {
			return true
		}
	}
	return false
}

// TaskAnswer is what goes back to whoever asked.
type TaskAnswer struct {
	Shown  Status    // what they may see
	At     time.Time // now
	Output string    // a reference to what came of it, such as Procedure/…; empty says it by a code. Only with Later
	Notice string    // the law's words that go with what is told under a consent; only with Later
}

// AnswerTask writes our status into a Task as it came in. All else in it stays
// as it was. An answer that says nothing new leaves it untouched.
func AnswerTask(task []byte, a TaskAnswer) ([]byte, error) {
	stage := a.Shown.Stage
	if a.Shown.Later != "" {
		stage = a.Shown.Later
	}
	var t fhir.Task
	if err := fhir.Decode(task, &t); err != nil {
		return nil, err
	}
	more := append(output(&t, a), notice(task, a)...)
	if stage != "" && len(more) == 0 && ourStage(&t) == stage {
		return task, nil
	}
	for _, row := range shownStages() {
		if row.stage != stage {
			continue
		}
		changes := []fhir.Change{
			{Name: "status", Value: row.status},
			{Name: "businessStatus", Value: stageConcept(stage)},
			{Name: "lastModified", Value: changedAt(&t, a.At)},
		}
		return fhir.Patch(task, append(changes, more...)...)
	}
	return nil, fhir.Fault{Place: "Task.status", Reason: "there is no stage to show"}
}

// changedAt is when an answer was given, and never before the Task was made,
// whatever the sender's clock said.
func changedAt(t *fhir.Task, at time.Time) string {
	if begun, _, says := fhir.Time(t.AuthoredOn); says == "" && begun.After(at) {
		return t.AuthoredOn
	}
	return at.UTC().Format(time.RFC3339)
}

// notice adds the law's words as a note, once, where something is told under a
// consent.
func notice(task []byte, a TaskAnswer) []fhir.Change {
	if a.Shown.Later == "" || a.Notice == "" || bytes.Contains(task, []byte(a.Notice)) {
		return nil
	}
	return []fhir.Change{{Name: "note", Append: true, Value: map[string]string{"text": a.Notice}}}
}

// output adds what came of it, once, and only when it may be told.
func output(t *fhir.Task, a TaskAnswer) []fhir.Change {
	if a.Shown.Later == "" {
		return nil
	}
	out := &fhir.TaskOutput{Type: &fhir.CodeableConcept{Coding: []fhir.Coding{{
		System: gravityCodes, Code: "resulting-activity", Display: "Resulting Activity",
	}}}}
	if a.Output != "" {
		out.ValueReference = &fhir.Reference{Reference: a.Output}
	} else {
		out.ValueCodeableConcept = stageConcept(a.Shown.Later)
	}
	if slices.ContainsFunc(t.Output, func(o fhir.TaskOutput) bool { return sameOutput(o, out) }) {
		return nil
	}
	return []fhir.Change{{Name: "output", Append: true, Value: out}}
}

func sameOutput(o fhir.TaskOutput, with *fhir.TaskOutput) bool {
	if with.ValueReference != nil {
		return pointsTo(o.ValueReference) == with.ValueReference.Reference
	}
	c := o.ValueCodeableConcept
	return c != nil && slices.Contains(c.Coding, with.ValueCodeableConcept.Coding[0])
}

// stageConcept is a stage as FHIR says it.
func stageConcept(stage string) *fhir.CodeableConcept {
	i := slices.IndexFunc(shownStages(), func(row shownStage) bool { return row.stage == stage })
	if i < 0 {
		return nil
	}
	return &fhir.CodeableConcept{Coding: []fhir.Coding{{System: stageSystem, Code: stage, Display: shownStages()[i].text}}}
}

// fileSteps are the steps that a Task of this status asks for where a hand-off
// stands in state; none when it says nothing that is not so already. Whether a
// file may take them is the flow's to say.
func fileSteps(status, state string) []string {
	over := state == NotNow || state == Closed
	arrived := lane(state) == LaneAfter
	switch want := stateOfStatus(status); {
	case want == state, want == "" && state == Closed, want == Connected && arrived:
		return nil
	case want == "", want == Closed:
		return []string{StepClose}
	case want == NotNow:
		return []string{StepNotNow}
	case want == Connected && state == Unconfirmed:
		return []string{StepElsewhere, StepShown}
	case want == Connected:
		return []string{StepShown}
	case want == Acknowledged && state == Unconfirmed:
		return []string{StepElsewhere}
	case over:
		return []string{StepReopen}
	}
	return nil
}
