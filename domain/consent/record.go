package consent

import (
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Consents says what a consent's record holds.
func Consents() *field.Record[Consent] {
	type f = field.Field[Consent]
	return field.Define("consent_consent",
		field.Keys[Consent]{ID: []string{"consent"}, Subject: func(c *Consent) string { return string(c.Person) }},
		f{Column: "consent", Kind: field.Ref, FHIR: "Consent.id", At: func(c *Consent) any { return &c.ID }},
		f{Column: "person", Kind: field.Ref, FHIR: "Consent.patient", At: func(c *Consent) any { return &c.Person }},
		f{
			Column: "recipient", Kind: field.Ref, FHIR: "Consent.provision.actor.where(role='PRCP').reference",
			At: func(c *Consent) any { return &c.Recipient },
		},
		f{
			Column: "what", Kind: field.Choices, Asked: true, Required: true, Options: Kinds(), FHIR: "Consent.provision.class",
			Label: i18n.Text{EN: "What may be told", ES: "Qué se puede contar", AR: "ما يجوز إخباره"},
			At:    func(c *Consent) any { return &c.What },
		},
		f{
			Column: "purpose", Kind: field.Choice, Asked: true, Required: true, Options: Purposes(), FHIR: "Consent.provision.purpose",
			Label: i18n.Text{EN: "What for", ES: "Para qué", AR: "لأي غرض"},
			At:    func(c *Consent) any { return &c.Purpose },
		},
		f{
			Column: "given_at", Kind: field.Instant, FHIR: "Consent.dateTime",
			Label: i18n.Text{EN: "Given on", ES: "Dado el", AR: "أُعطي في"},
			At:    func(c *Consent) any { return &c.GivenAt },
		},
		f{
			Column: "until_at", Kind: field.Instant, FHIR: "Consent.provision.period.end",
			Label: i18n.Text{EN: "Ends", ES: "Termina", AR: "ينتهي في"},
			At:    func(c *Consent) any { return &c.UntilAt },
		},
		f{
			Column: "how", Kind: field.Choice, Asked: true, Required: true, Options: Hows(),
			Label: i18n.Text{EN: "How it was given", ES: "Cómo se dio", AR: "كيف أُعطي"},
			At:    func(c *Consent) any { return &c.How },
		},
		f{
			Column: "paper", Kind: field.Text, Asked: true, Sealed: true, FHIR: "Consent.sourceAttachment.title",
			Label: i18n.Text{EN: "Where the paper is kept", ES: "Dónde se guarda el papel", AR: "مكان حفظ الورقة"},
			At:    func(c *Consent) any { return &c.Paper },
		},
		f{Column: "given_by", Kind: field.Ref, FHIR: "Consent.performer", At: func(c *Consent) any { return &c.GivenBy }},
		f{
			Column: "revoked_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Taken back on", ES: "Retirado el", AR: "سُحب في"},
			At:    func(c *Consent) any { return &c.RevokedAt },
		},
		f{
			Column: "revoked_how", Kind: field.Choice, Options: Hows(),
			Label: i18n.Text{EN: "How it was taken back", ES: "Cómo se retiró", AR: "كيف سُحب"},
			At:    func(c *Consent) any { return &c.RevokedHow },
		},
		f{Column: "revoked_by", Kind: field.Ref, At: func(c *Consent) any { return &c.RevokedBy }},
		f{
			Column: "recorded_at", Kind: field.Instant, FHIR: "Consent.meta.lastUpdated",
			Label: i18n.Text{EN: "Written down on", ES: "Anotado el", AR: "سُجّل في"},
			At:    func(c *Consent) any { return &c.RecordedAt },
		},
		f{
			Column: "mark_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Where the log stood", ES: "Dónde iba el registro", AR: "حيث كان السجل"},
			At:    func(c *Consent) any { return &c.MarkAt },
		},
		f{Column: "version", Kind: field.Version, At: func(c *Consent) any { return &c.Version }},
	)
}
