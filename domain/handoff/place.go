package handoff

import (
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Site is a place that asks for peers: an emergency room, a shelter, a ward.
type Site struct {
	ID      ref.Site
	Name    string
	Duty    string // telephone of whoever is on duty when no peer has come
	Promise int64  // minutes until a peer is beside the person; 0 takes Promise
	Turn    int64  // counts up when the link is changed, which ends the old one
	LinkKey []byte
	Version int64
}

// Sites says what a site's record holds. It is about nobody.
func Sites() *field.Record[Site] {
	return field.Define("handoff_site", field.Keys[Site]{ID: []string{"site"}},
		field.Field[Site]{Column: "site", Kind: field.Ref, FHIR: "Location.id", At: func(s *Site) any { return &s.ID }},
		field.Field[Site]{
			Column: "name", Kind: field.Text, Asked: true, Required: true, Limit: 80, FHIR: "Location.name",
			Label: i18n.Text{EN: "Name", ES: "Nombre", AR: "الاسم"},
			At:    func(s *Site) any { return &s.Name },
		},
		field.Field[Site]{
			Column: "duty", Kind: field.Text, Asked: true, Limit: 40,
			Label: i18n.Text{EN: "Duty telephone", ES: "Teléfono de guardia", AR: "هاتف المناوب"},
			Hint:  i18n.Text{EN: "Shown to whoever asked, when no peer has come.", ES: "Se muestra a quien pidió, si no llega ningún par.", AR: "يظهر لمن طلب إذا لم يصل مرافق."},
			At:    func(s *Site) any { return &s.Duty },
		},
		field.Field[Site]{
			Column: "promise", Kind: field.Number, Asked: true,
			Label: i18n.Text{EN: "A peer is there within (minutes)", ES: "Un par llega en (minutos)", AR: "يصل المرافق خلال (دقائق)"},
			At:    func(s *Site) any { return &s.Promise },
		},
		field.Field[Site]{
			Column: "turn", Kind: field.Number,
			Label: i18n.Text{EN: "Links so far", ES: "Enlaces hasta ahora", AR: "الروابط حتى الآن"},
			At:    func(s *Site) any { return &s.Turn },
		},
		field.Field[Site]{Column: "link_key", Kind: field.Digest, At: func(s *Site) any { return &s.LinkKey }},
		field.Field[Site]{Column: "version", Kind: field.Version, At: func(s *Site) any { return &s.Version }},
	)
}

// Destination is a service a person can be handed to.
type Destination struct {
	ID      ref.Destination
	Name    string
	Phone   string
	About   string
	Version int64
}

// Destinations says what a destination's record holds. It is about nobody.
func Destinations() *field.Record[Destination] {
	return field.Define("handoff_destination", field.Keys[Destination]{ID: []string{"destination"}},
		field.Field[Destination]{Column: "destination", Kind: field.Ref, FHIR: "HealthcareService.id", At: func(d *Destination) any { return &d.ID }},
		field.Field[Destination]{
			Column: "name", Kind: field.Text, Asked: true, Required: true, Limit: 80, FHIR: "HealthcareService.name",
			Label: i18n.Text{EN: "Name", ES: "Nombre", AR: "الاسم"},
			At:    func(d *Destination) any { return &d.Name },
		},
		field.Field[Destination]{
			Column: "phone", Kind: field.Text, Asked: true, Limit: 40, FHIR: "HealthcareService.telecom",
			Label: i18n.Text{EN: "Phone", ES: "Teléfono", AR: "الهاتف"},
			At:    func(d *Destination) any { return &d.Phone },
		},
		field.Field[Destination]{
			Column: "about", Kind: field.Text, Asked: true, Limit: 200, FHIR: "HealthcareService.comment",
			Label: i18n.Text{EN: "What they do", ES: "Qué hacen", AR: "ماذا يقدمون"},
			At:    func(d *Destination) any { return &d.About },
		},
		field.Field[Destination]{Column: "version", Kind: field.Version, At: func(d *Destination) any { return &d.Version }},
	)
}
