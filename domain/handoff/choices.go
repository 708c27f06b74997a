package handoff

import (
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Answers to "would they like to meet a peer", as the asker knows it.
func Answers() []field.Option {
	return []field.Option{
		{Value: "yes", Label: i18n.Text{EN: "Yes", ES: "Sí", AR: "نعم"}},
		{Value: "not_asked", Label: i18n.Text{EN: "I have not asked yet", ES: "Aún no le he preguntado", AR: "لم أسأله بعد"}, Yours: i18n.Text{EN: "You had not been asked yet", ES: "Aún no se le había preguntado a usted", AR: "لم تُسأل بعد"}},
		{Value: "cannot_yet", Label: i18n.Text{EN: "They cannot answer yet", ES: "Aún no puede responder", AR: "لا يستطيع الإجابة بعد"}, Yours: i18n.Text{EN: "You could not answer yet", ES: "Usted aún no podía responder", AR: "لم تكن تستطيع الإجابة بعد"}},
	}
}

// Sources are the doors a hand-off can come in by.
func Sources() []field.Option {
	return []field.Option{
		{Value: "link", Label: i18n.Text{EN: "the page for asking", ES: "la página para pedir", AR: "صفحة الطلب"}},
		{Value: DoorManager, Label: i18n.Text{EN: "a case manager", ES: "quien gestiona el caso", AR: "مدير الحالة"}},
		{Value: DoorTablet, Label: i18n.Text{EN: "the tablet on the ward", ES: "la tableta de la sala", AR: "الجهاز اللوحي في القسم"}},
		{Value: DoorPerson, Label: i18n.Text{EN: "the person themselves", ES: "la propia persona", AR: "الشخص نفسه"}, Yours: i18n.Text{EN: "you yourself", ES: "usted", AR: "أنت نفسك"}},
		{Value: DoorFamily, Label: i18n.Text{EN: "family or a friend, for themselves", ES: "familia o amistades, para sí", AR: "أحد الأهل أو الأصدقاء لنفسه"}},
		{Value: "fhir", Label: i18n.Text{EN: "a hospital file", ES: "un archivo del hospital", AR: "ملف من المستشفى"}},
		{Value: "phone", Label: i18n.Text{EN: "a phone call", ES: "una llamada", AR: "مكالمة هاتفية"}},
	}
}

// Contacts are what a person can agree to when they say "not now". None is the
// one that stands when nothing was said.
func Contacts() []field.Option {
	return []field.Option{
		{Value: ContactNone, Label: i18n.Text{EN: "Nobody contacts them", ES: "Nadie se pone en contacto", AR: "لا أحد يتواصل معه"}, Yours: i18n.Text{EN: "Nobody gets in touch", ES: "Nadie me contacta", AR: "لا أحد يتواصل معي"}},
		{Value: "call", Label: i18n.Text{EN: "One call is fine", ES: "Una llamada está bien", AR: "مكالمة واحدة مقبولة"}},
		{Value: "text", Label: i18n.Text{EN: "One text is fine", ES: "Un mensaje de texto está bien", AR: "رسالة نصية واحدة مقبولة"}},
		{Value: ContactReturn, Label: i18n.Text{EN: "Come back later today", ES: "Volver más tarde hoy", AR: "العودة لاحقا اليوم"}},
	}
}

// ContactNone is silence: nobody contacts the person. ContactReturn is to come back on
// the same day.
const (
	ContactNone   = "none"
	ContactReturn = "return"
)

// NotNowReasons are in the person's voice. "No reason" comes first because none
// is owed.
func NotNowReasons() []field.Option {
	return []field.Option{
		{Value: "no_reason", Label: i18n.Text{EN: "No reason given, none needed", ES: "Sin motivo, no hace falta", AR: "بلا سبب ولا حاجة إليه"}, Yours: i18n.Text{EN: "I would rather not say", ES: "Prefiero no decirlo", AR: "أفضل ألا أقول"}},
		{Value: "tired", Label: i18n.Text{EN: "Too tired or in pain", ES: "Cansancio o dolor", AR: "متعب أو متألم"}},
		{Value: "someone_else", Label: i18n.Text{EN: "Someone else is helping", ES: "Alguien más está ayudando", AR: "شخص آخر يساعده"}, Yours: i18n.Text{EN: "Someone else is helping me", ES: "Alguien más me está ayudando", AR: "شخص آخر يساعدني"}},
		{Value: "worried_who_knows", Label: i18n.Text{EN: "Worried about who would know", ES: "Le preocupa quién se enteraría", AR: "قلق ممن قد يعرف"}, Yours: i18n.Text{EN: "Worried about who would know", ES: "Me preocupa quién se entere", AR: "أخشى أن يعرف أحد"}},
		{Value: "not_for_me", Label: i18n.Text{EN: "It is not for me", ES: "No es para mí", AR: "هذا لا يناسبني"}},
		{Value: "left", Label: i18n.Text{EN: "Wanted to go home", ES: "Quería irse a casa", AR: "أراد العودة إلى البيت"}, Yours: i18n.Text{EN: "I wanted to go home", ES: "Quería irme a casa", AR: "أردت العودة إلى البيت"}},
	}
}

// Endings are the reasons a hand-off can end for good. After a death every
// message and task stops.
func Endings() []field.Option {
	return []field.Option{
		{Value: "their_choice", Label: i18n.Text{EN: "They chose to stop", ES: "Decidió parar", AR: "اختار أن يتوقف"}, Yours: i18n.Text{EN: "You chose to stop", ES: "Usted decidió parar", AR: "اخترت أن تتوقف"}},
		{Value: "moved", Label: i18n.Text{EN: "They moved away", ES: "Se mudó", AR: "انتقل إلى مكان آخر"}, Yours: i18n.Text{EN: "You moved away", ES: "Usted se mudó", AR: "انتقلت إلى مكان آخر"}},
		{Value: "in_custody", Label: i18n.Text{EN: "They are in custody", ES: "Está bajo custodia", AR: "هو رهن الاحتجاز"}, Yours: i18n.Text{EN: "You are in custody", ES: "Usted está bajo custodia", AR: "أنت رهن الاحتجاز"}},
		{Value: "transferred", Label: i18n.Text{EN: "Another programme walks with them", ES: "Otro programa le acompaña", AR: "برنامج آخر يرافقه"}, Yours: i18n.Text{EN: "Another programme walks with you", ES: "Otro programa le acompaña a usted", AR: "برنامج آخر يرافقك"}},
		{Value: "died", Label: i18n.Text{EN: "They died", ES: "Falleció", AR: "توفي"}, Yours: i18n.Text{EN: "Noted as a death", ES: "Se anotó como fallecimiento", AR: "سُجل كوفاة"}},
		{Value: "walked", Label: i18n.Text{EN: "They walk on by themselves now", ES: "Ahora sigue por su cuenta", AR: "يمضي الآن بنفسه"}, Yours: i18n.Text{EN: "You walk on by yourself now", ES: "Ahora usted sigue por su cuenta", AR: "تمضي الآن بنفسك"}},
		{Value: "ended_elsewhere", Label: i18n.Text{EN: "It was ended in another system", ES: "Se terminó en otro sistema", AR: "أُنهي في نظام آخر"}},
		{Value: "by_mistake", Label: i18n.Text{EN: "Asked for by mistake", ES: "Se pidió por error", AR: "طُلب بالخطأ"}},
	}
}

// allEndings are those, and the one that nobody chooses from the list.
func allEndings() []field.Option {
	return append(Endings(), field.Option{
		Value: joined, Label: i18n.Text{EN: "Joined to another for the same person", ES: "Unido a otro de la misma persona", AR: "ضُم إلى آخر للشخص نفسه"},
	})
}

// Modes of introduction, as a fact. Only the first two are warm: three people
// or more together, in a room or on one call (AHRQ's definition).
func Modes() []field.Option {
	return []field.Option{
		{Value: "room", Label: i18n.Text{EN: "Together in a room", ES: "Juntos en una sala", AR: "معا في غرفة"}},
		{Value: "call", Label: i18n.Text{EN: "On one call together", ES: "En una misma llamada", AR: "معا في مكالمة واحدة"}},
		{Value: "accompanied", Label: i18n.Text{EN: "A peer went along later", ES: "Un par fue con la persona después", AR: "رافقه مرافق لاحقا"}},
		{Value: modeCold, Label: i18n.Text{EN: "With a number or a paper, alone", ES: "Con un número o un papel, sin compañía", AR: "برقم أو ورقة، بمفرده"}},
	}
}

// WhoThere are who can be there when someone is introduced, besides the person and the
// peer.
func WhoThere() []field.Option {
	return []field.Option{
		{Value: "service", Label: i18n.Text{EN: "Someone from the service", ES: "Alguien del servicio", AR: "شخص من الجهة"}},
		{Value: "ward", Label: i18n.Text{EN: "Someone from the ward", ES: "Alguien de la sala", AR: "شخص من القسم"}},
		{Value: "other_peer", Label: i18n.Text{EN: "Another peer", ES: "Otro par", AR: "مرافق آخر"}},
		{Value: "family", Label: i18n.Text{EN: "Family or a friend", ES: "Familia o amistades", AR: "أحد الأهل أو الأصدقاء"}},
		{Value: "interpreter", Label: i18n.Text{EN: "An interpreter", ES: "Un intérprete", AR: "مترجم"}},
		{Value: "other", Label: i18n.Text{EN: "Someone else", ES: "Otra persona", AR: "شخص آخر"}},
	}
}

// modeCold is no meeting: the person has a number or a paper.
const modeCold = "cold"

// warm reports whether an introduction of that mode may be called warm.
func warm(mode string) bool { return mode == "room" || mode == "call" }

// ConnSources are who can say that a person arrived.
func ConnSources() []field.Option {
	return []field.Option{
		{Value: "receiver", Label: i18n.Text{EN: "The service said so", ES: "Lo dijo el servicio", AR: "أكدت الجهة ذلك"}},
		{Value: "person", Label: i18n.Text{EN: "The person said so", ES: "Lo dijo la persona", AR: "أكد الشخص ذلك"}, Yours: i18n.Text{EN: "You said so", ES: "Lo dijo usted", AR: "أنت أكدت ذلك"}},
		{Value: "record", Label: i18n.Text{EN: "A record shows it", ES: "Lo muestra un registro", AR: "يظهره سجل"}},
	}
}

// Askers are who can bring a "not now" up again.
func Askers() []field.Option {
	return []field.Option{
		{Value: "person", Label: i18n.Text{EN: "They asked", ES: "Lo pidió la persona", AR: "هو من طلب"}, Yours: i18n.Text{EN: "You asked", ES: "Lo pidió usted", AR: "أنت من طلب"}},
		{Value: "contact", Label: i18n.Text{EN: "A contact they had agreed to", ES: "Un contacto que había aceptado", AR: "تواصل كان قد وافق عليه"}, Yours: i18n.Text{EN: "A contact that you had agreed to", ES: "Un contacto que usted había aceptado", AR: "تواصل كنت قد وافقت عليه"}},
	}
}

// Sayings are how a yes is given at a bedside, and taken back.
func Sayings() []field.Option {
	return []field.Option{
		{Value: "signed", Label: i18n.Text{EN: "Signed on paper", ES: "Firmado en papel", AR: "موقّعا على ورق"}},
		{Value: "spoken", Label: i18n.Text{EN: "Aloud, after I read it to them", ES: "En voz alta, después de leérselo", AR: "شفهيا بعد أن قرأته له"}, Yours: i18n.Text{EN: "Aloud, after it was read to you", ES: "En voz alta, después de que se le leyó", AR: "شفهيا بعد أن قُرئ عليك"}},
	}
}

// takingsBack are the same two ways, of a yes that is taken back.
func takingsBack() []field.Option {
	return []field.Option{
		{Value: "signed", Label: i18n.Text{EN: "On paper", ES: "En papel", AR: "على ورق"}},
		{Value: "spoken", Label: i18n.Text{EN: "Aloud", ES: "De palabra", AR: "شفهيا"}},
	}
}
