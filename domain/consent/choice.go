package consent

import (
	"slices"

	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/scope"
)

// The sorts of consent. What a counsellor keeps apart as their own notes has a
// consent of its own and is never combined with any other (42 CFR 2.31(b)).
const (
	General = "general"
	Notes   = "notes"
)

// What can be agreed to be told.
const (
	Status     = "status"     // how the hand-off stands: coming, arrived, introduced
	Name       = "name"       // the name they use
	Contact    = "contact"    // how to reach them safely
	Needs      = "needs"      // what they would like help with
	Plan       = "plan"       // the plan they made
	Goals      = "goals"      // their goals, and how near they are
	Meetings   = "meetings"   // when they met with us
	Context    = "context"    // a note to a care team that was written with them
	Answers    = "answers"    // what they answered to questions, and scores
	Attendance = "attendance" // a proof that they came; only ever at their own request
	Counsel    = "counsel"    // a counsellor's separate notes; only in a consent of sort Notes
)

// How a consent was given or taken back.
const (
	Spoken  = "spoken"
	Signed  = "signed" // on a screen
	Paper   = "paper"
	Message = "message" // taken back by letter, text or e-mail
	Self    = "self"    // taken back by the person, on their own page
	Again   = "again"   // over before, and ended again after an older copy was put back; nobody picks it
)

// How the person learned of their rights.
const (
	Read  = "read"
	Heard = "heard"
)

// TPO is the purpose of one consent for all treatment, payment and health care
// operations, as 42 CFR 2.31(a)(5) allows it.
const TPO = "TPO"

// The kinds of recipient that a consent can name (42 CFR 2.31(a)(4)).
const (
	Named   = "named"
	ByClass = "class"
	ByTPO   = "tpo" // "my treating providers, health plans, third-party payers, and people helping to operate this program"
	Through = "intermediary"
)

// Kinds are what a person can agree to have told. Their words say neither "my"
// nor "their": the person and the worker read the same list.
func Kinds() []field.Option {
	return []field.Option{
		{Value: Status, Label: i18n.Text{EN: "How things stand", ES: "Cómo van las cosas", AR: "كيف تسير الأمور"}},
		{Value: Name, Label: i18n.Text{EN: "The name in use", ES: "El nombre en uso", AR: "الاسم المستخدم"}},
		{Value: Contact, Label: i18n.Text{EN: "Ways to get in touch", ES: "Formas de contacto", AR: "طرق التواصل"}},
		{Value: Needs, Label: i18n.Text{EN: "What help is wanted", ES: "Qué ayuda se busca", AR: "المساعدة المطلوبة"}},
		{Value: Plan, Label: i18n.Text{EN: "The plan", ES: "El plan", AR: "الخطة"}},
		{Value: Goals, Label: i18n.Text{EN: "The goals", ES: "Las metas", AR: "الأهداف"}},
		{Value: Meetings, Label: i18n.Text{EN: "When we met", ES: "Cuándo nos encontramos", AR: "مواعيد لقائنا"}},
		{Value: Context, Label: i18n.Text{EN: "A note written together", ES: "Una nota escrita juntos", AR: "ملاحظة كُتبت معًا"}},
		{Value: Answers, Label: i18n.Text{EN: "Answers to questions, with scores", ES: "Respuestas a preguntas, con puntajes", AR: "الإجابات عن الأسئلة مع الدرجات"}},
		{Value: Attendance, Label: i18n.Text{EN: "Proof of coming here", ES: "Constancia de asistencia", AR: "إثبات الحضور"}},
		{Value: Counsel, Label: i18n.Text{EN: "A counsellor’s own notes", ES: "Notas propias de quien aconseja", AR: "ملاحظات المرشد الخاصة"}},
	}
}

// Labels are the kinds of sensitive matter, in HL7's codes (v3 ActCode,
// information sensitivity). What carries a label is told only if the consent
// names that label too.
func Labels() []field.Option {
	return []field.Option{
		{Value: "SUD", Label: i18n.Text{EN: "Substance use", ES: "Consumo de sustancias", AR: "استخدام المواد"}},
		{Value: "MH", Label: i18n.Text{EN: "Mental health", ES: "Salud mental", AR: "الصحة النفسية"}},
		{Value: "HIV", Label: i18n.Text{EN: "HIV", ES: "VIH", AR: "فيروس نقص المناعة"}},
		{Value: "STD", Label: i18n.Text{EN: "Infections passed on by sex", ES: "Infecciones de transmisión sexual", AR: "العدوى المنقولة جنسيًا"}},
		{Value: "SEX", Label: i18n.Text{EN: "Sex and having children", ES: "Sexualidad y embarazo", AR: "الحياة الجنسية والإنجاب"}},
		{Value: "SDV", Label: i18n.Text{EN: "Violence at home or by sex", ES: "Violencia sexual o en el hogar", AR: "العنف الجنسي أو المنزلي"}},
		{Value: "GDIS", Label: i18n.Text{EN: "What runs in the family", ES: "Lo que se hereda", AR: "الأمراض الوراثية"}},
	}
}

// Hows are the ways to give a consent.
func Hows() []field.Option {
	return []field.Option{
		{Value: Spoken, Label: i18n.Text{EN: "They said so", ES: "Lo dijo", AR: "قال ذلك"}, Yours: i18n.Text{EN: "You said so", ES: "Usted lo dijo", AR: "قلت ذلك"}},
		{Value: Signed, Label: i18n.Text{EN: "They signed on a screen", ES: "Firmó en una pantalla", AR: "وقّع على شاشة"}, Yours: i18n.Text{EN: "You signed on a screen", ES: "Usted firmó en una pantalla", AR: "وقّعت على شاشة"}},
		{Value: Paper, Label: i18n.Text{EN: "They signed on paper", ES: "Firmó en papel", AR: "وقّع على ورق"}, Yours: i18n.Text{EN: "You signed on paper", ES: "Usted firmó en papel", AR: "وقّعت على ورق"}},
	}
}

// RevokeHows are the ways to take a consent back: any will do.
func RevokeHows() []field.Option {
	return append(Hows(),
		field.Option{Value: Message, Label: i18n.Text{EN: "They wrote", ES: "Lo escribió", AR: "كتب ذلك"}, Yours: i18n.Text{EN: "You wrote", ES: "Usted lo escribió", AR: "كتبت ذلك"}},
		field.Option{Value: Self, Label: i18n.Text{EN: "On their own page", ES: "En su propia página", AR: "في صفحته الخاصة"}, Yours: i18n.Text{EN: "On your own page", ES: "En su propia página", AR: "في صفحتك الخاصة"}})
}

// overHows are the ways in which a consent can have come to an end: those that
// somebody picks, and what a restore does again.
func overHows() []field.Option {
	return append(RevokeHows(), field.Option{Value: Again, Label: i18n.Text{
		EN: "It was over before, and was ended again after an older copy was put back",
		ES: "Ya había terminado, y se terminó de nuevo al restaurar una copia anterior",
		AR: "كان قد انتهى من قبل، وأُنهي مرة أخرى بعد استعادة نسخة أقدم",
	}})
}

// Purposes are the reasons for which something may be told.
func Purposes() []field.Option {
	return []field.Option{
		{Value: scope.Treatment, Label: i18n.Text{EN: "Care and support", ES: "Atención y apoyo", AR: "الرعاية والدعم"}},
		{Value: scope.Payment, Label: i18n.Text{EN: "Payment", ES: "Pago", AR: "الدفع"}},
		{Value: scope.Operations, Label: i18n.Text{EN: "Running the service", ES: "Funcionamiento del servicio", AR: "تشغيل الخدمة"}},
		{Value: scope.OwnRequest, Label: i18n.Text{EN: "At the person’s own request", ES: "A petición de la persona", AR: "بطلب من الشخص"}, Yours: i18n.Text{EN: "At your own request", ES: "A petición de usted", AR: "بطلب منك"}},
		{Value: scope.Emergency, Label: i18n.Text{EN: "An emergency", ES: "Una emergencia", AR: "حالة طارئة"}},
		{Value: scope.Research, Label: i18n.Text{EN: "Research", ES: "Investigación", AR: "البحث العلمي"}},
		{Value: TPO, Label: i18n.Text{EN: "Care, payment and running the service", ES: "Atención, pago y funcionamiento del servicio", AR: "الرعاية والدفع وتشغيل الخدمة"}},
	}
}

// Asked reports whether something can be asked for the purpose: any but TPO,
// which is a consent's and never a question's.
func Asked(purpose string) bool { return purpose != TPO && field.Offered(Purposes(), purpose) }

// ofTPO are the purposes that TPO stands for.
func ofTPO() []string { return []string{scope.Treatment, scope.Payment, scope.Operations} }

// mayBeOpen reports whether a consent for the purpose may have no end: 42 CFR
// 2.31(a)(7) allows it for treatment, payment and operations.
func mayBeOpen(purpose string) bool { return purpose == TPO || slices.Contains(ofTPO(), purpose) }
