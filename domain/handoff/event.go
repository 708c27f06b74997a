package handoff

import (
	"strconv"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Event is one thing that happened on a hand-off. Events are added and never
// changed; Seq is their order, whatever the clock said.
type Event struct {
	Handoff     ref.Handoff
	Seq         int64
	Person      ref.Person
	Step        string
	From        string
	To          string
	At          time.Time // when it happened, as far as anyone knows
	RecordedAt  time.Time // when it was written down; never before the event before it
	Actor       string
	Role        string
	Peer        ref.Account
	Destination ref.Destination
	Consent     ref.Consent
	Expected    time.Time
	Slot        time.Time // when the service expects the person
	Value       string    // the choice that the step asked for: a reason, a mode, a source
	Contact     string
	Present     int64
	There       []string // who was there, besides the person and the peer
	Corrects    int64    // Seq of the event that this one puts right; 0 for none
	About       string   // which answer of it; empty for its time or words alone
	ValueWas    string   // the choice that stood there; the right one is the Value
	Was         string   // the words that stood there
	Said        string   // the right words
	Note        string
	Where       string // where the person is now, when they ask again
	ActKey      []byte // the form it came from: the same form twice is one event
}

// Events says what an event's record holds.
func Events() *field.Record[Event] {
	fields := append(eventKeys(), eventValues()...)
	return field.Define("handoff_event",
		field.Keys[Event]{
			ID: []string{"handoff", "seq"}, Subject: func(e *Event) string { return string(e.Person) },
			Title: i18n.Text{EN: "A step on the way, and what was noted", ES: "Un paso del camino y lo que se anotó", AR: "خطوة على الطريق وما كُتب عنها"},
		},
		fields...)
}

func eventKeys() []field.Field[Event] {
	seq := i18n.Text{EN: "Number", ES: "Número", AR: "الرقم"}
	return []field.Field[Event]{
		{Column: "handoff", Kind: field.Ref, At: func(e *Event) any { return &e.Handoff }},
		{Column: "seq", Kind: field.Number, Label: seq, At: func(e *Event) any { return &e.Seq }},
		{Column: "person", Kind: field.Ref, At: func(e *Event) any { return &e.Person }},
		{
			Column: "step", Kind: field.Choice, Options: stepOptions(),
			Label: i18n.Text{EN: "What happened", ES: "Qué pasó", AR: "ماذا حدث"},
			At:    func(e *Event) any { return &e.Step },
		},
		{Column: "state_from", Kind: field.Ref, At: func(e *Event) any { return &e.From }},
		{Column: "state_to", Kind: field.Ref, At: func(e *Event) any { return &e.To }},
		{
			Column: "at", Kind: field.Instant,
			Label: i18n.Text{EN: "When it happened", ES: "Cuándo ocurrió", AR: "متى حدث"},
			At:    func(e *Event) any { return &e.At },
		},
		{
			Column: "recorded_at", Kind: field.Instant,
			Label: i18n.Text{EN: "When it was written down", ES: "Cuándo se anotó", AR: "متى سُجل"},
			At:    func(e *Event) any { return &e.RecordedAt },
		},
		{Column: "actor", Kind: field.Ref, At: func(e *Event) any { return &e.Actor }},
		{Column: "role", Kind: field.Ref, At: func(e *Event) any { return &e.Role }},
		{Column: "peer", Kind: field.Ref, At: func(e *Event) any { return &e.Peer }},
		{Column: "destination", Kind: field.Ref, At: func(e *Event) any { return &e.Destination }},
		{Column: "consent", Kind: field.Ref, At: func(e *Event) any { return &e.Consent }},
	}
}

func eventValues() []field.Field[Event] {
	return []field.Field[Event]{
		{
			Column: "expected_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Expected about", ES: "Se espera hacia las", AR: "الوصول المتوقع"},
			At:    func(e *Event) any { return &e.Expected },
		},
		{
			Column: "slot_at", Kind: field.Instant,
			Label: i18n.Text{EN: "The service expects them", ES: "El servicio le espera", AR: "تنتظره الجهة"},
			Yours: i18n.Text{EN: "The service expects you", ES: "El servicio le espera", AR: "تنتظرك الجهة"},
			At:    func(e *Event) any { return &e.Slot },
		},
		{
			Column: "value", Kind: field.Choice, Options: keptOptions(), Among: (*Event).options,
			Label: i18n.Text{EN: "What was answered", ES: "Qué se respondió", AR: "ما كان الجواب"},
			At:    func(e *Event) any { return &e.Value },
		},
		{
			Column: "contact", Kind: field.Choice, Options: Contacts(),
			Label: i18n.Text{EN: "After “not now”", ES: "Después de «ahora no»", AR: "بعد «ليس الآن»"},
			At:    func(e *Event) any { return &e.Contact },
		},
		{
			Column: "present", Kind: field.Number,
			Label: i18n.Text{EN: "People present", ES: "Personas presentes", AR: "عدد الحاضرين"},
			At:    func(e *Event) any { return &e.Present },
		},
		{
			Column: "were_there", Kind: field.Choices, Options: WhoThere(),
			Label: i18n.Text{EN: "Who was there", ES: "Quién estaba", AR: "من كان حاضرا"},
			At:    func(e *Event) any { return &e.There },
		},
		{
			Column: "corrects", Kind: field.Number,
			Label: i18n.Text{EN: "Puts right number", ES: "Corrige el número", AR: "يصحح الرقم"},
			At:    func(e *Event) any { return &e.Corrects },
		},
		{
			Column: "about", Kind: field.Choice, Options: answerOptions(),
			Label: i18n.Text{EN: "What was put right", ES: "Qué se corrigió", AR: "ما الذي صُحح"},
			At:    func(e *Event) any { return &e.About },
		},
		{
			Column: "value_was", Kind: field.Choice, Options: keptOptions(), Among: (*Event).options,
			Label: i18n.Text{EN: "What stood there", ES: "Qué decía antes", AR: "ماذا كان مكتوبا"},
			At:    func(e *Event) any { return &e.ValueWas },
		},
		{
			Column: "was", Kind: field.Long, Sealed: true, Others: true, Limit: 1000,
			Label: i18n.Text{EN: "What was written there", ES: "Qué estaba escrito", AR: "ماذا كُتب هناك"},
			At:    func(e *Event) any { return &e.Was },
		},
		{
			Column: "said", Kind: field.Long, Sealed: true, Others: true, Limit: 1000,
			Label: i18n.Text{EN: "What is right", ES: "Lo correcto", AR: "الصحيح"},
			At:    func(e *Event) any { return &e.Said },
		},
		{
			Column: "note", Kind: field.Long, Sealed: true, Limit: 1000,
			Label: i18n.Text{EN: "Note", ES: "Nota", AR: "ملاحظة"},
			At:    func(e *Event) any { return &e.Note },
		},
		{
			Column: "whereabouts", Kind: field.Text, Sealed: true, Limit: whereMost,
			Label: i18n.Text{EN: "Where they were then", ES: "Dónde estaba entonces", AR: "أين كان حينها"},
			Yours: i18n.Text{EN: "Where you were then", ES: "Dónde estaba usted entonces", AR: "أين كنت حينها"},
			At:    func(e *Event) any { return &e.Where },
		},
		{Column: "act_key", Kind: field.Digest, At: func(e *Event) any { return &e.ActKey }},
	}
}

// accountOf is the account behind an event's actor. A link, a file and the
// system have none.
func accountOf(e Event) ref.Account { return ref.Account(e.Actor) }

// stepOptions are the words of each step once it was taken.
func stepOptions() []field.Option {
	var out []field.Option
	for _, s := range Flow().Steps {
		if !field.Offered(out, s.Name) {
			out = append(out, field.Option{Value: s.Name, Label: s.Done, Yours: s.Yours})
		}
	}
	return out
}

// keptOptions are the answers that events keep.
func keptOptions() []field.Option {
	var out []field.Option
	for _, q := range Questions() {
		if q.Kept {
			out = append(out, q.Options...)
		}
	}
	for _, a := range askAnswers() {
		out = append(out, a.Options...)
	}
	return out
}

// options are the answers that an event's value is among: those to the question that its
// step kept, or that a correction is about.
func (e *Event) options() []field.Option {
	if e.Step != StepCorrect {
		q, _ := kept(needsOf(e.Step))
		return q.Options
	}
	if q := question(e.About); q.Options != nil {
		return q.Options
	}
	return askAnswerOf(e.About).Options
}

// answerOptions are the answers that can be put right, each by its question.
func answerOptions() []field.Option {
	var out []field.Option
	for _, q := range Questions() {
		out = append(out, field.Option{Value: q.Name, Label: q.Label, Yours: q.Yours})
	}
	for _, a := range askAnswers() {
		if !field.Offered(out, a.Name) {
			out = append(out, field.Option{Value: a.Name, Label: a.Label, Yours: a.Yours})
		}
	}
	return out
}

// EventOf takes the name of a row apart, as the record of looks writes it. ok is
// false for a row that is no event of the hand-off.
func EventOf(row string, h ref.Handoff) (seq int64, ok bool) {
	number, ok := strings.CutPrefix(row, "handoff_event/"+string(h)+"/")
	seq, err := strconv.ParseInt(number, 10, 64)
	return seq, ok && err == nil
}
