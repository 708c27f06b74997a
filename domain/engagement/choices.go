package engagement

import (
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Activities are what a contact was about, in the field's own terms. The number
// behind each is the category of SAMHSA's Core Competencies that it belongs to;
// daily needs are part of the sixth, linking to what people need.
func Activities() []field.Option {
	return []field.Option{
		{Value: "listening", Label: i18n.Text{EN: "Listening, being there", ES: "Escuchar, estar ahí", AR: "الاستماع والحضور"}},                                                                                  // 1, 2
		{Value: "story", Label: i18n.Text{EN: "Sharing my own story", ES: "Contar mi propia historia", AR: "مشاركة قصتي"}},                                                                                       // 3
		{Value: "plan", Label: i18n.Text{EN: "Their plan and goals", ES: "Su plan y sus metas", AR: "خطته وأهدافه"}, Yours: i18n.Text{EN: "Your plan and goals", ES: "Su plan y sus metas", AR: "خطتك وأهدافك"}}, // 4, 5
		{Value: "services", Label: i18n.Text{EN: "Finding a service, going along", ES: "Buscar un servicio, ir con la persona", AR: "إيجاد خدمة والمرافقة إليها"}},                                               // 6
		{Value: "medicine", Label: i18n.Text{EN: "Medicine for recovery", ES: "Medicina para la recuperación", AR: "أدوية التعافي"}},                                                                             // 6
		{Value: "daily", Label: i18n.Text{EN: "A place to live, papers, food", ES: "Vivienda, papeles, comida", AR: "السكن والأوراق والطعام"}},                                                                   // 6
		{Value: "skills", Label: i18n.Text{EN: "Staying well, day to day", ES: "Estar bien, día a día", AR: "العافية يوما بيوم"}},                                                                                // 7
		{Value: "safer", Label: i18n.Text{EN: "Naloxone, safer use", ES: "Naloxona, uso más seguro", AR: "النالوكسون والاستخدام الأكثر أمانا"}},                                                                  // 7, 8
		{Value: "crisis", Label: i18n.Text{EN: "A hard moment", ES: "Un momento difícil", AR: "لحظة صعبة"}},                                                                                                      // 8
		{Value: "team", Label: i18n.Text{EN: "With the care team", ES: "Con el equipo de salud", AR: "مع فريق الرعاية"}},                                                                                         // 9, 10
		{Value: "voice", Label: i18n.Text{EN: "Speaking up together", ES: "Hacerse oír juntos", AR: "رفع الصوت معا"}},                                                                                            // 11
		{Value: "family", Label: i18n.Text{EN: "Family and friends", ES: "Familia y amistades", AR: "الأسرة والأصدقاء"}},                                                                                         // 1, 2
	}
}

// How a contact went.
const (
	WentWell  = "well"
	WentMixed = "mixed"
	WentHard  = "hard"
	WentWorry = "worry"
)

// Wents are the choices of how it went.
func Wents() []field.Option {
	return []field.Option{
		{Value: WentWell, Label: i18n.Text{EN: "Well", ES: "Bien", AR: "جيدا"}},
		{Value: WentMixed, Label: i18n.Text{EN: "So-so", ES: "Más o menos", AR: "بين بين"}},
		{Value: WentHard, Label: i18n.Text{EN: "It was hard", ES: "Fue difícil", AR: "كان صعبا"}},
		{Value: WentWorry, Label: i18n.Text{EN: "I worry that they are not safe", ES: "Me preocupa su seguridad", AR: "أقلق على سلامته"}, Yours: i18n.Text{EN: "Your peer was worried about your safety", ES: "A su par le preocupaba su seguridad", AR: "قلق مرافقك على سلامتك"}},
	}
}

// Nexts are the choices of what comes next. Who does it says what it is: my
// part is a promise, theirs is theirs to keep.
func Nexts() []field.Option {
	return []field.Option{
		{Value: "i_call", Label: i18n.Text{EN: "I get in touch", ES: "Yo me comunico", AR: "أنا أتواصل"}, Yours: i18n.Text{EN: "Your peer gets in touch", ES: "Su par se comunica", AR: "مرافقك يتواصل معك"}},
		{Value: "we_meet", Label: i18n.Text{EN: "We meet", ES: "Nos vemos", AR: "نلتقي"}},
		{Value: "i_go_along", Label: i18n.Text{EN: "I go along with them", ES: "Voy con la persona", AR: "أذهب معه"}, Yours: i18n.Text{EN: "Your peer goes along with you", ES: "Su par va con usted", AR: "مرافقك يذهب معك"}},
		{Value: "i_find_out", Label: i18n.Text{EN: "I find something out", ES: "Yo averiguo algo", AR: "أستفسر عن أمر"}, Yours: i18n.Text{EN: "Your peer finds something out", ES: "Su par averigua algo", AR: "مرافقك يستفسر عن أمر"}},
		{Value: "they_call", Label: i18n.Text{EN: "They get in touch", ES: "La persona se comunica", AR: "هو يتواصل"}, Yours: i18n.Text{EN: "You get in touch", ES: "Usted se comunica", AR: "أنت تتواصل"}},
	}
}

// promised reports whether a next step is the peer's own part.
func promised(next string) bool { return next != "" && next != "they_call" }
