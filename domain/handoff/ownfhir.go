package handoff

import (
	"encoding/json"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// OwnTasks are a person's hand-offs as FHIR Tasks, R4, for that person: how each
// stands, since when, and in which language, and nothing that others said. It
// owes a look at them.
func (s *Service) OwnTasks(tx *db.Tx, person ref.Person) ([]json.RawMessage, error) {
	all, err := s.handoffs.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY handoff", person)
	if err != nil {
		return nil, errs.Wrap("handoff: own tasks", err)
	}
	var out []json.RawMessage
	for _, h := range all {
		b, err := json.Marshal(ownTask(h))
		if err != nil {
			return nil, errs.Wrap("handoff: own tasks", err)
		}
		out = append(out, b)
	}
	return out, nil
}

type taskText struct {
	Text string `json:"text"`
}

type taskRef struct {
	Reference string `json:"reference"`
}

type ownFHIR struct {
	ResourceType   string   `json:"resourceType"`
	ID             string   `json:"id"`
	Status         string   `json:"status"`
	BusinessStatus taskText `json:"businessStatus"`
	Intent         string   `json:"intent"`
	Code           taskText `json:"code"`
	For            taskRef  `json:"for"`
	AuthoredOn     string   `json:"authoredOn,omitempty"`
}

func ownTask(h Handoff) ownFHIR {
	t := ownFHIR{
		ResourceType: "Task", ID: string(h.ID), Status: "in-progress", Intent: "order",
		BusinessStatus: taskText{stateInEnglish(h.State)}, Code: taskText{"Warm hand-off to a peer"}, For: taskRef{"Patient/" + string(h.Person)},
	}
	for _, row := range shownStages() {
		if row.stage == taskStage(h) {
			t.Status = row.status
		}
	}
	if h.State == Closed {
		t.Status = "completed"
	}
	if !h.RequestedAt.IsZero() {
		t.AuthoredOn = h.RequestedAt.UTC().Format(time.RFC3339)
	}
	return t
}

func stateInEnglish(state string) string {
	for _, o := range stateOptions() {
		if o.Value == state {
			return o.Label.EN
		}
	}
	return state
}
