package disclose

import (
	"slices"
	"time"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Why something may be told.
const (
	ByConsent   = "consent"
	ByEmergency = "emergency" // 42 CFR 2.51
	ByOrder     = "order"     // a court's order, or what the law of the place requires
	ByAudit     = "audit"     // someone checks the work: 42 CFR 2.53
	ByStudy     = "research"  // someone studies the work: 42 CFR 2.52
)

// Disclosure is one thing that was told.
type Disclosure struct {
	ID         ref.Disclosure
	Person     ref.Person
	Recipient  ref.Recipient // empty when it is nobody on the list
	Via        ref.Recipient // the intermediary under whose consent it went
	ToWhom     string        // who, in an emergency or for an authority
	Facility   string        // the health facility they belong to
	What       []string      // kinds, as a consent names them
	Purpose    string
	Basis      string
	Consent    ref.Consent
	Demand     ref.Demand
	Agreement  ref.Agreement
	Way        string // one of Ways
	Row        string // the row that was read, as the record of looks names it; empty where it was no one row
	Nature     string // what the emergency is
	Unable     string // why the person could not be asked
	At         time.Time
	By         string
	Hidden     bool   // the law forbids telling the person for now
	Review     string // one of Reviews, of an emergency
	ReviewNote string
	ReviewedBy string
	ReviewedAt time.Time
	KnownAt    time.Time // when the person was told of an emergency
	Version    int64
}

// Ways are how something is told.
func Ways() []field.Option {
	return []field.Option{
		{Value: "page", Label: i18n.Text{EN: "On a page", ES: "En una página", AR: "على صفحة"}},
		{Value: "link", Label: i18n.Text{EN: "By a link", ES: "Por un enlace", AR: "عبر رابط"}},
		{Value: "fhir", Label: i18n.Text{EN: "Into the recipient’s record system", ES: "A su sistema de registros", AR: "إلى نظام سجلاتهم"}},
		{Value: "print", Label: i18n.Text{EN: "On paper", ES: "En papel", AR: "على ورق"}},
		{Value: "export", Label: i18n.Text{EN: "As a file", ES: "En un archivo", AR: "كملف"}},
		{Value: "message", Label: i18n.Text{EN: "By message", ES: "Por mensaje", AR: "برسالة"}},
		{Value: "spoken", Label: i18n.Text{EN: "In words", ES: "De palabra", AR: "شفهيًا"}},
	}
}

// Bases are why something could be told.
func Bases() []field.Option {
	return []field.Option{
		{Value: ByConsent, Label: i18n.Text{EN: "You allowed it", ES: "Usted lo permitió", AR: "أنت سمحت بذلك"}},
		{Value: ByEmergency, Label: i18n.Text{EN: "A medical emergency", ES: "Una emergencia médica", AR: "حالة طبية طارئة"}},
		{Value: ByOrder, Label: i18n.Text{EN: "A court or the law asked for it", ES: "Un tribunal o la ley lo pidió", AR: "طلبته محكمة أو القانون"}},
		{Value: ByAudit, Label: i18n.Text{EN: "Someone checks how we work", ES: "Alguien revisa cómo trabajamos", AR: "هناك من يراجع عملنا"}},
		{Value: ByStudy, Label: i18n.Text{EN: "Research that the law allows", ES: "Una investigación que la ley permite", AR: "بحث علمي يسمح به القانون"}},
	}
}

// What a second person can find of an emergency.
const (
	Right = "right"
	Wrong = "wrong"
)

// Reviews are what a second person can find of an emergency.
func Reviews() []field.Option {
	return []field.Option{
		{Value: Right, Label: i18n.Text{EN: "It was right to tell", ES: "Fue correcto contarlo", AR: "كان الإخبار صوابًا"}},
		{Value: Wrong, Label: i18n.Text{EN: "It should not have been told", ES: "No debió contarse", AR: "ما كان ينبغي الإخبار"}},
	}
}

type (
	column = field.Field[Disclosure]
	words  = i18n.Text
)

// Disclosures says what the record of a disclosure holds.
func Disclosures() *field.Record[Disclosure] {
	return field.Define("disclose_disclosure",
		field.Keys[Disclosure]{
			ID: []string{"disclosure"}, Subject: func(d *Disclosure) string { return string(d.Person) },
			Title:    words{EN: "Something that was told", ES: "Algo que se contó", AR: "شيء أُخبر به"},
			Withheld: func(d *Disclosure) bool { return d.Hidden },
		},
		slices.Concat(toldFields(), whyFields(), afterFields())...)
}

func toldFields() []column {
	return []column{
		{Column: "disclosure", Kind: field.Ref, FHIR: "AuditEvent.id", At: func(d *Disclosure) any { return &d.ID }},
		{Column: "person", Kind: field.Ref, At: func(d *Disclosure) any { return &d.Person }},
		{Column: "recipient", Kind: field.Ref, At: func(d *Disclosure) any { return &d.Recipient }},
		{Column: "via", Kind: field.Ref, At: func(d *Disclosure) any { return &d.Via }},
		{
			Column: "to_whom", Kind: field.Text, Sealed: true, Asked: true, Label: words{EN: "Who was told", ES: "A quién se contó", AR: "من أُخبر"},
			At: func(d *Disclosure) any { return &d.ToWhom },
		},
		{
			Column: "facility", Kind: field.Text, Sealed: true, Asked: true, Label: words{EN: "Where they work", ES: "Dónde trabaja", AR: "أين يعمل"}, Yours: words{EN: "Where whoever was told works", ES: "Dónde trabaja quien lo supo", AR: "أين يعمل من أُخبر"},
			At: func(d *Disclosure) any { return &d.Facility },
		},
		{
			Column: "what", Kind: field.Choices, Options: consent.Kinds(), Label: words{EN: "What was told", ES: "Qué se contó", AR: "ما الذي أُخبر به"},
			At: func(d *Disclosure) any { return &d.What },
		},
		{
			Column: "way", Kind: field.Choice, Options: Ways(), Label: words{EN: "How", ES: "Cómo", AR: "كيف"},
			At: func(d *Disclosure) any { return &d.Way },
		},
		{Column: "told_row", Kind: field.Ref, At: func(d *Disclosure) any { return &d.Row }},
		{
			Column: "told_at", Kind: field.Instant, Label: words{EN: "When", ES: "Cuándo", AR: "متى"},
			At: func(d *Disclosure) any { return &d.At },
		},
		{Column: "told_by", Kind: field.Ref, At: func(d *Disclosure) any { return &d.By }},
	}
}

func whyFields() []column {
	return []column{
		{
			Column: "purpose", Kind: field.Choice, Options: consent.Purposes(), Label: words{EN: "What for", ES: "Para qué", AR: "لأي غرض"},
			At: func(d *Disclosure) any { return &d.Purpose },
		},
		{
			Column: "basis", Kind: field.Choice, Options: Bases(), Label: words{EN: "Why it could be told", ES: "Por qué se pudo contar", AR: "لماذا جاز الإخبار"},
			At: func(d *Disclosure) any { return &d.Basis },
		},
		{Column: "consent", Kind: field.Ref, At: func(d *Disclosure) any { return &d.Consent }},
		{Column: "demand", Kind: field.Ref, At: func(d *Disclosure) any { return &d.Demand }},
		{Column: "agreement", Kind: field.Ref, At: func(d *Disclosure) any { return &d.Agreement }},
		{
			Column: "nature", Kind: field.Long, Sealed: true, Asked: true, Limit: 1000,
			Label: words{EN: "What the emergency was", ES: "Cuál fue la emergencia", AR: "ما هي الحالة الطارئة"},
			At:    func(d *Disclosure) any { return &d.Nature },
		},
		{
			Column: "unable", Kind: field.Text, Sealed: true, Asked: true,
			Label: words{EN: "Why the person could not be asked", ES: "Por qué no se pudo preguntar", AR: "لماذا تعذر سؤال الشخص"},
			Yours: words{EN: "Why you could not be asked", ES: "Por qué no se le pudo preguntar", AR: "لماذا تعذر سؤالك"},
			At:    func(d *Disclosure) any { return &d.Unable },
		},
		{
			Column: "hidden", Kind: field.Flag, Label: words{EN: "The law forbids saying so for now", ES: "La ley prohíbe decirlo por ahora", AR: "القانون يمنع قول ذلك الآن"},
			At: func(d *Disclosure) any { return &d.Hidden },
		},
	}
}

func afterFields() []column {
	return []column{
		{
			Column: "review", Kind: field.Choice, Asked: true, Options: Reviews(), Label: words{EN: "What a second person found", ES: "Qué halló otra persona", AR: "ما وجده شخص ثانٍ"},
			At: func(d *Disclosure) any { return &d.Review },
		},
		{
			Column: "review_note", Kind: field.Long, Sealed: true, Asked: true, Limit: 1000, Label: words{EN: "Note", ES: "Nota", AR: "ملاحظة"},
			At: func(d *Disclosure) any { return &d.ReviewNote },
		},
		{Column: "reviewed_by", Kind: field.Ref, At: func(d *Disclosure) any { return &d.ReviewedBy }},
		{
			Column: "reviewed_at", Kind: field.Instant, Label: words{EN: "Looked at on", ES: "Revisado el", AR: "رُوجع في"},
			At: func(d *Disclosure) any { return &d.ReviewedAt },
		},
		{
			Column: "known_at", Kind: field.Instant, Label: words{EN: "The person knows since", ES: "La persona lo sabe desde", AR: "يعلم الشخص منذ"}, Yours: words{EN: "You know since", ES: "Usted lo sabe desde", AR: "تعرف منذ"},
			At: func(d *Disclosure) any { return &d.KnownAt },
		},
		{Column: "version", Kind: field.Version, At: func(d *Disclosure) any { return &d.Version }},
	}
}
