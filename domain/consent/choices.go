package consent

import (
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Who signs. Whoever signs for another, and a minor who signs alone, says why
// they may (42 CFR 2.14, 2.15; for a minor it is the law of the state).
const (
	Own            = "self"
	Minor          = "minor"               // a minor whom the law lets sign alone
	MinorAndParent = "minor-and-parent"    // both signed
	Guardian       = "guardian"            // for someone who cannot decide
	Representative = "of-someone-who-died" // an executor, or the closest relative
)

// Sorts are the two sorts of consent.
func Sorts() []field.Option {
	return []field.Option{
		{Value: General, Label: i18n.Text{EN: "What we know", ES: "Lo que sabemos", AR: "ما نعرفه"}},
		{Value: Notes, Label: i18n.Text{EN: "A counsellor’s own notes only", ES: "Solo las notas propias de quien aconseja", AR: "ملاحظات المرشد الخاصة فقط"}},
	}
}

// RecipientKinds are the ways to say who may be told.
func RecipientKinds() []field.Option {
	return []field.Option{
		{Value: Named, Label: i18n.Text{EN: "One, by name", ES: "Uno, por su nombre", AR: "جهة واحدة بالاسم"}},
		{Value: ByClass, Label: i18n.Text{EN: "All of one kind who look after me", ES: "Todos los de un tipo que me atienden", AR: "كل من يعتني بي من نوع واحد"}},
		{Value: ByTPO, Label: i18n.Text{
			EN: "My treating providers, health plans, third-party payers, and people helping to operate this program",
			ES: "Quienes me tratan, mis planes de salud, otros pagadores y quienes ayudan a llevar este programa",
			AR: "من يعالجونني وخطط التأمين الصحي وجهات الدفع ومن يساعدون في تشغيل هذا البرنامج",
		}},
		{Value: Through, Label: i18n.Text{EN: "A go-between and those behind it", ES: "Un intermediario y quienes están detrás", AR: "وسيط ومن وراءه"}},
	}
}

// Events are what a consent can end with instead of on a day.
func Events() []field.Option {
	return []field.Option{
		{Value: "support-ends", Label: i18n.Text{EN: "When our support ends", ES: "Cuando termine nuestro apoyo", AR: "عندما ينتهي دعمنا"}},
		{Value: "arrived", Label: i18n.Text{EN: "When I have arrived there", ES: "Cuando yo haya llegado allí", AR: "عندما أصل إلى هناك"}},
		{Value: "study-ends", Label: i18n.Text{EN: "At the end of the research study", ES: "Al terminar el estudio", AR: "عند نهاية الدراسة"}},
	}
}

// Manners are how a person learned what they agree to, and their rights.
func Manners() []field.Option {
	return []field.Option{
		{Value: Read, Label: i18n.Text{EN: "They read it", ES: "Lo leyó", AR: "قرأه"}, Yours: i18n.Text{EN: "You read it", ES: "Usted lo leyó", AR: "قرأته"}},
		{Value: Heard, Label: i18n.Text{EN: "It was read to them", ES: "Se le leyó", AR: "قُرئ عليه"}, Yours: i18n.Text{EN: "It was read to you", ES: "Se le leyó a usted", AR: "قُرئ عليك"}},
	}
}

// Copies are how a person was given a copy.
func Copies() []field.Option {
	return []field.Option{
		{Value: "paper", Label: i18n.Text{EN: "On paper", ES: "En papel", AR: "على ورق"}},
		{Value: "page", Label: i18n.Text{EN: "On their own page", ES: "En su propia página", AR: "في صفحته الخاصة"}, Yours: i18n.Text{EN: "On your own page", ES: "En su propia página", AR: "في صفحتك الخاصة"}},
		{Value: "not-wanted", Label: i18n.Text{EN: "Offered; they did not want one", ES: "Ofrecida; no la quiso", AR: "عُرضت ولم يردها"}, Yours: i18n.Text{EN: "Offered; you did not want one", ES: "Se ofreció; usted no quiso una", AR: "عُرضت ولم ترغب فيها"}},
	}
}

// Languages are those a consent can be read or heard in: the program's own, or
// another through an interpreter.
func Languages() []field.Option {
	return []field.Option{
		{Value: "en", Label: i18n.Text{EN: "English", ES: "Inglés", AR: "الإنجليزية"}},
		{Value: "es", Label: i18n.Text{EN: "Spanish", ES: "Español", AR: "الإسبانية"}},
		{Value: "ar", Label: i18n.Text{EN: "Arabic", ES: "Árabe", AR: "العربية"}},
		{Value: "other", Label: i18n.Text{EN: "Another, with an interpreter", ES: "Otro, con intérprete", AR: "لغة أخرى مع مترجم"}},
	}
}

// Signers are who can sign.
func Signers() []field.Option {
	return []field.Option{
		{Value: Own, Label: i18n.Text{EN: "The person", ES: "La persona", AR: "الشخص نفسه"}, Yours: i18n.Text{EN: "You", ES: "Usted", AR: "أنت"}},
		{Value: Minor, Label: i18n.Text{EN: "The person, who is not of age", ES: "La persona, que es menor de edad", AR: "الشخص وهو قاصر"}, Yours: i18n.Text{EN: "You, not yet of age", ES: "Usted, menor de edad", AR: "أنت وأنت قاصر"}},
		{Value: MinorAndParent, Label: i18n.Text{EN: "The person, who is not of age, and a parent", ES: "La persona, que es menor de edad, y su madre o padre", AR: "الشخص وهو قاصر مع أحد والديه"}, Yours: i18n.Text{EN: "You, not yet of age, and a parent", ES: "Usted, menor de edad, y su madre o padre", AR: "أنت وأنت قاصر مع أحد والديك"}},
		{Value: Guardian, Label: i18n.Text{EN: "Someone who decides for them", ES: "Alguien que decide por la persona", AR: "من يقرر عنه"}, Yours: i18n.Text{EN: "Someone who decides for you", ES: "Alguien que decide por usted", AR: "من يقرر عنك"}},
		{Value: Representative, Label: i18n.Text{EN: "Whoever the law names for a person who died", ES: "Quien la ley nombra por una persona que murió", AR: "من يعيّنه القانون عن شخص توفي"}},
	}
}

// Classes are the kinds of recipient that can be agreed to as a class.
func Classes() []field.Option {
	return []field.Option{
		{Value: Provider, Label: i18n.Text{EN: "Those who treat me", ES: "Quienes me tratan", AR: "من يعالجونني"}},
		{Value: HealthPlan, Label: i18n.Text{EN: "My health plan", ES: "Mi plan de salud", AR: "خطة التأمين الصحي"}},
		{Value: Payer, Label: i18n.Text{EN: "Others who pay", ES: "Otros que pagan", AR: "جهات أخرى تدفع"}},
		{Value: Helper, Label: i18n.Text{EN: "Those who help run this program", ES: "Quienes ayudan a llevar este programa", AR: "من يساعدون في تشغيل هذا البرنامج"}},
	}
}
