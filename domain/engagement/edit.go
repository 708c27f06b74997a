package engagement

import (
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// The parts of a person's plan. The last four are for a hard moment.
const (
	Matters   = "matters"
	Strengths = "strengths"
	Helpers   = "helpers"
	Signs     = "signs"
	Helps     = "helps"
	WhomCall  = "call"
	Avoid     = "avoid"
)

// Parts lists them in the order of the page.
func Parts() []field.Option {
	return []field.Option{
		{Value: Matters, Label: i18n.Text{EN: "What matters to me", ES: "Lo que me importa", AR: "ما يهمني"}},
		{Value: Strengths, Label: i18n.Text{EN: "What I am good at", ES: "En qué soy bueno", AR: "ما أجيده"}},
		{Value: Helpers, Label: i18n.Text{EN: "Who helps me", ES: "Quién me ayuda", AR: "من يساعدني"}},
		{Value: Signs, Label: i18n.Text{EN: "Signs that it gets hard", ES: "Señales de que se pone difícil", AR: "علامات أن الأمر يصعب"}},
		{Value: Helps, Label: i18n.Text{EN: "What helps me then", ES: "Lo que me ayuda entonces", AR: "ما يساعدني حينها"}},
		{Value: WhomCall, Label: i18n.Text{EN: "Whom to call", ES: "A quién llamar", AR: "بمن نتصل"}},
		{Value: Avoid, Label: i18n.Text{EN: "What not to do", ES: "Lo que no hay que hacer", AR: "ما يجب ألا يُفعل"}},
	}
}

// hard are the parts that are shown at once in a hard moment.
func hard() []string { return []string{Helps, WhomCall, Avoid, Signs} }

// Edit is one writing of one part of a person's plan, in their words. It is
// never changed: the next one names it.
type Edit struct {
	ID        ref.Edit
	SentAs    string
	Take      int64
	Person    ref.Person
	Part      string
	Body      string // sealed; empty takes the part back
	InsteadOf string
	By        string
	At        time.Time
}

func (e Edit) replaces() []string { return strings.Fields(e.InsteadOf) }

// Edits says what that record holds.
func Edits() *field.Record[Edit] {
	return field.Define("engagement_edit",
		field.Keys[Edit]{
			ID: []string{"edit"}, Title: i18n.Text{EN: "Your plan, as it was written", ES: "Su plan, como se escribió", AR: "خطتك كما كُتبت"},
			Subject: func(e *Edit) string { return string(e.Person) },
		},
		field.Field[Edit]{Column: "edit", Kind: field.Ref, FHIR: "CarePlan.id", At: func(e *Edit) any { return &e.ID }},
		field.Field[Edit]{Column: "sent_as", Kind: field.Ref, At: func(e *Edit) any { return &e.SentAs }},
		field.Field[Edit]{
			Column: "take", Kind: field.Number,
			Label: i18n.Text{EN: "Writings under one id before it", ES: "Textos anteriores con el mismo id", AR: "نصوص سابقة بالمعرّف نفسه"},
			At:    func(e *Edit) any { return &e.Take },
		},
		field.Field[Edit]{Column: "person", Kind: field.Ref, FHIR: "CarePlan.subject", At: func(e *Edit) any { return &e.Person }},
		field.Field[Edit]{
			Column: "part", Kind: field.Choice, Options: Parts(), FHIR: "CarePlan.category",
			Label: i18n.Text{EN: "Part of the plan", ES: "Parte del plan", AR: "جزء الخطة"},
			At:    func(e *Edit) any { return &e.Part },
		},
		field.Field[Edit]{
			Column: "body", Kind: field.Long, Asked: true, Sealed: true, Limit: 2000, See: []string{"peer", "supervisor", "participant"}, FHIR: "CarePlan.description",
			Label: i18n.Text{EN: "In their words", ES: "En sus palabras", AR: "بكلماته"},
			Yours: i18n.Text{EN: "In your words", ES: "En sus palabras", AR: "بكلماتك"},
			At:    func(e *Edit) any { return &e.Body },
		},
		field.Field[Edit]{Column: "instead_of", Kind: field.Ref, At: func(e *Edit) any { return &e.InsteadOf }},
		field.Field[Edit]{Column: "written_by", Kind: field.Ref, At: func(e *Edit) any { return &e.By }},
		field.Field[Edit]{
			Column: "written_at", Kind: field.Instant, Label: i18n.Text{EN: "Written", ES: "Escrito", AR: "كُتب"},
			At: func(e *Edit) any { return &e.At },
		},
	)
}

// The sorts of stone.
const (
	StepStone = "step"
	Milestone = "milestone"
)

// Stone is one step the person wants to take, or a milestone that they choose
// and mark as they like. Nobody counts them.
type Stone struct {
	ID      ref.Stone
	Person  ref.Person
	Sort    string
	Words   string // sealed
	MadeAt  time.Time
	MadeBy  string
	DoneAt  time.Time
	GoneAt  time.Time // laid aside
	Version int64
}

// Stones says what that record holds.
func Stones() *field.Record[Stone] {
	when := func(column string, label i18n.Text, at func(*Stone) any) field.Field[Stone] {
		return field.Field[Stone]{Column: column, Kind: field.Instant, Label: label, At: at}
	}
	return field.Define("engagement_stone",
		field.Keys[Stone]{
			ID: []string{"stone"}, Title: i18n.Text{EN: "Your steps and days to mark", ES: "Sus pasos y días para celebrar", AR: "خطواتك وأيام احتفائك"},
			Subject: func(s *Stone) string { return string(s.Person) },
		},
		field.Field[Stone]{Column: "stone", Kind: field.Ref, FHIR: "Goal.id", At: func(s *Stone) any { return &s.ID }},
		field.Field[Stone]{Column: "person", Kind: field.Ref, FHIR: "Goal.subject", At: func(s *Stone) any { return &s.Person }},
		field.Field[Stone]{
			Column: "sort", Kind: field.Choice, Required: true, Asked: true, Options: Sorts(),
			Label: i18n.Text{EN: "What is it?", ES: "¿Qué es?", AR: "ما هو؟"},
			At:    func(s *Stone) any { return &s.Sort },
		},
		field.Field[Stone]{
			Column: "words", Kind: field.Text, Required: true, Asked: true, Sealed: true, Limit: 200, See: []string{"peer", "supervisor", "participant"}, FHIR: "Goal.description.text",
			Label: i18n.Text{EN: "In my own words", ES: "En mis propias palabras", AR: "بكلماتي"},
			At:    func(s *Stone) any { return &s.Words },
		},
		when("made_at", i18n.Text{EN: "Written", ES: "Escrito", AR: "كُتب"}, func(s *Stone) any { return &s.MadeAt }),
		field.Field[Stone]{Column: "made_by", Kind: field.Ref, At: func(s *Stone) any { return &s.MadeBy }},
		when("done_at", i18n.Text{EN: "Done", ES: "Hecho", AR: "تم"}, func(s *Stone) any { return &s.DoneAt }),
		when("gone_at", i18n.Text{EN: "Laid aside", ES: "Dejado de lado", AR: "وُضع جانبا"}, func(s *Stone) any { return &s.GoneAt }),
		field.Field[Stone]{Column: "version", Kind: field.Version, At: func(s *Stone) any { return &s.Version }},
	)
}

// Sorts are the choices of a stone's sort.
func Sorts() []field.Option {
	return []field.Option{
		{Value: StepStone, Label: i18n.Text{EN: "A step I want to take", ES: "Un paso que quiero dar", AR: "خطوة أريد أن أخطوها"}},
		{Value: Milestone, Label: i18n.Text{EN: "A day to mark", ES: "Un día para celebrar", AR: "يوم أحتفي به"}},
	}
}

func isPart(part string) bool {
	return field.Offered(Parts(), part)
}
