package consent

import (
	"slices"

	"alongside/platform/field"
	"alongside/platform/i18n"
)

type (
	column = field.Field[Consent]
	words  = i18n.Text
)

// Consents says what a consent's record holds.
func Consents() *field.Record[Consent] {
	return field.Define("consent_consent",
		field.Keys[Consent]{
			ID: []string{"consent"}, Subject: func(c *Consent) string { return string(c.Person) },
			Title: words{EN: "Something you allowed", ES: "Algo que usted permitió", AR: "شيء سمحت به"},
		},
		slices.Concat(whoFields(), whatFields(), formFields(), earlyFields(), writtenFields())...)
}

// whoFields are who agreed, and who may be told by whom.
func whoFields() []column {
	return []column{
		{Column: "consent", Kind: field.Ref, FHIR: "Consent.id", At: func(c *Consent) any { return &c.ID }},
		{Column: "person", Kind: field.Ref, FHIR: "Consent.patient", At: func(c *Consent) any { return &c.Person }},
		{
			Column: "sort", Kind: field.Choice, Options: Sorts(), Label: words{EN: "Which sort", ES: "De qué tipo", AR: "أي نوع"},
			At: func(c *Consent) any { return &c.Sort },
		},
		{Column: "regime", Kind: field.Ref, FHIR: "Consent.category", At: func(c *Consent) any { return &c.Regime }},
		{
			Column: "recipient_kind", Kind: field.Choice, Asked: true, Options: RecipientKinds(),
			Label: words{EN: "Who may be told", ES: "A quién se puede contar", AR: "من يجوز إخباره"},
			At:    func(c *Consent) any { return &c.RecipientKind },
		},
		{
			Column: "recipient", Kind: field.Ref, FHIR: "Consent.provision.provision.actor.where(role='PRCP').reference",
			At: func(c *Consent) any { return &c.Recipient },
		},
		{
			Column: "class", Kind: field.Choice, Asked: true, Options: Classes(), FHIR: "Consent.provision.provision.actor.role",
			Label: words{EN: "Which kind", ES: "De qué clase", AR: "أي فئة"},
			At:    func(c *Consent) any { return &c.Class },
		},
		{Column: "members", Kind: field.Ref, At: func(c *Consent) any { return &c.Members }},
		{
			Column: "discloser", Kind: field.Text, FHIR: "Consent.organization.display",
			Label: words{EN: "Who may tell it", ES: "Quién puede contarlo", AR: "من يجوز له الإخبار"},
			At:    func(c *Consent) any { return &c.Discloser },
		},
		{
			Column: "signed_as", Kind: field.Text, Asked: true, Sealed: true, Limit: 80, FHIR: "Consent.patient.display",
			Label: words{EN: "Name on the consent", ES: "Nombre en el permiso", AR: "الاسم على الموافقة"},
			At:    func(c *Consent) any { return &c.SignedAs },
		},
	}
}

// whatFields are what may be told, what for and until when.
func whatFields() []column {
	return []column{
		{
			Column: "what", Kind: field.Choices, Asked: true, Required: true, Options: Kinds(), FHIR: "Consent.provision.provision.class",
			Label: words{EN: "What may be told", ES: "Qué se puede contar", AR: "ما يجوز إخباره"},
			At:    func(c *Consent) any { return &c.What },
		},
		{
			Column: "detail", Kind: field.Long, Asked: true, Sealed: true, Limit: 1000,
			Label: words{EN: "In their own words", ES: "En sus propias palabras", AR: "بكلماته"},
			Yours: words{EN: "In your own words", ES: "En sus propias palabras", AR: "بكلماتك"},
			At:    func(c *Consent) any { return &c.Detail },
		},
		{
			Column: "labels", Kind: field.Choices, Asked: true, Options: Labels(), FHIR: "Consent.provision.provision.securityLabel",
			Label: words{EN: "Also when it touches on", ES: "También si toca", AR: "حتى لو تناول"},
			At:    func(c *Consent) any { return &c.Labels },
		},
		{
			Column: "purpose", Kind: field.Choice, Asked: true, Required: true, Options: Purposes(), FHIR: "Consent.provision.provision.purpose",
			Label: words{EN: "What for", ES: "Para qué", AR: "لأي غرض"},
			At:    func(c *Consent) any { return &c.Purpose },
		},
		{
			Column: "given_at", Kind: field.Instant, FHIR: "Consent.dateTime",
			Label: words{EN: "Given on", ES: "Dado el", AR: "أُعطي في"},
			At:    func(c *Consent) any { return &c.GivenAt },
		},
		{
			Column: "until_at", Kind: field.Instant, FHIR: "Consent.provision.provision.period.end",
			Label: words{EN: "Ends", ES: "Termina", AR: "ينتهي في"},
			At:    func(c *Consent) any { return &c.UntilAt },
		},
		{
			Column: "until_event", Kind: field.Choice, Asked: true, Options: Events(),
			Label: words{EN: "Ends with", ES: "Termina con", AR: "ينتهي مع"},
			At:    func(c *Consent) any { return &c.UntilEvent },
		},
		{
			Column: "ended_at", Kind: field.Instant,
			Label: words{EN: "That came on", ES: "Eso llegó el", AR: "حدث ذلك في"},
			At:    func(c *Consent) any { return &c.EndedAt },
		},
	}
}
