package consent

import "alongside/platform/field"

// formFields are how it was given, by whom and in which language.
func formFields() []column {
	return []column{
		{
			Column: "how", Kind: field.Choice, Asked: true, Required: true, Options: Hows(), FHIR: "Consent.verification",
			Label: words{EN: "How it was given", ES: "Cómo se dio", AR: "كيف أُعطي"},
			At:    func(c *Consent) any { return &c.How },
		},
		{
			Column: "paper", Kind: field.Text, Asked: true, Sealed: true, FHIR: "Consent.sourceAttachment.title",
			Label: words{EN: "Where the paper is kept", ES: "Dónde se guarda el papel", AR: "مكان حفظ الورقة"},
			At:    func(c *Consent) any { return &c.Paper },
		},
		{
			Column: "language", Kind: field.Choice, Asked: true, Options: Languages(), FHIR: "Consent.language",
			Label: words{EN: "In which language", ES: "En qué idioma", AR: "بأي لغة"},
			At:    func(c *Consent) any { return &c.Language },
		},
		{
			Column: "rights", Kind: field.Choice, Asked: true, Options: Manners(),
			Label: words{EN: "How they learned their rights", ES: "Cómo conoció sus derechos", AR: "كيف عرف حقوقه"},
			Yours: words{EN: "How you learned your rights", ES: "Cómo conoció usted sus derechos", AR: "كيف عرفت حقوقك"},
			At:    func(c *Consent) any { return &c.Rights },
		},
		{
			Column: "warned", Kind: field.Flag, Asked: true,
			Label: words{EN: "They know it may be passed on there", ES: "Sabe que allí se puede pasar a otros", AR: "يعرف أنه قد يُنقل من هناك"},
			Yours: words{EN: "You know it may be passed on there", ES: "Usted sabe que allí se puede pasar a otros", AR: "تعرف أنه قد يُنقل من هناك"},
			At:    func(c *Consent) any { return &c.Warned },
		},
		{
			Column: "copied", Kind: field.Choice, Asked: true, Options: Copies(),
			Label: words{EN: "Their copy", ES: "Su copia", AR: "نسخته"},
			Yours: words{EN: "Your copy", ES: "Su copia", AR: "نسختك"},
			At:    func(c *Consent) any { return &c.Copied },
		},
		{
			Column: "condition", Kind: field.Flag, Asked: true,
			Label: words{EN: "Support depends on it", ES: "El apoyo depende de esto", AR: "الدعم مشروط به"},
			At:    func(c *Consent) any { return &c.Condition },
		},
		{
			Column: "signer", Kind: field.Choice, Asked: true, Options: Signers(), FHIR: "Consent.performer",
			Label: words{EN: "Who signs", ES: "Quién firma", AR: "من يوقّع"},
			At:    func(c *Consent) any { return &c.Signer },
		},
		{
			Column: "signer_name", Kind: field.Text, Asked: true, Sealed: true, Limit: 80,
			Label: words{EN: "Their name", ES: "Su nombre", AR: "اسمه"},
			Yours: words{EN: "Name of whoever signed", ES: "Nombre de quien firmó", AR: "اسم من وقّع"},
			At:    func(c *Consent) any { return &c.SignerName },
		},
		{
			Column: "signer_why", Kind: field.Text, Asked: true, Sealed: true,
			Label: words{EN: "Why they may sign", ES: "Por qué puede firmar", AR: "لماذا يجوز له التوقيع"},
			Yours: words{EN: "Why this signature counts", ES: "Por qué vale esta firma", AR: "لماذا يُعتد بهذا التوقيع"},
			At:    func(c *Consent) any { return &c.SignerWhy },
		},
	}
}

// earlyFields belong to a consent given soon after an overdose.
func earlyFields() []column {
	return []column{
		{
			Column: "early", Kind: field.Flag,
			Label: words{EN: "Given in the first hours", ES: "Dado en las primeras horas", AR: "أُعطي في الساعات الأولى"},
			At:    func(c *Consent) any { return &c.Early },
		},
		{
			Column: "confirm_by", Kind: field.Instant,
			Label: words{EN: "Ends unless it is read back by", ES: "Termina si no se relee antes de", AR: "ينتهي إن لم تُعد قراءته قبل"},
			At:    func(c *Consent) any { return &c.ConfirmBy },
		},
		{
			Column: "confirmed_at", Kind: field.Instant,
			Label: words{EN: "Read back on", ES: "Releído el", AR: "أُعيدت قراءته في"},
			At:    func(c *Consent) any { return &c.ConfirmedAt },
		},
		{Column: "confirmed_by", Kind: field.Ref, At: func(c *Consent) any { return &c.ConfirmedBy }},
	}
}

// writtenFields are who wrote it down and took it back, and when.
func writtenFields() []column {
	return []column{
		{Column: "given_by", Kind: field.Ref, At: func(c *Consent) any { return &c.GivenBy }},
		{
			Column: "revoked_at", Kind: field.Instant,
			Label: words{EN: "Taken back on", ES: "Retirado el", AR: "سُحب في"},
			At:    func(c *Consent) any { return &c.RevokedAt },
		},
		{
			Column: "revoked_how", Kind: field.Choice, Options: overHows(),
			Label: words{EN: "How it was taken back", ES: "Cómo se retiró", AR: "كيف سُحب"},
			At:    func(c *Consent) any { return &c.RevokedHow },
		},
		{Column: "revoked_by", Kind: field.Ref, At: func(c *Consent) any { return &c.RevokedBy }},
		{
			Column: "recorded_at", Kind: field.Instant, FHIR: "Consent.meta.lastUpdated",
			Label: words{EN: "Written down on", ES: "Anotado el", AR: "سُجّل في"},
			At:    func(c *Consent) any { return &c.RecordedAt },
		},
		{
			Column: "mark_at", Kind: field.Instant,
			Label: words{EN: "Where the log stood", ES: "Dónde iba el registro", AR: "حيث كان السجل"},
			At:    func(c *Consent) any { return &c.MarkAt },
		},
		{Column: "version", Kind: field.Version, At: func(c *Consent) any { return &c.Version }},
	}
}
