package engagement

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// The states of an appointment.
const (
	Planned   = "planned"
	Attended  = "attended"
	Missed    = "missed"
	Moved     = "moved"
	CalledOff = "called_off"
)

// Appointment is one time and place where someone expects a person.
type Appointment struct {
	ID       ref.Appointment
	Person   ref.Person
	State    string
	With     string // sealed
	Place    string // sealed
	WayThere string // sealed
	Along    ref.Account
	StartsAt time.Time
	MovedTo  ref.Appointment
	MadeBy   string
	MadeAt   time.Time
	Version  int64
}

// Appointments says what that record holds.
func Appointments() *field.Record[Appointment] {
	walkers := []string{"peer", "supervisor", "participant"}
	words := func(column string, limit int, label i18n.Text, at func(*Appointment) any) field.Field[Appointment] {
		return field.Field[Appointment]{Column: column, Kind: field.Text, Asked: true, Sealed: true, Limit: limit, See: walkers, Label: label, At: at}
	}
	with := words("with_whom", 120, i18n.Text{EN: "With whom?", ES: "¿Con quién?", AR: "مع من؟"}, func(a *Appointment) any { return &a.With })
	with.Required, with.FHIR = true, "Appointment.description"
	place := words("place", 160, i18n.Text{EN: "Where?", ES: "¿Dónde?", AR: "أين؟"}, func(a *Appointment) any { return &a.Place })
	place.FHIR = "Appointment.participant.actor"
	return field.Define("engagement_appointment",
		field.Keys[Appointment]{
			ID: []string{"appointment"}, Title: i18n.Text{EN: "Your appointments", ES: "Sus citas", AR: "مواعيدك"},
			Subject: func(a *Appointment) string { return string(a.Person) },
		},
		field.Field[Appointment]{Column: "appointment", Kind: field.Ref, FHIR: "Appointment.id", At: func(a *Appointment) any { return &a.ID }},
		field.Field[Appointment]{Column: "person", Kind: field.Ref, At: func(a *Appointment) any { return &a.Person }},
		field.Field[Appointment]{
			Column: "state", Kind: field.Choice, Options: meetingStates(), FHIR: "Appointment.status",
			Label: i18n.Text{EN: "Now", ES: "Ahora", AR: "الآن"},
			At:    func(a *Appointment) any { return &a.State },
		},
		with, place,
		words("way_there", 200, i18n.Text{EN: "How do they get there?", ES: "¿Cómo llega?", AR: "كيف يصل؟"}, func(a *Appointment) any { return &a.WayThere }).Your(i18n.Text{EN: "How do you get there?", ES: "¿Cómo llega?", AR: "كيف تصل؟"}),
		field.Field[Appointment]{Column: "along", Kind: field.Ref, At: func(a *Appointment) any { return &a.Along }},
		field.Field[Appointment]{
			Column: "starts_at", Kind: field.Instant, FHIR: "Appointment.start",
			Label: i18n.Text{EN: "When?", ES: "¿Cuándo?", AR: "متى؟"},
			At:    func(a *Appointment) any { return &a.StartsAt },
		},
		field.Field[Appointment]{Column: "moved_to", Kind: field.Ref, At: func(a *Appointment) any { return &a.MovedTo }},
		field.Field[Appointment]{Column: "made_by", Kind: field.Ref, At: func(a *Appointment) any { return &a.MadeBy }},
		field.Field[Appointment]{
			Column: "made_at", Kind: field.Instant, Label: i18n.Text{EN: "Made", ES: "Acordada", AR: "حُدد"},
			At: func(a *Appointment) any { return &a.MadeAt },
		},
		field.Field[Appointment]{Column: "version", Kind: field.Version, At: func(a *Appointment) any { return &a.Version }},
	)
}

// MeetingFacts are what a step of an appointment looks at.
type MeetingFacts struct {
	A   Appointment
	Now time.Time
}

// Meetings is what can become of an appointment, as a table.
func Meetings() *flow.Flow[MeetingFacts] {
	walkers := []string{"peer", "supervisor", "participant"}
	open := []string{Planned}
	return &flow.Flow[MeetingFacts]{
		Name: "appointment",
		States: []flow.State{
			{Name: Planned, Open: true, Label: i18n.Text{EN: "Planned", ES: "Acordada", AR: "محدد"}},
			{Name: Attended, End: "it took place", Label: i18n.Text{EN: "Went", ES: "Fue", AR: "ذهب"}},
			{Name: Missed, End: "it did not work out this time", Label: i18n.Text{EN: "Did not work out", ES: "No pudo ser", AR: "لم يتيسر"}},
			{Name: Moved, End: "it is on another day", Label: i18n.Text{EN: "Another day", ES: "Otro día", AR: "يوم آخر"}},
			{Name: CalledOff, End: "it does not take place", Label: i18n.Text{EN: "Called off", ES: "Cancelada", AR: "أُلغي"}},
		},
		Steps: []flow.Step[MeetingFacts]{
			{
				Name: "plan", To: Planned, Who: []string{"peer", "supervisor"},
				Label: i18n.Text{EN: "Make the appointment", ES: "Acordar la cita", AR: "حدد الموعد"}, Done: i18n.Text{EN: "An appointment was made", ES: "Se acordó una cita", AR: "حُدد موعد"},
			},
			{
				Name: "attend", From: open, To: Attended, Who: walkers, Guard: begun,
				Label: i18n.Text{EN: "It took place", ES: "Se hizo", AR: "تم"}, Done: i18n.Text{EN: "It took place", ES: "Se hizo", AR: "تم"},
			},
			{
				Name: "miss", From: open, To: Missed, Who: walkers, Guard: begun, Aside: true,
				Label: i18n.Text{EN: "It did not work out", ES: "No pudo ser", AR: "لم يتيسر"}, Done: i18n.Text{EN: "It did not work out", ES: "No pudo ser", AR: "لم يتيسر"},
			},
			{
				Name: "move", From: []string{Planned, Missed}, To: Moved, Who: []string{"peer", "supervisor"}, Aside: true, Needs: []string{"starts_at"},
				Label: i18n.Text{EN: "Another day", ES: "Otro día", AR: "يوم آخر"}, Done: i18n.Text{EN: "It was moved", ES: "Se cambió de día", AR: "نُقل إلى يوم آخر"},
			},
			{
				Name: "call_off", From: open, To: CalledOff, Who: walkers, Aside: true,
				Label: i18n.Text{EN: "Call it off", ES: "Cancelarla", AR: "ألغه"}, Done: i18n.Text{EN: "It was called off", ES: "Se canceló", AR: "أُلغي"},
			},
		},
	}
}

// begun: what has not begun yet can neither have taken place nor not.
func begun(f MeetingFacts) error {
	if f.Now.Before(f.A.StartsAt) {
		return errs.New(errs.Invalid, "engagement: before it begins", "engagement.error.not-begun")
	}
	return nil
}

func meetingStates() []field.Option {
	var out []field.Option
	for _, s := range Meetings().States {
		out = append(out, field.Option{Value: s.Name, Label: s.Label})
	}
	return out
}
