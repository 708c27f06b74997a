package engagement

import (
	"strings"
	"sync"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Contact is one time a peer and a person were in touch, or one of them tried.
// It is never changed: a correction is another contact that names it.
type Contact struct {
	ID        ref.Contact
	SentAs    string // the id its sender gave it
	Take      int64  // 0, or the number of another body sent under the same id
	Person    ref.Person
	Peer      ref.Account
	Way       string
	Reached   bool  // they were in touch; otherwise it was an attempt
	Minutes   int64 // 0 for an attempt
	StartedAt time.Time
	About     []string
	Went      string
	Next      string
	NextAt    time.Time
	TheyBegan bool   // the person got in touch
	Agreed    bool   // the person said yes to this way, this time
	Note      string // sealed
	InsteadOf string // ids of the contacts it corrects, with spaces between
	Safe      bool   // they are safe: a worry before it is over
	NotedAt   time.Time
	SaidAt    time.Time // its place in time for what is next
	SafetyAt  time.Time // and for safety; zero where it says nothing of it
}

// corrects are the contacts that it takes the place of.
func (c Contact) corrects() []string { return strings.Fields(c.InsteadOf) }

// Contacts says what a contact's record holds.
func Contacts() *field.Record[Contact] { return contactRecord() }

// contactRecord is made once: pages ask for it for each line they draw.
var contactRecord = sync.OnceValue(func() *field.Record[Contact] {
	return field.Define("engagement_contact",
		field.Keys[Contact]{
			ID: []string{"contact"}, Title: i18n.Text{EN: "When you were in touch", ES: "Cuándo hubo contacto", AR: "متى تواصلتم"},
			Subject: func(c *Contact) string { return string(c.Person) },
		},
		append(contactPlumbing(), contactFields()...)...)
})

func contactPlumbing() []field.Field[Contact] {
	return []field.Field[Contact]{
		{Column: "contact", Kind: field.Ref, FHIR: "Encounter.id", At: func(c *Contact) any { return &c.ID }},
		{Column: "sent_as", Kind: field.Ref, At: func(c *Contact) any { return &c.SentAs }},
		{
			Column: "take", Kind: field.Number,
			Label: i18n.Text{EN: "Writings under one id before it", ES: "Textos anteriores con el mismo id", AR: "نصوص سابقة بالمعرّف نفسه"},
			At:    func(c *Contact) any { return &c.Take },
		},
		{Column: "person", Kind: field.Ref, FHIR: "Encounter.subject", At: func(c *Contact) any { return &c.Person }},
		{Column: "peer", Kind: field.Ref, FHIR: "Encounter.participant.individual", At: func(c *Contact) any { return &c.Peer }},
		{Column: "instead_of", Kind: field.Ref, At: func(c *Contact) any { return &c.InsteadOf }},
	}
}

func contactFields() []field.Field[Contact] {
	return []field.Field[Contact]{
		{
			Column: "way", Kind: field.Choice, Required: true, Asked: true, Options: Ways(), FHIR: "Encounter.class",
			Label: i18n.Text{EN: "How?", ES: "¿Cómo?", AR: "كيف؟"},
			At:    func(c *Contact) any { return &c.Way },
		},
		{
			Column: "reached", Kind: field.Flag, FHIR: "Encounter.status",
			Label: i18n.Text{EN: "In touch", ES: "Hubo contacto", AR: "تم التواصل"},
			At:    func(c *Contact) any { return &c.Reached },
		},
		{
			Column: "minutes", Kind: field.Number, FHIR: "Encounter.length",
			Label: i18n.Text{EN: "Minutes", ES: "Minutos", AR: "الدقائق"},
			At:    func(c *Contact) any { return &c.Minutes },
		},
		{
			Column: "started_at", Kind: field.Instant, FHIR: "Encounter.period.start",
			Label: i18n.Text{EN: "When", ES: "Cuándo", AR: "متى"},
			At:    func(c *Contact) any { return &c.StartedAt },
		},
		{
			Column: "about", Kind: field.Choices, Asked: true, Options: Activities(), FHIR: "Encounter.type",
			Label: i18n.Text{EN: "What was it about?", ES: "¿De qué se trató?", AR: "عن ماذا كان؟"},
			At:    func(c *Contact) any { return &c.About },
		},
		{
			Column: "went", Kind: field.Choice, Asked: true, Options: Wents(),
			Label: i18n.Text{EN: "How did it go?", ES: "¿Cómo fue?", AR: "كيف سار الأمر؟"},
			At:    func(c *Contact) any { return &c.Went },
		},
		{
			Column: "next", Kind: field.Choice, Asked: true, Options: Nexts(),
			Label: i18n.Text{EN: "What is next?", ES: "¿Qué sigue?", AR: "ما الخطوة التالية؟"},
			At:    func(c *Contact) any { return &c.Next },
		},
		{
			Column: "next_at", Kind: field.Instant,
			Label: i18n.Text{EN: "On which day?", ES: "¿Qué día?", AR: "في أي يوم؟"},
			At:    func(c *Contact) any { return &c.NextAt },
		},
		{
			Column: "they_began", Kind: field.Flag, Asked: true,
			Label: i18n.Text{EN: "They got in touch with me", ES: "La persona me buscó", AR: "هو من تواصل معي"},
			Yours: i18n.Text{EN: "You got in touch", ES: "Usted buscó al par", AR: "أنت من تواصل"},
			At:    func(c *Contact) any { return &c.TheyBegan },
		},
		{
			Column: "agreed", Kind: field.Flag, Asked: true,
			Label: i18n.Text{EN: "They said yes to this, this time", ES: "Esta vez dijo que sí a esto", AR: "وافق على ذلك هذه المرة"},
			Yours: i18n.Text{EN: "You said yes to this, this time", ES: "Esta vez usted dijo que sí a esto", AR: "وافقت على ذلك هذه المرة"},
			At:    func(c *Contact) any { return &c.Agreed },
		},
		{
			Column: "note", Kind: field.Long, Asked: true, Sealed: true, Limit: 4000, See: []string{"peer", "supervisor", "participant"},
			Label: i18n.Text{EN: "A note", ES: "Una nota", AR: "ملاحظة"},
			Hint:  i18n.Text{EN: "Write as if they read it. They may.", ES: "Escriba como si la persona lo leyera. Puede hacerlo.", AR: "اكتب كأنه سيقرأ. يحق له ذلك."},
			At:    func(c *Contact) any { return &c.Note },
		},
		{
			Column: "safe", Kind: field.Flag, Asked: true,
			Label: i18n.Text{EN: "They are safe. The worry is over.", ES: "Está a salvo. La preocupación pasó.", AR: "هو بأمان. زال القلق."},
			Yours: i18n.Text{EN: "You are safe. The worry is over.", ES: "Usted está a salvo. La preocupación pasó.", AR: "أنت بأمان. زال القلق."},
			At:    func(c *Contact) any { return &c.Safe },
		},
		{
			Column: "noted_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Noted", ES: "Anotado", AR: "دُوّن"},
			At:    func(c *Contact) any { return &c.NotedAt },
		},
		{
			Column: "said_at", Kind: field.Instant,
			Label: i18n.Text{EN: "What is next was said", ES: "Se dijo qué sigue", AR: "قيل ما يلي"},
			At:    func(c *Contact) any { return &c.SaidAt },
		},
		{
			Column: "safety_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Safety was spoken of", ES: "Se habló de su seguridad", AR: "ذُكرت سلامته"},
			At:    func(c *Contact) any { return &c.SafetyAt },
		},
	}
}
