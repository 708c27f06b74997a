package rota

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// The states of a run.
const (
	Asking = "asking" // someone waits for a peer
	Taken  = "taken"  // a peer said yes and is not beside the person yet
	Over   = "over"
)

// What a run asks for. Both climb the same rungs.
const (
	ForHandoff = ""     // a warm hand-off
	ForLive    = "live" // a peer for a moment, about nobody
)

// Run is the ladder of one hand-off, or of whatever else Kind says; its id
// stands where a hand-off's does. A hand-off that is given back or opened
// again climbs it once more, in a new round.
type Run struct {
	Handoff  ref.Handoff
	Kind     string
	Round    int64
	State    string
	Site     ref.Site
	Person   ref.Person
	Language string
	Gender   string
	Lived    string
	Step     int64 // moves so far in this round
	Rung     int64 // rungs used up
	Open     int64 // of those whom the last move asked, how many have not said "not this one"
	BeganAt  time.Time
	MovedAt  time.Time
	DueAt    time.Time // of the next move
	MeetBy   time.Time
	TakenBy  ref.Account // who said yes last; in a new round, who gave it back
	TakenAt  time.Time
	Version  int64
}

// Runs says what a run's record holds: ids, times and counts.
func Runs() *field.Record[Run] {
	number := func(column string, label i18n.Text, at func(*Run) any) field.Field[Run] {
		return field.Field[Run]{Column: column, Kind: field.Number, Label: label, At: at}
	}
	when := func(column string, label i18n.Text, at func(*Run) any) field.Field[Run] {
		return field.Field[Run]{Column: column, Kind: field.Instant, Label: label, At: at}
	}
	id := func(column string, at func(*Run) any) field.Field[Run] {
		return field.Field[Run]{Column: column, Kind: field.Ref, At: at}
	}
	return field.Define("rota_run", field.Keys[Run]{
		ID: []string{"handoff"}, Title: i18n.Text{EN: "How a peer was found for you", ES: "Cómo se buscó un par para usted", AR: "كيف عُثر على مرافق لك"},
	},
		id("handoff", func(r *Run) any { return &r.Handoff }),
		id("kind", func(r *Run) any { return &r.Kind }),
		number("round", i18n.Text{EN: "Round", ES: "Vuelta", AR: "الجولة"}, func(r *Run) any { return &r.Round }),
		id("state", func(r *Run) any { return &r.State }),
		id("site", func(r *Run) any { return &r.Site }),
		id("person", func(r *Run) any { return &r.Person }),
		id("language", func(r *Run) any { return &r.Language }),
		id("gender", func(r *Run) any { return &r.Gender }),
		id("lived", func(r *Run) any { return &r.Lived }),
		number("step", i18n.Text{EN: "Moves so far", ES: "Pasos hasta ahora", AR: "الخطوات حتى الآن"}, func(r *Run) any { return &r.Step }),
		number("rung", i18n.Text{EN: "Steps used", ES: "Pasos usados", AR: "الخطوات المستخدمة"}, func(r *Run) any { return &r.Rung }),
		number("open_asks", i18n.Text{EN: "Not answered yet", ES: "Sin respuesta aún", AR: "بلا جواب بعد"}, func(r *Run) any { return &r.Open }),
		when("began_at", i18n.Text{EN: "Began", ES: "Empezó", AR: "بدأ"}, func(r *Run) any { return &r.BeganAt }),
		when("moved_at", i18n.Text{EN: "Last move", ES: "Último paso", AR: "آخر خطوة"}, func(r *Run) any { return &r.MovedAt }),
		when("due_at", i18n.Text{EN: "Next move", ES: "Próximo paso", AR: "الخطوة التالية"}, func(r *Run) any { return &r.DueAt }),
		when("meet_by", i18n.Text{EN: "A peer should be there by", ES: "Un par debería estar allí a las", AR: "ينبغي أن يصل المرافق قبل"}, func(r *Run) any { return &r.MeetBy }),
		id("taken_by", func(r *Run) any { return &r.TakenBy }),
		when("taken_at", i18n.Text{EN: "Taken", ES: "Aceptado", AR: "قُبل"}, func(r *Run) any { return &r.TakenAt }),
		field.Field[Run]{Column: "version", Kind: field.Version, At: func(r *Run) any { return &r.Version }},
	)
}

// Asked is one account that is being asked now. It goes when they say "not this
// one" and when the run stops: nothing is kept of who was asked or passed.
type Asked struct {
	Handoff ref.Handoff
	Round   int64
	Peer    ref.Account
	Step    int64
	At      time.Time
}

// Askeds says what that record holds.
func Askeds() *field.Record[Asked] {
	return field.Define("rota_asked", field.Keys[Asked]{ID: []string{"handoff", "round", "peer"}},
		field.Field[Asked]{Column: "handoff", Kind: field.Ref, At: func(a *Asked) any { return &a.Handoff }},
		field.Field[Asked]{
			Column: "round", Kind: field.Number,
			Label: i18n.Text{EN: "Round", ES: "Vuelta", AR: "الجولة"},
			At:    func(a *Asked) any { return &a.Round },
		},
		field.Field[Asked]{Column: "peer", Kind: field.Ref, At: func(a *Asked) any { return &a.Peer }},
		field.Field[Asked]{
			Column: "step", Kind: field.Number,
			Label: i18n.Text{EN: "Move", ES: "Paso", AR: "الخطوة"},
			At:    func(a *Asked) any { return &a.Step },
		},
		field.Field[Asked]{
			Column: "asked_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Asked", ES: "Se preguntó", AR: "سُئل"},
			At:    func(a *Asked) any { return &a.At },
		},
	)
}

// StepDone is one move of a ladder, without names: how many of which role were
// asked, and when. Whoever asked for a peer sees it.
type StepDone struct {
	Handoff ref.Handoff
	Round   int64
	Step    int64
	Who     string
	People  int64
	At      time.Time
}

// Steps says what that record holds.
func Steps() *field.Record[StepDone] {
	return field.Define("rota_step", field.Keys[StepDone]{ID: []string{"handoff", "round", "step"}},
		field.Field[StepDone]{Column: "handoff", Kind: field.Ref, At: func(d *StepDone) any { return &d.Handoff }},
		field.Field[StepDone]{
			Column: "round", Kind: field.Number,
			Label: i18n.Text{EN: "Round", ES: "Vuelta", AR: "الجولة"},
			At:    func(d *StepDone) any { return &d.Round },
		},
		field.Field[StepDone]{
			Column: "step", Kind: field.Number,
			Label: i18n.Text{EN: "Move", ES: "Paso", AR: "الخطوة"},
			At:    func(d *StepDone) any { return &d.Step },
		},
		field.Field[StepDone]{
			Column: "who", Kind: field.Choice, Options: Whos(),
			Label: i18n.Text{EN: "Who was asked", ES: "A quién se preguntó", AR: "من سُئل"},
			At:    func(d *StepDone) any { return &d.Who },
		},
		field.Field[StepDone]{
			Column: "people", Kind: field.Number,
			Label: i18n.Text{EN: "How many", ES: "Cuántos", AR: "كم"},
			At:    func(d *StepDone) any { return &d.People },
		},
		field.Field[StepDone]{
			Column: "asked_at", Kind: field.Instant,
			Label: i18n.Text{EN: "When", ES: "Cuándo", AR: "متى"},
			At:    func(d *StepDone) any { return &d.At },
		},
	)
}
