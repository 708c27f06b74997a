package bridge

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// What came of advice.
const (
	ActedOn    = "acted"
	NotActedOn = "not_acted"
	NotKnown   = "not_known"
)

// Advice is what someone with lived experience said in a team meeting, and to
// whom. Most of it names nobody and has a key of its own; where it is about a
// participant it is a record about them, sealed under theirs.
type Advice struct {
	ID     ref.Advice
	Person ref.Person // empty when it is about nobody
	Lock   ref.Person // the key that seals it then
	Team   string     // sealed: to whom
	Said   string     // sealed: what
	GaveAt time.Time
	At     time.Time
	By     string
}

// Outcome is one thing that came of advice. A later one stands beside the
// earlier ones; the last says how it stands.
type Outcome struct {
	ID     string
	Advice ref.Advice
	Person ref.Person
	Lock   ref.Person
	Came   string
	Words  string // sealed
	At     time.Time
	By     string
}

// Cames are what can come of it.
func Cames() []field.Option {
	return []field.Option{
		{Value: ActedOn, Label: i18n.Text{EN: "The team acted on it", ES: "Lo siguieron", AR: "عملوا به"}},
		{Value: NotActedOn, Label: i18n.Text{EN: "The team did not act on it", ES: "No lo siguieron", AR: "لم يعملوا به"}},
		{Value: NotKnown, Label: i18n.Text{EN: "Not known yet", ES: "Aún no se sabe", AR: "غير معروف بعد"}},
	}
}

// under is the key that seals a row: the person's, or its own.
func under(person, lock ref.Person) string {
	if person != "" {
		return string(person)
	}
	return string(lock)
}

// Advices says what the record of advice holds.
func Advices() *field.Record[Advice] {
	type f = field.Field[Advice]
	return field.Define("bridge_advice",
		field.Keys[Advice]{
			ID: []string{"advice"}, Subject: func(a *Advice) string { return under(a.Person, a.Lock) },
			Title: i18n.Text{EN: "What a peer said about you in a team meeting", ES: "Lo que un par dijo de usted en una reunión de equipo", AR: "ما قاله مرافق عنك في اجتماع فريق"},
		},
		f{Column: "advice", Kind: field.Ref, At: func(a *Advice) any { return &a.ID }},
		f{Column: "person", Kind: field.Ref, At: func(a *Advice) any { return &a.Person }},
		f{Column: "lock", Kind: field.Ref, At: func(a *Advice) any { return &a.Lock }},
		f{
			Column: "team", Kind: field.Text, Asked: true, Required: true, Sealed: true, Limit: 80,
			Label: i18n.Text{EN: "To whom?", ES: "¿A quién?", AR: "لمن؟"},
			Hint:  i18n.Text{EN: "The team or the place, such as: ward 4, Monday meeting.", ES: "El equipo o el lugar, por ejemplo: planta 4, reunión del lunes.", AR: "الفريق أو المكان، مثلا: القسم 4، اجتماع الاثنين."},
			At:    func(a *Advice) any { return &a.Team },
		},
		f{
			Column: "said", Kind: field.Long, Asked: true, Required: true, Sealed: true, Limit: 1000,
			Label: i18n.Text{EN: "What did you say?", ES: "¿Qué dijo?", AR: "ماذا قلت؟"},
			Hint:  i18n.Text{EN: "From your experience. No names.", ES: "Desde su experiencia. Sin nombres.", AR: "من خبرتك. بلا أسماء."},
			At:    func(a *Advice) any { return &a.Said },
		},
		f{
			Column: "gave_at", Kind: field.Instant, Label: i18n.Text{EN: "When", ES: "Cuándo", AR: "متى"},
			At: func(a *Advice) any { return &a.GaveAt },
		},
		f{
			Column: "noted_at", Kind: field.Instant, Label: i18n.Text{EN: "Written down", ES: "Anotado", AR: "دُوّن"},
			At: func(a *Advice) any { return &a.At },
		},
		f{Column: "noted_by", Kind: field.Ref, At: func(a *Advice) any { return &a.By }},
	)
}

// Outcomes says what the record of an outcome holds.
func Outcomes() *field.Record[Outcome] {
	type f = field.Field[Outcome]
	return field.Define("bridge_outcome",
		field.Keys[Outcome]{
			ID: []string{"outcome"}, Subject: func(o *Outcome) string { return under(o.Person, o.Lock) },
			Title: i18n.Text{EN: "What came of it in the team", ES: "Qué resultó de ello en el equipo", AR: "ما نتج عنه في الفريق"},
		},
		f{Column: "outcome", Kind: field.Ref, At: func(o *Outcome) any { return &o.ID }},
		f{Column: "advice", Kind: field.Ref, At: func(o *Outcome) any { return &o.Advice }},
		f{Column: "person", Kind: field.Ref, At: func(o *Outcome) any { return &o.Person }},
		f{Column: "lock", Kind: field.Ref, At: func(o *Outcome) any { return &o.Lock }},
		f{
			Column: "came", Kind: field.Choice, Asked: true, Required: true, Options: Cames(),
			Label: i18n.Text{EN: "What came of it?", ES: "¿Qué resultó?", AR: "ماذا نتج عنه؟"},
			At:    func(o *Outcome) any { return &o.Came },
		},
		f{
			Column: "words", Kind: field.Long, Asked: true, Sealed: true, Limit: mostOutcome,
			Label: i18n.Text{EN: "In words", ES: "En palabras", AR: "بالكلمات"},
			At:    func(o *Outcome) any { return &o.Words },
		},
		f{
			Column: "noted_at", Kind: field.Instant, Label: i18n.Text{EN: "Written down", ES: "Anotado", AR: "دُوّن"},
			At: func(o *Outcome) any { return &o.At },
		},
		f{Column: "noted_by", Kind: field.Ref, At: func(o *Outcome) any { return &o.By }},
	)
}

// LogEntry is one piece of advice with all that came of it, the earliest first.
type LogEntry struct {
	Advice
	Name     string // of the person it is about; empty for nobody
	Outcomes []Outcome
}

// came is how it stands: the last that was said of it.
func (g LogEntry) came() string {
	if len(g.Outcomes) == 0 {
		return NotKnown
	}
	return g.Outcomes[len(g.Outcomes)-1].Came
}
