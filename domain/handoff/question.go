package handoff

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/page"
)

// Question is what a step asks, once: its words, its answers, where the answer
// goes. The form, the reading of the form, the event and the timeline follow
// from it.
type Question struct {
	Name     string
	Kind     field.Kind // Choice, Choices, Number, Instant, Text, Long or Ref (an entry, a destination)
	Label    i18n.Text
	Yours    i18n.Text // the same where the person is asked, or reads what was; empty: Label says it as well
	Hint     i18n.Text
	Options  []field.Option
	Preset   string // stands on the form until something else is chosen
	Optional bool
	Kept     bool // the event keeps the answer as its value, and the timeline shows it
	At       func(*Input) any
}

// Questions is the table of all that steps ask.
func Questions() []Question { return allQuestions() }

var allQuestions = sync.OnceValue(func() []Question {
	return slices.Concat(askedWhere(), askedHow(), askedWhy(), askedAbout(), askedAfter())
})

func askedWhere() []Question {
	return []Question{
		{
			Name: "answer", Kind: field.Choice, Options: Answers(), Kept: true, At: func(in *Input) any { return &in.Answer },
			Label: i18n.Text{EN: "What did they say?", ES: "¿Qué dijo?", AR: "ماذا قال؟"},
			Yours: i18n.Text{EN: "What did you say?", ES: "¿Qué dijo usted?", AR: "ماذا قلت؟"},
		},
		{
			Name: "where_now", Kind: field.Text, Optional: true, At: func(in *Input) any { return &in.Where },
			Label: i18n.Text{EN: "Where are they now?", ES: "¿Dónde está ahora?", AR: "أين هو الآن؟"},
			Yours: i18n.Text{EN: "Where can a peer find you?", ES: "¿Dónde puede encontrarle un par?", AR: "أين يجدك المرافق؟"},
			Hint: i18n.Text{
				EN: "Leave it empty if it is the same place.",
				ES: "Déjelo vacío si es el mismo lugar.",
				AR: "اتركه فارغا إن كان المكان نفسه.",
			},
		},
		{
			Name: "minutes", Kind: field.Number, Preset: "15", At: func(in *Input) any { return &in.Minutes },
			Label: i18n.Text{EN: "In how many minutes are you there?", ES: "¿En cuántos minutos llega?", AR: "بعد كم دقيقة تصل؟"},
		},
		{
			Name: "tried", Kind: field.Choices, Options: Tries(), Kept: true, At: func(in *Input) any { return &in.Tried },
			Label: i18n.Text{EN: "What was tried?", ES: "¿Qué se intentó?", AR: "ماذا جُرّب؟"},
		},
		{
			Name: "destination", Kind: field.Ref, At: func(in *Input) any { return &in.Destination },
			Label: i18n.Text{EN: "Which service did they say yes to?", ES: "¿A qué servicio dijo que sí?", AR: "على أي جهة وافق؟"},
			Yours: i18n.Text{EN: "Which service did you say yes to?", ES: "¿A qué servicio dijo usted que sí?", AR: "على أي جهة وافقت؟"},
		},
		{
			Name: "slot", Kind: field.Instant, Optional: true, At: func(in *Input) any { return &in.Slot },
			Label: i18n.Text{EN: "When can they come?", ES: "¿Cuándo puede ir?", AR: "متى يمكنه الحضور؟"},
			Yours: i18n.Text{EN: "When can you come?", ES: "¿Cuándo puede ir usted?", AR: "متى يمكنك الحضور؟"},
		},
		{
			Name: "at", Kind: field.Instant, Optional: true, At: func(in *Input) any { return &in.At },
			Label: i18n.Text{EN: "When was it?", ES: "¿Cuándo fue?", AR: "متى كان ذلك؟"},
		},
	}
}

func askedHow() []Question {
	return []Question{
		{
			Name: "how", Kind: field.Choice, Options: Sayings(), Kept: true, At: func(in *Input) any { return &in.How },
			Label: i18n.Text{EN: "How did they say yes?", ES: "¿Cómo dijo que sí?", AR: "كيف وافق؟"},
			Yours: i18n.Text{EN: "How did you say yes?", ES: "¿Cómo dijo usted que sí?", AR: "كيف وافقت؟"},
		},
		{
			Name: "days", Kind: field.Number, Preset: "30", At: func(in *Input) any { return &in.Days },
			Label: i18n.Text{EN: "For how many days?", ES: "¿Por cuántos días?", AR: "لكم يوما؟"},
			Hint: i18n.Text{
				EN: "We may tell this one service the name they use and that they are coming, to get them care. They can take it back at any time.",
				ES: "Podemos decir a este único servicio el nombre que usa y que va a ir, para que reciba atención. Puede retirarlo en cualquier momento.",
				AR: "يجوز لنا أن نخبر هذه الجهة وحدها بالاسم الذي يستخدمه وبأنه قادم ليحصل على الرعاية. يمكنه سحب ذلك في أي وقت.",
			},
		},
		{
			Name: "back_how", Kind: field.Choice, Options: takingsBack(), Preset: "spoken", Kept: true, At: func(in *Input) any { return &in.How },
			Label: i18n.Text{EN: "How did they say so?", ES: "¿Cómo lo dijo?", AR: "كيف قال ذلك؟"},
			Yours: i18n.Text{EN: "How did you say so?", ES: "¿Cómo lo dijo usted?", AR: "كيف قلت ذلك؟"},
		},
		{
			Name: "asked_how", Kind: field.Choice, Options: WaysToAsk(), Preset: "phone", Kept: true, At: func(in *Input) any { return &in.AskedHow },
			Label: i18n.Text{EN: "How did you ask?", ES: "¿Cómo preguntó?", AR: "كيف سألت؟"},
		},
		{
			Name: "mode", Kind: field.Choice, Options: Modes(), Kept: true, At: func(in *Input) any { return &in.Mode },
			Label: i18n.Text{EN: "How did they meet?", ES: "¿Cómo se conocieron?", AR: "كيف التقوا؟"},
			Yours: i18n.Text{EN: "How did you meet?", ES: "¿Cómo se conocieron?", AR: "كيف التقيتم؟"},
		},
		{
			Name: "present", Kind: field.Number, Preset: "3", At: func(in *Input) any { return &in.Present },
			Label: i18n.Text{EN: "How many were there, with you and them?", ES: "¿Cuántos estaban, con usted y la persona?", AR: "كم كان عدد الحاضرين معك ومعه؟"},
			Yours: i18n.Text{EN: "How many were there in all?", ES: "¿Cuántas personas había en total?", AR: "كم كان عدد الحاضرين جميعا؟"},
		},
		{
			Name: "there", Kind: field.Choices, Options: WhoThere(), Optional: true, At: func(in *Input) any { return &in.There },
			Label: i18n.Text{EN: "Who was there, besides you and them?", ES: "¿Quién estaba, además de usted y la persona?", AR: "من كان حاضرا، غيرك وغيره؟"},
			Yours: i18n.Text{EN: "Who was there, besides you and your peer?", ES: "¿Quién estaba, además de usted y su par?", AR: "من كان حاضرا، غيرك وغير مرافقك؟"},
		},
		{
			Name: "transport", Kind: field.Choice, Options: Transports(), Kept: true, Optional: true, At: func(in *Input) any { return &in.Transport },
			Label: i18n.Text{EN: "How do they get there?", ES: "¿Cómo va?", AR: "كيف يذهب؟"},
			Yours: i18n.Text{EN: "How do you get there?", ES: "¿Cómo va usted?", AR: "كيف تذهب؟"},
		},
		{
			Name: "connected_source", Kind: field.Choice, Options: ConnSources(), Kept: true, At: func(in *Input) any { return &in.ConnSource },
			Label: i18n.Text{EN: "Who says so?", ES: "¿Quién lo dice?", AR: "من يقول ذلك؟"},
		},
	}
}

func askedWhy() []Question {
	return []Question{
		{
			Name: "contact", Kind: field.Choice, Options: Contacts(), Preset: ContactNone, At: func(in *Input) any { return &in.Contact },
			Label: i18n.Text{EN: "What contact is fine?", ES: "¿Qué contacto está bien?", AR: "ما التواصل المقبول؟"},
			Yours: i18n.Text{EN: "What contact is fine for you?", ES: "¿Qué contacto le parece bien?", AR: "ما التواصل المقبول لديك؟"},
		},
		{
			Name: "contact_fine", Kind: field.Choice, Options: Contacts()[1:], At: func(in *Input) any { return &in.Contact },
			Label: i18n.Text{EN: "What contact is fine?", ES: "¿Qué contacto está bien?", AR: "ما التواصل المقبول؟"},
			Yours: i18n.Text{EN: "What contact is fine for you?", ES: "¿Qué contacto le parece bien?", AR: "ما التواصل المقبول لديك؟"},
		},
		{
			Name: "reach_on", Kind: field.Text, Optional: true, At: func(in *Input) any { return &in.ReachOn },
			Label: i18n.Text{EN: "On which number?", ES: "¿A qué número?", AR: "على أي رقم؟"},
			Hint: i18n.Text{
				EN: "For a call or a text. Nobody here has a number yet.",
				ES: "Para una llamada o un mensaje. Aquí nadie tiene un número todavía.",
				AR: "لمكالمة أو رسالة. لا أحد هنا لديه رقم بعد.",
			},
		},
		{
			Name: "declined_reason", Kind: field.Choice, Options: NotNowReasons(), Kept: true, Optional: true, At: func(in *Input) any { return &in.Reason },
			Label: i18n.Text{EN: "Why, in their words?", ES: "¿Por qué, en sus palabras?", AR: "لماذا، بكلماته؟"},
			Yours: i18n.Text{EN: "Why, if you want to say?", ES: "¿Por qué, si quiere decirlo?", AR: "لماذا، إن أردت أن تقول؟"},
		},
		{
			Name: "service_reason", Kind: field.Choice, Options: ServiceReasons(), Kept: true, At: func(in *Input) any { return &in.ServiceReason },
			Label: i18n.Text{EN: "Why not now?", ES: "¿Por qué ahora no?", AR: "لماذا ليس الآن؟"},
		},
		{
			Name: "person_reason", Kind: field.Choice, Options: PersonReasons(), Kept: true, Optional: true, At: func(in *Input) any { return &in.PersonReason },
			Label: i18n.Text{EN: "Why, in their words?", ES: "¿Por qué, en sus palabras?", AR: "لماذا، بكلماته؟"},
			Yours: i18n.Text{EN: "Why, if you want to say?", ES: "¿Por qué, si quiere decirlo?", AR: "لماذا، إن أردت أن تقول؟"},
		},
		{
			Name: "asked_by", Kind: field.Choice, Options: Askers(), Kept: true, At: func(in *Input) any { return &in.AskedBy },
			Label: i18n.Text{EN: "Who brought it up?", ES: "¿Quién lo propuso?", AR: "من طرح الأمر؟"},
		},
		{
			Name: "closed_reason", Kind: field.Choice, Options: Endings(), Kept: true, At: func(in *Input) any { return &in.ClosedReason },
			Label: i18n.Text{EN: "Why does it end?", ES: "¿Por qué termina?", AR: "لماذا ينتهي؟"},
		},
	}
}

func askedAbout() []Question {
	return []Question{
		{
			Name: "beside", Kind: field.Choice, Options: Besides(), Kept: true, At: func(in *Input) any { return &in.Beside },
			Label: i18n.Text{EN: "What happened?", ES: "¿Qué pasó?", AR: "ماذا حدث؟"},
		},
		{
			Name: "corrects", Kind: field.Ref, At: func(in *Input) any { return &in.Corrects },
			Label: i18n.Text{EN: "Which entry?", ES: "¿Qué entrada?", AR: "أي مدخلة؟"},
		},
		{
			Name: "answer_to_them", Kind: field.Long, At: func(in *Input) any { return &in.Note },
			Label: i18n.Text{EN: "What do you tell them?", ES: "¿Qué le dice?", AR: "ماذا تقول له؟"},
			Yours: i18n.Text{EN: "What were you told?", ES: "¿Qué se le dijo?", AR: "ماذا قيل لك؟"},
			Hint: i18n.Text{
				EN: "It stands on their own page. Peers do not see it.",
				ES: "Aparece en la página de la persona. Los pares no lo ven.",
				AR: "يظهر في صفحته. لا يراه المرافقون.",
			},
		},
		{
			Name: "note", Kind: field.Long, Optional: true, At: func(in *Input) any { return &in.Note },
			Label: i18n.Text{EN: "Note", ES: "Nota", AR: "ملاحظة"},
			Yours: i18n.Text{EN: "What was not right?", ES: "¿Qué no estuvo bien?", AR: "ما الذي لم يكن كما ينبغي؟"},
			Hint:  i18n.Text{EN: "They can read this.", ES: "La persona puede leerla.", AR: "يمكنه قراءتها."},
		},
	}
}

// question is the entry of that name; an unknown name is a fault of the flow's
// table, which a test names.
func question(name string) Question {
	all := Questions()
	i := slices.IndexFunc(all, func(q Question) bool { return q.Name == name })
	if i < 0 {
		return Question{Name: name, At: func(in *Input) any { return new(string) }}
	}
	return all[i]
}

// kept is the question whose answer a step's event keeps, if it asks one.
func kept(names []string) (Question, bool) {
	for _, n := range names {
		if q := question(n); q.Kept {
			return q, true
		}
	}
	return Question{}, false
}

// value is the answer as an event keeps it.
func (q Question) value(in *Input) string {
	switch p := q.At(in).(type) {
	case *string:
		return *p
	case *[]string:
		return strings.Join(*p, " ")
	case *ref.Destination:
		return string(*p)
	case *ref.Account:
		return string(*p)
	case *int64:
		return strconv.FormatInt(*p, 10)
	case *time.Time:
		if !p.IsZero() {
			return page.Stamp(*p)
		}
	}
	return ""
}

// read puts the form's answer into in. A number or a time that cannot be read
// is as if nothing was said; the step's guard says what is missing.
func (q Question) read(form url.Values, in *Input, zone *time.Location) {
	v := strings.TrimSpace(form.Get(q.Name))
	switch p := q.At(in).(type) {
	case *string:
		*p = cut(v, 1000)
	case *[]string:
		*p = form[q.Name]
	case *ref.Destination:
		*p = ref.Destination(v)
	case *ref.Account:
		*p = ref.Account(v)
	case *int64:
		*p = number(v)
	case *time.Time:
		*p = clockTime(v, zone)
	}
}

// words are the answer of an event in a reader's language.
func (q Question) words(value string, say func(i18n.Text) string) []string {
	var out []string
	f := field.Field[Input]{Options: q.Options}
	for _, v := range strings.Fields(value) {
		out = append(out, say(f.Option(v)))
	}
	return out
}
