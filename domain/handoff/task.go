package handoff

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Task is the FHIR Task that a hand-off came in by, as its sender wrote it last.
type Task struct {
	Handoff    ref.Handoff
	Person     ref.Person
	Body       string // the resource, in JSON; holds whatever the sender put into it
	TextKey    []byte // mark of Body: the same text again is nothing new
	NameKey    []byte // mark of the name it goes by
	PartKey    []byte // mark of the name of the one it is a part of; empty for a whole one
	ReceivedAt time.Time
	ModifiedAt time.Time // by its sender's clock; zero when it does not say
	Version    int64
}

// Tasks says what a Task's record holds.
func Tasks() *field.Record[Task] {
	return field.Define("handoff_task",
		field.Keys[Task]{
			ID: []string{"handoff"}, Subject: func(t *Task) string { return string(t.Person) },
			Title: i18n.Text{EN: "What another system sent about you", ES: "Lo que otro sistema envió sobre usted", AR: "ما أرسله نظام آخر عنك"},
		},
		field.Field[Task]{Column: "handoff", Kind: field.Ref, At: func(t *Task) any { return &t.Handoff }},
		field.Field[Task]{Column: "person", Kind: field.Ref, At: func(t *Task) any { return &t.Person }},
		field.Field[Task]{
			Column: "body", Kind: field.Long, Sealed: true, Others: true, See: []string{"coordinator", "operator"}, FHIR: "Task",
			Label: i18n.Text{EN: "The request as another system sent it", ES: "La petición tal como la envió otro sistema", AR: "الطلب كما أرسله نظام آخر"},
			At:    func(t *Task) any { return &t.Body },
		},
		field.Field[Task]{Column: "text_key", Kind: field.Digest, At: func(t *Task) any { return &t.TextKey }},
		field.Field[Task]{Column: "name_key", Kind: field.Digest, At: func(t *Task) any { return &t.NameKey }},
		field.Field[Task]{Column: "part_key", Kind: field.Digest, At: func(t *Task) any { return &t.PartKey }},
		field.Field[Task]{
			Column: "received_at", Kind: field.Instant,
			Label: i18n.Text{EN: "When it was read in", ES: "Cuándo se leyó", AR: "متى قُرئ"},
			At:    func(t *Task) any { return &t.ReceivedAt },
		},
		field.Field[Task]{
			Column: "modified_at", Kind: field.Instant, FHIR: "Task.lastModified",
			Label: i18n.Text{EN: "When its sender last changed it", ES: "Cuándo lo cambió quien lo envió", AR: "متى غيّره المرسل آخر مرة"},
			At:    func(t *Task) any { return &t.ModifiedAt },
		},
		field.Field[Task]{Column: "version", Kind: field.Version, At: func(t *Task) any { return &t.Version }},
	)
}

// taskOf is the record of a referral that is a hand-off.
func taskOf(tx *db.Tx, h Handoff, f FHIRReferral) Task {
	return Task{
		Handoff: h.ID, Person: h.Person, Body: string(f.Text), TextKey: act(tx, "task-text", string(f.Text)),
		NameKey: taskMark(tx, f.Name), PartKey: taskMark(tx, f.PartOf), ReceivedAt: tx.Now(), ModifiedAt: f.Task.ModifiedAt.UTC(),
	}
}

// taskMark is the mark of the name a Task goes by; no name has none.
func taskMark(tx *db.Tx, name string) []byte {
	if name == "" {
		return []byte{}
	}
	return act(tx, "task-name", name)
}
