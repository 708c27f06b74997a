package tenant

import (
	"time"
	_ "time/tzdata" // a machine without time zones, such as a bare container, must know ours

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Tenant is one organisation.
type Tenant struct {
	ID        ref.Tenant // also the name of its folder of keys
	Name      string
	Country   string // ISO 3166-1, two capitals
	Zone      string // IANA name, "America/New_York"
	Regime    string // which privacy law binds it: one of Regimes
	CreatedAt time.Time
	PausedAt  time.Time // set: nothing of it can be seen or done for now
	Version   int64
}

// Paused reports whether the organisation is paused.
func (o Tenant) Paused() bool { return !o.PausedAt.IsZero() }

// Tenants says what an organisation's record holds. It is about nobody, and its
// key is the tenant itself, so it has no other.
func Tenants() *field.Record[Tenant] {
	return field.Define("tenant_tenant", field.Keys[Tenant]{ID: []string{"organisation"}},
		field.Field[Tenant]{Column: "organisation", Kind: field.Ref, FHIR: "Organization.id", At: func(o *Tenant) any { return &o.ID }},
		field.Field[Tenant]{
			Column: "name", Kind: field.Text, Asked: true, Required: true, Limit: 80, FHIR: "Organization.name",
			Label: i18n.Text{EN: "Name", ES: "Nombre", AR: "الاسم"},
			At:    func(o *Tenant) any { return &o.Name },
		},
		field.Field[Tenant]{
			Column: "country", Kind: field.Text, Required: true, Limit: 2, FHIR: "Organization.address.country",
			Label: i18n.Text{EN: "Country", ES: "País", AR: "البلد"},
			At:    func(o *Tenant) any { return &o.Country },
		},
		field.Field[Tenant]{
			Column: "zone", Kind: field.Text, Required: true, Limit: 64,
			Label: i18n.Text{EN: "Time zone", ES: "Zona horaria", AR: "المنطقة الزمنية"},
			At:    func(o *Tenant) any { return &o.Zone },
		},
		field.Field[Tenant]{
			Column: "regime", Kind: field.Choice, Options: Regimes(),
			Label: i18n.Text{EN: "Privacy law", ES: "Ley de privacidad", AR: "قانون الخصوصية"},
			At:    func(o *Tenant) any { return &o.Regime },
		},
		field.Field[Tenant]{
			Column: "created_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Here since", ES: "Aquí desde", AR: "هنا منذ"},
			At:    func(o *Tenant) any { return &o.CreatedAt },
		},
		field.Field[Tenant]{
			Column: "paused_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Paused since", ES: "En pausa desde", AR: "موقوفة منذ"},
			At:    func(o *Tenant) any { return &o.PausedAt },
		},
		field.Field[Tenant]{Column: "version", Kind: field.Version, At: func(o *Tenant) any { return &o.Version }},
	)
}

// Regimes are the privacy laws that the program knows the rules of.
func Regimes() []field.Option {
	return []field.Option{
		{Value: Part2, Label: i18n.Text{EN: "42 CFR Part 2 and HIPAA (United States)", ES: "42 CFR Parte 2 y HIPAA (Estados Unidos)", AR: "قانون 42 CFR الجزء 2 وHIPAA (الولايات المتحدة)"}},
		{Value: HIPAAOnly, Label: i18n.Text{EN: "HIPAA only (United States)", ES: "Solo HIPAA (Estados Unidos)", AR: "قانون HIPAA فقط (الولايات المتحدة)"}},
		{Value: GDPR, Label: i18n.Text{EN: "GDPR", ES: "RGPD", AR: "اللائحة العامة لحماية البيانات"}},
		{Value: NoRegime, Label: i18n.Text{EN: "None that the program knows", ES: "Ninguna que el programa conozca", AR: "لا شيء يعرفه البرنامج"}},
	}
}

// Location is the organisation's time zone, UTC when the machine does not know
// it.
func (o Tenant) Location() *time.Location {
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}
