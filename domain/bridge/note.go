package bridge

import (
	"slices"
	"time"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// The states of a note.
const (
	Draft    = "draft"    // being written; nobody outside reads it
	Approved = "approved" // the person said yes to these words
	Sent     = "sent"     // whom it is for can read it
	Back     = "back"     // the person took it back; nobody outside reads it any more
)

// Note is a context note: what a care team should know, written with the person.
// Its words may change until they are sent; what was approved is an Approval.
type Note struct {
	ID        ref.Note
	Person    ref.Person
	Recipient ref.Recipient
	State     string
	Body      string   // sealed
	Touches   []string // sensitive matters it speaks of, as a consent names them
	MadeAt    time.Time
	MadeBy    string
	WrittenAt time.Time // when these words were written
	Approval  string    // of these words; empty while they have none
	SentAt    time.Time
	BackAt    time.Time
	Turn      int64  // counts up when the link is changed
	LinkKey   []byte // mark of the token of the recipient's page
	DeviceKey []byte // mark of the device that page is bound to
	DeviceAt  time.Time
	Version   int64
}

// Row is the note as the record of looks names it.
func (n Note) Row() string { return "bridge_note/" + string(n.ID) }

// States are the states in words, as the person reads them.
func States() []field.Option {
	return []field.Option{
		{Value: Draft, Label: i18n.Text{EN: "Being written", ES: "Se está escribiendo", AR: "قيد الكتابة"}},
		{Value: Approved, Label: i18n.Text{EN: "You said yes to it", ES: "Usted dijo que sí", AR: "وافقت عليها"}},
		{Value: Sent, Label: i18n.Text{EN: "Sent", ES: "Enviada", AR: "أُرسلت"}},
		{Value: Back, Label: i18n.Text{EN: "Taken back", ES: "Retirada", AR: "سُحبت"}},
	}
}

// mostWords is how many characters a note may have: what is longer is not read
// in a corridor.
const mostWords = 2000

// readers are the roles that may read the words of a note.
func readers() []string { return []string{"peer", "supervisor", "participant"} }

type (
	noteField  = field.Field[Note]
	approvalOf = field.Field[Approval]
)

// Notes says what the record of a note holds.
func Notes() *field.Record[Note] {
	return field.Define("bridge_note",
		field.Keys[Note]{
			ID: []string{"note"}, Subject: func(n *Note) string { return string(n.Person) },
			Title: i18n.Text{EN: "Notes to your care team", ES: "Notas a su equipo de atención", AR: "ملاحظات إلى فريق رعايتك"},
		},
		slices.Concat(noteSays(), noteGoes())...)
}

func noteSays() []noteField {
	return []noteField{
		{Column: "note", Kind: field.Ref, FHIR: "DocumentReference.id", At: func(n *Note) any { return &n.ID }},
		{Column: "person", Kind: field.Ref, FHIR: "DocumentReference.subject", At: func(n *Note) any { return &n.Person }},
		{
			Column: "recipient", Kind: field.Ref, Asked: true, Required: true,
			Label: i18n.Text{EN: "Who is it for?", ES: "¿Para quién es?", AR: "لمن هي؟"},
			At:    func(n *Note) any { return &n.Recipient },
		},
		{
			Column: "state", Kind: field.Choice, Options: States(), FHIR: "DocumentReference.status",
			Label: i18n.Text{EN: "How it stands", ES: "Cómo está", AR: "حالتها"},
			At:    func(n *Note) any { return &n.State },
		},
		{
			Column: "body", Kind: field.Long, Asked: true, Required: true, Sealed: true, Limit: mostWords, See: readers(),
			Label: i18n.Text{EN: "The words", ES: "Las palabras", AR: "الكلمات"},
			Hint:  i18n.Text{EN: "What would help, and what would not. No diagnosis.", ES: "Qué ayudaría y qué no. Sin diagnóstico.", AR: "ما الذي يفيد وما لا يفيد. بلا تشخيص."},
			At:    func(n *Note) any { return &n.Body },
		},
		{
			Column: "touches", Kind: field.Choices, Asked: true, Options: consent.Labels(), FHIR: "DocumentReference.securityLabel",
			Label: i18n.Text{EN: "What the words speak of", ES: "De qué hablan las palabras", AR: "عمّ تتحدث الكلمات"},
			Hint: i18n.Text{
				EN: "A consent must name each of these too.", ES: "El consentimiento debe nombrar cada uno de estos también.", AR: "يجب أن تسمي الموافقة كلًا من هذه أيضًا.",
			},
			At: func(n *Note) any { return &n.Touches },
		},
		{
			Column: "made_at", Kind: field.Instant, FHIR: "DocumentReference.date", Label: i18n.Text{EN: "Begun", ES: "Empezada", AR: "بدأت"},
			At: func(n *Note) any { return &n.MadeAt },
		},
		{Column: "made_by", Kind: field.Ref, At: func(n *Note) any { return &n.MadeBy }},
		{
			Column: "written_at", Kind: field.Instant, Label: i18n.Text{EN: "Last written", ES: "Última escritura", AR: "آخر كتابة"},
			At: func(n *Note) any { return &n.WrittenAt },
		},
	}
}

func noteGoes() []noteField {
	return []noteField{
		{Column: "approval", Kind: field.Ref, At: func(n *Note) any { return &n.Approval }},
		{
			Column: "sent_at", Kind: field.Instant, Label: i18n.Text{EN: "Sent", ES: "Enviada", AR: "أُرسلت"},
			At: func(n *Note) any { return &n.SentAt },
		},
		{
			Column: "back_at", Kind: field.Instant, Label: i18n.Text{EN: "Taken back", ES: "Retirada", AR: "سُحبت"},
			At: func(n *Note) any { return &n.BackAt },
		},
		{
			Column: "turn", Kind: field.Number, Label: i18n.Text{EN: "Links so far", ES: "Enlaces hasta ahora", AR: "الروابط حتى الآن"},
			At: func(n *Note) any { return &n.Turn },
		},
		{Column: "link_key", Kind: field.Digest, At: func(n *Note) any { return &n.LinkKey }},
		{Column: "device_key", Kind: field.Digest, At: func(n *Note) any { return &n.DeviceKey }},
		{
			Column: "device_at", Kind: field.Instant, Label: i18n.Text{EN: "On one device since", ES: "En un dispositivo desde", AR: "على جهاز واحد منذ"},
			At: func(n *Note) any { return &n.DeviceAt },
		},
		{Column: "version", Kind: field.Version, At: func(n *Note) any { return &n.Version }},
	}
}
