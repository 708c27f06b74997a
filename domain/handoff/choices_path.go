package handoff

import (
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Tries are what was done to find someone, or to hear from them.
func Tries() []field.Option {
	return []field.Option{
		{Value: "ward", Label: i18n.Text{EN: "Asked the ward", ES: "Se preguntó en la sala", AR: "سُئل القسم"}},
		{Value: "looked", Label: i18n.Text{EN: "Looked around", ES: "Se buscó en el lugar", AR: "جرى البحث في المكان"}},
		{Value: "came_back", Label: i18n.Text{EN: "Came back later", ES: "Se volvió más tarde", AR: "العودة لاحقا"}},
		{Value: "called", Label: i18n.Text{EN: "Called, as they had agreed", ES: "Se llamó, como había aceptado", AR: "الاتصال كما وافق"}, Yours: i18n.Text{EN: "Called, as you had agreed", ES: "Se le llamó, como había aceptado", AR: "الاتصال كما وافقت"}},
		{Value: "texted", Label: i18n.Text{EN: "Wrote, as they had agreed", ES: "Se escribió, como había aceptado", AR: "الكتابة كما وافق"}, Yours: i18n.Text{EN: "Wrote, as you had agreed", ES: "Se le escribió, como había aceptado", AR: "الكتابة كما وافقت"}},
		{Value: "card", Label: i18n.Text{EN: "Left a card that says nothing", ES: "Se dejó una tarjeta que no dice nada", AR: "تُركت بطاقة لا تقول شيئا"}},
	}
}

// WaysToAsk are how a peer asks a service.
func WaysToAsk() []field.Option {
	return []field.Option{
		{Value: "phone", Label: i18n.Text{EN: "By phone, with them listening", ES: "Por teléfono, con la persona escuchando", AR: "بالهاتف وهو يسمع"}, Yours: i18n.Text{EN: "By phone, with you listening", ES: "Por teléfono, mientras usted escuchaba", AR: "بالهاتف وأنت تسمع"}},
		{Value: "there", Label: i18n.Text{EN: "In person", ES: "En persona", AR: "حضوريا"}},
		{Value: "page", Label: i18n.Text{EN: "By the service’s own page", ES: "Por la página del servicio", AR: "عبر صفحة الجهة"}},
	}
}

// ServiceReasons are why a service cannot take someone now.
func ServiceReasons() []field.Option {
	return []field.Option{
		{Value: "full", Label: i18n.Text{EN: "No place free", ES: "No hay lugar libre", AR: "لا مكان متاح"}},
		{Value: "needs_more", Label: i18n.Text{EN: "They need more than we can give", ES: "Necesita más de lo que podemos dar", AR: "يحتاج إلى أكثر مما نقدمه"}, Yours: i18n.Text{EN: "You need more than this service can give", ES: "Usted necesita más de lo que este servicio puede dar", AR: "تحتاج إلى أكثر مما تقدمه هذه الجهة"}},
		{Value: "coverage", Label: i18n.Text{EN: "Their insurance is not taken here", ES: "Aquí no se acepta su seguro", AR: "تأمينه غير مقبول هنا"}, Yours: i18n.Text{EN: "Your insurance is not taken there", ES: "Allí no se acepta su seguro", AR: "تأمينك غير مقبول هناك"}},
		{Value: "language", Label: i18n.Text{EN: "Nobody speaks their language now", ES: "Nadie habla su idioma ahora", AR: "لا أحد يتحدث لغته الآن"}, Yours: i18n.Text{EN: "Nobody there speaks your language now", ES: "Allí nadie habla su idioma ahora", AR: "لا أحد هناك يتحدث لغتك الآن"}},
		{Value: "closed", Label: i18n.Text{EN: "Closed at this hour", ES: "Cerrado a esta hora", AR: "مغلق في هذه الساعة"}},
		{Value: "other", Label: i18n.Text{EN: "Another reason", ES: "Otro motivo", AR: "سبب آخر"}},
	}
}

// PersonReasons are why the person would rather not go to a service, in their
// voice. None is owed.
func PersonReasons() []field.Option {
	return []field.Option{
		{Value: "no_reason", Label: i18n.Text{EN: "No reason given, none needed", ES: "Sin motivo, no hace falta", AR: "بلا سبب ولا حاجة إليه"}, Yours: i18n.Text{EN: "I would rather not say", ES: "Prefiero no decirlo", AR: "أفضل ألا أقول"}},
		{Value: "too_far", Label: i18n.Text{EN: "Too far away", ES: "Queda muy lejos", AR: "بعيد جدا"}},
		{Value: "been_hurt", Label: i18n.Text{EN: "I was not treated well there", ES: "Allí no me trataron bien", AR: "لم أُعامل هناك جيدا"}},
		{Value: "medicine", Label: i18n.Text{EN: "It does not fit my medicine", ES: "No va con mi medicina", AR: "لا يناسب دوائي"}},
		{Value: "who_knows", Label: i18n.Text{EN: "Worried about who would know", ES: "Me preocupa quién se enteraría", AR: "قلق ممن قد يعرف"}, Yours: i18n.Text{EN: "Worried about who would know", ES: "Me preocupa quién se entere", AR: "أخشى أن يعرف أحد"}},
		{Value: "family_work", Label: i18n.Text{EN: "Children, work or a pet", ES: "Hijos, trabajo o una mascota", AR: "أطفال أو عمل أو حيوان أليف"}},
		{Value: "another", Label: i18n.Text{EN: "I would like another place", ES: "Prefiero otro lugar", AR: "أفضل مكانا آخر"}},
	}
}

// Transports are how a person gets to a service.
func Transports() []field.Option {
	return []field.Option{
		{Value: "together", Label: i18n.Text{EN: "Together with a peer", ES: "Junto con un par", AR: "برفقة مرافق"}},
		{Value: "taxi", Label: i18n.Text{EN: "A taxi we paid for", ES: "Un taxi que pagamos", AR: "سيارة أجرة دفعنا ثمنها"}},
		{Value: "service", Label: i18n.Text{EN: "The service fetches them", ES: "El servicio le recoge", AR: "الجهة تأتي لأخذه"}, Yours: i18n.Text{EN: "The service fetches you", ES: "El servicio le recoge a usted", AR: "الجهة تأتي لأخذك"}},
		{Value: "family", Label: i18n.Text{EN: "With family or a friend", ES: "Con familia o amistades", AR: "مع أهله أو صديق"}},
		{Value: "public", Label: i18n.Text{EN: "Bus or train", ES: "Autobús o tren", AR: "حافلة أو قطار"}},
		{Value: "alone", Label: i18n.Text{EN: "On their own", ES: "Por su cuenta", AR: "بمفرده"}, Yours: i18n.Text{EN: "On your own", ES: "Por su propia cuenta", AR: "بمفردك"}},
	}
}

// Besides are what can happen beside the path, without moving it.
func Besides() []field.Option {
	return []field.Option{
		{Value: "naloxone_offered", Label: i18n.Text{EN: "Naloxone was offered", ES: "Se ofreció naloxona", AR: "عُرض النالوكسون"}},
		{Value: "naloxone_given", Label: i18n.Text{EN: "Naloxone was given to take along", ES: "Se entregó naloxona", AR: "أُعطي النالوكسون ليأخذه معه"}},
		{Value: "overdose", Label: i18n.Text{EN: "Another overdose", ES: "Otra sobredosis", AR: "جرعة زائدة أخرى"}},
		{Value: "emergency_visit", Label: i18n.Text{EN: "A visit to an emergency room", ES: "Una visita a urgencias", AR: "زيارة للطوارئ"}},
		{Value: "readmission", Label: i18n.Text{EN: "In hospital again", ES: "De nuevo en el hospital", AR: "في المستشفى من جديد"}},
	}
}
