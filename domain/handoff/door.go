package handoff

import (
	"slices"

	"alongside/platform/field"
	"alongside/platform/i18n"
)

// The doors a person or someone beside them can ask at, by link. A phone call
// and a hospital's file are doors too; they are not a site's page.
const (
	DoorWard    = "link"
	DoorManager = "case_manager"
	DoorTablet  = "tablet"
	DoorPerson  = "person"
	DoorFamily  = "family"
)

// Door is one way in: who asks by it, and so what its page asks and shows.
type Door struct {
	Value string
	Label i18n.Text
	First []string // questions on the page, in order; the hand-off's columns, and the person's
	More  []string // questions behind a line that can be opened
}

// Doors is the table of them. At most eight questions each.
func Doors() []Door {
	more := []string{"language", "know", "asker"}
	return []Door{
		{
			Value: DoorWard, First: []string{"answer", "whereabouts", "name"}, More: more,
			Label: i18n.Text{EN: "Nurses and doctors, by a link", ES: "Enfermería y medicina, con un enlace", AR: "الممرضون والأطباء عبر رابط"},
		},
		{
			Value: DoorManager, First: []string{"answer", "whereabouts", "name"}, More: append([]string{"phone"}, more...),
			Label: i18n.Text{EN: "Case managers, by a link", ES: "Trabajo social, con un enlace", AR: "مديرو الحالات عبر رابط"},
		},
		{
			Value: DoorTablet, First: []string{"answer", "whereabouts", "name"}, More: []string{"language"},
			Label: i18n.Text{EN: "A tablet on the ward", ES: "Una tableta en la sala", AR: "جهاز لوحي في القسم"},
		},
		{
			Value: DoorPerson, First: []string{"name", "phone", "texts", "voicemail", "whereabouts"}, More: []string{"language", "wish_gender", "know"},
			Label: i18n.Text{EN: "People for themselves", ES: "Personas para sí mismas", AR: "الناس لأنفسهم"},
		},
		{
			Value: DoorFamily, First: []string{"name", "phone", "texts", "voicemail"}, More: []string{"language", "wish_gender", "know"},
			Label: i18n.Text{EN: "Family and friends, for themselves", ES: "Familia y amistades, para sí mismas", AR: "الأهل والأصدقاء لأنفسهم"},
		},
	}
}

// doorPhone is a call that a worker types in: no site's page, so not among the
// doors a site can have.
const doorPhone = "phone"

func phoneDoor() Door {
	return Door{Value: doorPhone, First: []string{"answer", "name", "phone", "texts", "voicemail", "whereabouts"}, More: []string{"language", "know", "asker"}}
}

// door is the entry of a site's door; a site of before doors is a ward's.
func (s Site) door() Door {
	if s.Door == doorPhone {
		return phoneDoor()
	}
	all := Doors()
	i := slices.IndexFunc(all, func(d Door) bool { return d.Value == s.Door })
	return all[max(0, i)]
}

// self reports whether who asks here is who the peer comes to.
func (s Site) self() bool { return s.Door == DoorPerson || s.Door == DoorFamily }

// whole is a door as its page asks: a question that the record asks and no door
// lists stands on the ward's page, so that a new field cannot be forgotten.
func (d Door) whole() Door {
	if d.Value != DoorWard {
		return d
	}
	all := Doors()
	for _, f := range Handoffs().Fields {
		if f.Asked && !slices.ContainsFunc(all, func(d Door) bool { return d.asks(f.Column) }) {
			d.More = append(d.More, f.Column)
		}
	}
	return d
}

func (d Door) asks(column string) bool {
	return slices.Contains(d.First, column) || slices.Contains(d.More, column)
}

func doorOptions() []field.Option {
	var out []field.Option
	for _, d := range Doors() {
		out = append(out, field.Option{Value: d.Value, Label: d.Label})
	}
	return out
}
