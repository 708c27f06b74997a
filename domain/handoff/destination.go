package handoff

import (
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Destination is a service a person can be handed to, and what it says of
// itself.
type Destination struct {
	ID        ref.Destination
	Name      string
	Phone     string
	About     string
	Takes     string // whom they take
	Hours     string
	Languages []string
	Medicine  string // how they stand to medicine for opioid use
	Way       string // how to get there
	Places    int64  // places free, as they last said
	PlacesAt  time.Time
	Turn      int64  // counts up when their link is changed
	LinkKey   []byte // mark of the token of their page
	DeviceKey []byte // mark of the device their page is bound to
	DeviceAt  time.Time
	Version   int64
}

// Medicines are how a service stands to medicine for opioid use. It is one of
// the first things a person wants to know.
func Medicines() []field.Option {
	return []field.Option{
		{Value: "gives", Label: i18n.Text{EN: "Gives medicine for opioid use", ES: "Da medicina para los opioides", AR: "تقدم دواء الأفيونات"}},
		{Value: "welcomes", Label: i18n.Text{EN: "Your medicine is welcome", ES: "Su medicina es bienvenida", AR: "دواؤك مرحب به"}},
		{Value: "ask", Label: i18n.Text{EN: "Ask first about medicine", ES: "Pregunte antes por la medicina", AR: "اسأل أولا عن الدواء"}},
		{Value: "without", Label: i18n.Text{EN: "Not with medicine for opioid use", ES: "No con medicina para los opioides", AR: "ليس مع دواء الأفيونات"}},
	}
}

// Destinations says what a destination's record holds. It is about nobody.
func Destinations() *field.Record[Destination] {
	fields := append(destinationSays(), destinationLink()...)
	return field.Define("handoff_destination", field.Keys[Destination]{ID: []string{"destination"}}, fields...)
}

func destinationSays() []field.Field[Destination] {
	type f = field.Field[Destination]
	return []f{
		{Column: "destination", Kind: field.Ref, FHIR: "HealthcareService.id", At: func(d *Destination) any { return &d.ID }},
		{
			Column: "name", Kind: field.Text, Asked: true, Required: true, Limit: 80, FHIR: "HealthcareService.name",
			Label: i18n.Text{EN: "Name", ES: "Nombre", AR: "الاسم"},
			At:    func(d *Destination) any { return &d.Name },
		},
		{
			Column: "phone", Kind: field.Text, Asked: true, Limit: 40, FHIR: "HealthcareService.telecom",
			Label: i18n.Text{EN: "Phone", ES: "Teléfono", AR: "الهاتف"},
			At:    func(d *Destination) any { return &d.Phone },
		},
		{
			Column: "about", Kind: field.Text, Asked: true, Limit: 200, FHIR: "HealthcareService.comment",
			Label: i18n.Text{EN: "What they do", ES: "Qué hacen", AR: "ماذا يقدمون"},
			At:    func(d *Destination) any { return &d.About },
		},
		{
			Column: "takes", Kind: field.Text, Asked: true, Limit: 200, FHIR: "HealthcareService.eligibility.comment",
			Label: i18n.Text{EN: "Whom they take", ES: "A quién reciben", AR: "من يستقبلون"},
			At:    func(d *Destination) any { return &d.Takes },
		},
		{
			Column: "hours", Kind: field.Text, Asked: true, Limit: 200, FHIR: "HealthcareService.availabilityExceptions",
			Label: i18n.Text{EN: "Hours", ES: "Horario", AR: "ساعات العمل"},
			At:    func(d *Destination) any { return &d.Hours },
		},
		{
			Column: "languages", Kind: field.Choices, Asked: true, Options: people.Languages(), FHIR: "HealthcareService.communication",
			Label: i18n.Text{EN: "Languages", ES: "Idiomas", AR: "اللغات"},
			At:    func(d *Destination) any { return &d.Languages },
		},
		{
			Column: "medicine", Kind: field.Choice, Asked: true, Options: Medicines(), FHIR: "HealthcareService.characteristic",
			Label: i18n.Text{EN: "Medicine", ES: "Medicina", AR: "الدواء"},
			At:    func(d *Destination) any { return &d.Medicine },
		},
		{
			Column: "way", Kind: field.Text, Asked: true, Limit: 200,
			Label: i18n.Text{EN: "How to get there", ES: "Cómo llegar", AR: "كيفية الوصول"},
			At:    func(d *Destination) any { return &d.Way },
		},
	}
}

func destinationLink() []field.Field[Destination] {
	type f = field.Field[Destination]
	return []f{
		{
			Column: "places", Kind: field.Number,
			Label: i18n.Text{EN: "Places free", ES: "Lugares libres", AR: "أماكن متاحة"},
			At:    func(d *Destination) any { return &d.Places },
		},
		{
			Column: "places_at", Kind: field.Instant,
			Label: i18n.Text{EN: "They said so", ES: "Lo dijeron", AR: "قالوا ذلك"},
			At:    func(d *Destination) any { return &d.PlacesAt },
		},
		{
			Column: "turn", Kind: field.Number,
			Label: i18n.Text{EN: "Links so far", ES: "Enlaces hasta ahora", AR: "الروابط حتى الآن"},
			At:    func(d *Destination) any { return &d.Turn },
		},
		{Column: "link_key", Kind: field.Digest, At: func(d *Destination) any { return &d.LinkKey }},
		{Column: "device_key", Kind: field.Digest, At: func(d *Destination) any { return &d.DeviceKey }},
		{
			Column: "device_at", Kind: field.Instant,
			Label: i18n.Text{EN: "In use on one device since", ES: "En uso en un dispositivo desde", AR: "يُستعمل على جهاز واحد منذ"},
			At:    func(d *Destination) any { return &d.DeviceAt },
		},
		{Column: "version", Kind: field.Version, At: func(d *Destination) any { return &d.Version }},
	}
}
