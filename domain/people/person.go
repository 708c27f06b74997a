package people

import (
	"sync"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Person is someone who is walked with. Their id is also the name of the key
// that seals what is written about them.
type Person struct {
	ID          ref.Person
	Provisional bool // made for an ask; nobody has yet asked what they would like to be called
	Name        string
	LegalName   string
	Pronouns    string
	Languages   []string
	Phone       string
	Email       string
	Voicemail   bool
	Texts       bool
	NoCalls     bool
	Safety      string
	CreatedAt   time.Time
	Version     int64
}

// Languages a person can ask to be spoken to in. BCP 47 codes.
func Languages() []field.Option { return languages() }

// languages are made once: a board reads them for each card.
var languages = sync.OnceValue(func() []field.Option {
	return []field.Option{
		{Value: "en", Label: i18n.Text{EN: "English", ES: "inglés", AR: "الإنجليزية"}},
		{Value: "es", Label: i18n.Text{EN: "Spanish", ES: "español", AR: "الإسبانية"}},
		{Value: "ar", Label: i18n.Text{EN: "Arabic", ES: "árabe", AR: "العربية"}},
		{Value: "fr", Label: i18n.Text{EN: "French", ES: "francés", AR: "الفرنسية"}},
		{Value: "pt", Label: i18n.Text{EN: "Portuguese", ES: "portugués", AR: "البرتغالية"}},
		{Value: "ht", Label: i18n.Text{EN: "Haitian Creole", ES: "criollo haitiano", AR: "الكريولية الهايتية"}},
		{Value: "zh", Label: i18n.Text{EN: "Chinese", ES: "chino", AR: "الصينية"}},
		{Value: "vi", Label: i18n.Text{EN: "Vietnamese", ES: "vietnamita", AR: "الفيتنامية"}},
		{Value: "ru", Label: i18n.Text{EN: "Russian", ES: "ruso", AR: "الروسية"}},
		{Value: "so", Label: i18n.Text{EN: "Somali", ES: "somalí", AR: "الصومالية"}},
		{Value: "sgn", Label: i18n.Text{EN: "A sign language", ES: "una lengua de señas", AR: "لغة إشارة"}},
		{Value: "und", Label: i18n.Text{EN: "Another language", ES: "otro idioma", AR: "لغة أخرى"}},
	}
})

// Persons says what a person's record holds.
func Persons() *field.Record[Person] { return oneRecord() }

// oneRecord is made once: pages ask for it for each line they draw.
var oneRecord = sync.OnceValue(func() *field.Record[Person] {
	walkers := []string{"peer", "supervisor", "coordinator", "participant"}
	return field.Define("people_person",
		field.Keys[Person]{
			ID: []string{"person"}, Subject: func(p *Person) string { return string(p.ID) },
			Title: i18n.Text{EN: "Who you are, and how to reach you", ES: "Quién es usted y cómo contactarle", AR: "من أنت وكيف نتواصل معك"},
		},
		field.Field[Person]{
			Column: "person", Kind: field.Ref, FHIR: "Patient.id",
			At: func(p *Person) any { return &p.ID },
		},
		field.Field[Person]{
			Column: "provisional", Kind: field.Flag,
			Label: i18n.Text{EN: "Known by an alias for now", ES: "Por ahora, con un alias", AR: "معروف باسم مستعار حاليا"},
			At:    func(p *Person) any { return &p.Provisional },
		},
		field.Field[Person]{
			Column: "name", Kind: field.Text, Asked: true, Sealed: true, Limit: 80, See: walkers, FHIR: "Patient.name.where(use='usual').text",
			Label: i18n.Text{EN: "Name they use", ES: "Nombre que usa", AR: "الاسم الذي يستخدمه"},
			Yours: i18n.Text{EN: "Name you use", ES: "Nombre que usa", AR: "الاسم الذي تستخدمه"},
			Hint:  i18n.Text{EN: "Any name will do.", ES: "Cualquier nombre sirve.", AR: "أي اسم يكفي."},
			At:    func(p *Person) any { return &p.Name },
		},
		field.Field[Person]{
			Column: "legal_name", Kind: field.Text, Asked: true, Sealed: true, Limit: 120, See: walkers, FHIR: "Patient.name.where(use='official').text",
			Label: i18n.Text{EN: "Name on their papers", ES: "Nombre en sus papeles", AR: "الاسم في الأوراق الرسمية"},
			Yours: i18n.Text{EN: "Name on your papers", ES: "Nombre en sus papeles", AR: "الاسم في أوراقك الرسمية"},
			Hint:  i18n.Text{EN: "Only if they want us to have it.", ES: "Solo si quiere que lo tengamos.", AR: "فقط إذا أراد أن نحتفظ به."},
			At:    func(p *Person) any { return &p.LegalName },
		},
		field.Field[Person]{
			Column: "pronouns", Kind: field.Text, Asked: true, Sealed: true, Limit: 40, See: walkers,
			Label: i18n.Text{EN: "Pronouns", ES: "Pronombres", AR: "الضمائر"},
			At:    func(p *Person) any { return &p.Pronouns },
		},
		field.Field[Person]{
			Column: "languages", Kind: field.Choices, Asked: true, Options: Languages(), FHIR: "Patient.communication.language",
			Label: i18n.Text{EN: "Languages", ES: "Idiomas", AR: "اللغات"},
			At:    func(p *Person) any { return &p.Languages },
		},
		field.Field[Person]{
			Column: "phone", Kind: field.Text, Asked: true, Sealed: true, Limit: 40, See: walkers, FHIR: "Patient.telecom.where(system='phone').value",
			Label: i18n.Text{EN: "Phone", ES: "Teléfono", AR: "الهاتف"},
			At:    func(p *Person) any { return &p.Phone },
		},
		field.Field[Person]{
			Column: "email", Kind: field.Text, Asked: true, Sealed: true, Limit: 120, See: walkers, FHIR: "Patient.telecom.where(system='email').value",
			Label: i18n.Text{EN: "E-mail", ES: "Correo electrónico", AR: "البريد الإلكتروني"},
			At:    func(p *Person) any { return &p.Email },
		},
		field.Field[Person]{
			Column: "voicemail", Kind: field.Flag, Asked: true,
			Label: i18n.Text{EN: "Leaving a voicemail is fine", ES: "Se puede dejar un mensaje de voz", AR: "يمكن ترك رسالة صوتية"},
			At:    func(p *Person) any { return &p.Voicemail },
		},
		field.Field[Person]{
			Column: "texts", Kind: field.Flag, Asked: true,
			Label: i18n.Text{EN: "A text is fine", ES: "Se puede enviar un mensaje de texto", AR: "يمكن إرسال رسالة نصية"},
			At:    func(p *Person) any { return &p.Texts },
		},
		field.Field[Person]{
			Column: "no_calls", Kind: field.Flag, Asked: true,
			Label: i18n.Text{EN: "No calls", ES: "Sin llamadas", AR: "بلا مكالمات"},
			At:    func(p *Person) any { return &p.NoCalls },
		},
		field.Field[Person]{
			Column: "safety", Kind: field.Long, Asked: true, Sealed: true, Limit: 600, See: walkers,
			Label: i18n.Text{EN: "To reach them safely", ES: "Para contactar sin riesgo", AR: "للتواصل معه بأمان"},
			Yours: i18n.Text{EN: "To reach you safely", ES: "Para contactarle sin riesgo", AR: "للتواصل معك بأمان"},
			Hint:  i18n.Text{EN: "Who else may pick up? When is a good time?", ES: "¿Quién más puede contestar? ¿A qué hora es bueno?", AR: "من غيره قد يرد؟ وما الوقت المناسب؟"},
			At:    func(p *Person) any { return &p.Safety },
		},
		field.Field[Person]{
			Column: "created_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Here since", ES: "Aquí desde", AR: "هنا منذ"},
			At:    func(p *Person) any { return &p.CreatedAt },
		},
		field.Field[Person]{Column: "version", Kind: field.Version, At: func(p *Person) any { return &p.Version }},
	)
})

// MayRing reports whether a call may be made at all: there is a number, and the
// person did not ask us not to call.
func (p Person) MayRing() bool { return p.Phone != "" && !p.NoCalls }

// SafeContact says, for the place where a call would be made, what the person
// agreed to. Silence means no.
func (p Person) SafeContact() i18n.Text {
	switch {
	case p.NoCalls && p.Texts:
		return i18n.Text{EN: "No calls. Text is fine", ES: "Sin llamadas. Texto sí", AR: "بلا مكالمات. الرسائل النصية مسموحة"}
	case p.NoCalls:
		return i18n.Text{EN: "No calls, no voicemail, no text", ES: "Sin llamadas, ni mensaje de voz ni texto", AR: "لا مكالمات ولا رسائل صوتية ولا نصية"}
	case p.Texts && p.Voicemail:
		return i18n.Text{EN: "Text and voicemail are fine", ES: "Texto y mensaje de voz, sí", AR: "الرسائل النصية والصوتية مسموحة"}
	case p.Texts:
		return i18n.Text{EN: "Text is fine, no voicemail", ES: "Texto sí, mensaje de voz no", AR: "رسالة نصية نعم، رسالة صوتية لا"}
	case p.Voicemail:
		return i18n.Text{EN: "Voicemail is fine, no text", ES: "Mensaje de voz sí, texto no", AR: "رسالة صوتية نعم، رسالة نصية لا"}
	}
	return i18n.Text{EN: "No voicemail, no text", ES: "Ni mensaje de voz ni texto", AR: "لا رسائل صوتية ولا نصية"}
}
