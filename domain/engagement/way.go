package engagement

import (
	"alongside/domain/people"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// The ways to be in touch.
const (
	InPerson  = "in_person"
	Call      = "call"
	Voicemail = "voicemail"
	Text      = "text"
	Video     = "video"
	Letter    = "letter"
)

// way is one way to be in touch: whether this person may be reached by it
// without having begun it, and the words that say why not.
type way struct {
	name  string
	label i18n.Text
	may   func(p people.Person) bool // nil: always
	why   string
	tries bool // nobody answers this at once: it is always an attempt
}

// ways lists them, the most usual first.
func ways() []way {
	return []way{
		{name: InPerson, label: i18n.Text{EN: "In person", ES: "En persona", AR: "وجها لوجه"}},
		{
			name: Call, label: i18n.Text{EN: "Call", ES: "Llamada", AR: "مكالمة"},
			may: func(p people.Person) bool { return !p.NoCalls }, why: "engagement.error.no-call",
		},
		{
			name: Text, label: i18n.Text{EN: "Text", ES: "Mensaje de texto", AR: "رسالة نصية"},
			may: func(p people.Person) bool { return p.Texts }, why: "engagement.error.no-text",
		},
		{name: Video, label: i18n.Text{EN: "Video", ES: "Por video", AR: "مكالمة فيديو"}},
		{
			name: Voicemail, label: i18n.Text{EN: "Voicemail", ES: "Mensaje de voz", AR: "رسالة صوتية"},
			may: func(p people.Person) bool { return p.Voicemail }, why: "engagement.error.no-voicemail", tries: true,
		},
		{name: Letter, label: i18n.Text{EN: "Card or letter", ES: "Tarjeta o carta", AR: "بطاقة أو رسالة بريدية"}, tries: true},
	}
}

// wayOf is the way of that name; ok is false when there is none.
func wayOf(name string) (way, bool) {
	for _, w := range ways() {
		if w.name == name {
			return w, true
		}
	}
	return way{}, false
}

// open reports whether the person chose to be reached this way.
func (w way) open(p people.Person) bool { return w.may == nil || w.may(p) }

// Ways are the choices of a contact's way.
func Ways() []field.Option {
	var out []field.Option
	for _, w := range ways() {
		out = append(out, field.Option{Value: w.name, Label: w.label})
	}
	return out
}
