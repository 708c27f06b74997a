package handoff

import (
	"sync"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Handoff is one hand-off as its events have made it. It is never changed by
// hand: see Fold.
type Handoff struct {
	ID             ref.Handoff
	Person         ref.Person
	Site           ref.Site
	Source         string // which door it came in by
	State          string
	Lane           string // where a board shows it; follows from State
	Answer         string // would they like to meet a peer
	Where          string
	Language       string
	WishGender     string // of the peer, if they asked
	WishLived      string // what the peer should know by living it, if they asked
	Know           string
	Asker          string
	Peer           ref.Account
	Destination    ref.Destination
	Consent        ref.Consent
	Contact        string // what they agreed to, after "not now"
	DeclinedReason string
	ClosedReason   string
	Mode           string // how they were introduced
	Transport      string // how they get to the service
	ConnSource     string // who says that they arrived
	EventAt        time.Time
	RequestedAt    time.Time
	DueAt          time.Time
	AckAt          time.Time
	ExpectedAt     time.Time
	MetAt          time.Time
	ConsentAt      time.Time
	AcceptedAt     time.Time
	IntroducedAt   time.Time
	SlotAt         time.Time // when the service expects them
	ConnectedAt    time.Time
	Retained30At   time.Time
	Retained90At   time.Time
	EndedAt        time.Time
	VoicedAt       time.Time // since when something that the person said waits for an answer
	BesideAt       time.Time // since when something beside the path waits to be seen by who walks with them
	Reoffers       int64     // how often a service was offered again
	OwnTurn        int64     // counts up when the person's page moves to a new address
	StatusKey      []byte
	CodeKey        []byte
	ActKey         []byte
	OwnKey         []byte
	Events         int64
	Version        int64
}

// Overdue reports whether a peer should have been beside the person by now and
// nobody is.
func (h Handoff) Overdue(now time.Time) bool {
	waiting := h.State == Held || h.State == Requested || h.State == Acknowledged || h.State == OnTheWay
	return waiting && !h.DueAt.IsZero() && now.After(h.DueAt)
}

// Waited is how long ago a peer was asked for, never less than nothing: a clock
// that was set back does not make anyone wait a negative time.
func (h Handoff) Waited(now time.Time) time.Duration {
	if h.RequestedAt.IsZero() {
		return 0
	}
	return max(0, now.Sub(h.RequestedAt))
}

// Handoffs says what a hand-off's record holds.
func Handoffs() *field.Record[Handoff] { return oneRecord() }

var oneRecord = sync.OnceValue(func() *field.Record[Handoff] {
	fields := identity()
	fields = append(fields, asked()...)
	fields = append(fields, answers()...)
	fields = append(fields, anchors()...)
	return field.Define("handoff_handoff",
		field.Keys[Handoff]{
			ID: []string{"handoff"}, Subject: func(h *Handoff) string { return string(h.Person) },
			Title: i18n.Text{EN: "Someone asked for a peer for you", ES: "Alguien pidió un par para usted", AR: "طلب أحدهم مرافقا لك"},
		},
		append(fields, plumbing()...)...)
})

func identity() []field.Field[Handoff] {
	return []field.Field[Handoff]{
		{Column: "handoff", Kind: field.Ref, FHIR: "Task.identifier", At: func(h *Handoff) any { return &h.ID }},
		{Column: "person", Kind: field.Ref, FHIR: "Task.for", At: func(h *Handoff) any { return &h.Person }},
		{Column: "site", Kind: field.Ref, FHIR: "Task.requester", At: func(h *Handoff) any { return &h.Site }},
		{
			Column: "source", Kind: field.Choice, Options: Sources(),
			Label: i18n.Text{EN: "Came in by", ES: "Llegó por", AR: "وصل عن طريق"},
			At:    func(h *Handoff) any { return &h.Source },
		},
		{
			Column: "state", Kind: field.Choice, Options: stateOptions(), FHIR: "Task.businessStatus",
			Label: i18n.Text{EN: "Now", ES: "Ahora", AR: "الآن"},
			At:    func(h *Handoff) any { return &h.State },
		},
		{Column: "lane", Kind: field.Ref, At: func(h *Handoff) any { return &h.Lane }},
		{Column: "peer", Kind: field.Ref, FHIR: "Task.owner", At: func(h *Handoff) any { return &h.Peer }},
		{Column: "destination", Kind: field.Ref, At: func(h *Handoff) any { return &h.Destination }},
		{Column: "consent", Kind: field.Ref, At: func(h *Handoff) any { return &h.Consent }},
	}
}

// whereMost is how many letters say where someone is.
const whereMost = 80

// asked are the answers on the page for whoever asks: at most eight, and none
// that must name the person.
func asked() []field.Field[Handoff] {
	return []field.Field[Handoff]{
		{
			Column: "answer", Kind: field.Choice, Asked: true, Required: true, Options: Answers(),
			Label: i18n.Text{EN: "Would they like to meet a peer?", ES: "¿Le gustaría conocer a un par?", AR: "هل يود أن يلتقي بمرافق؟"},
			Yours: i18n.Text{EN: "Would you like to meet a peer?", ES: "¿Le gustaría conocer a un par?", AR: "هل تود أن تلتقي بمرافق؟"},
			Hint:  i18n.Text{EN: "Ask them first, if you can.", ES: "Pregúntele primero, si es posible.", AR: "اسأله أولا إن أمكن."},
			At:    func(h *Handoff) any { return &h.Answer },
		},
		{
			Column: "whereabouts", Kind: field.Text, Asked: true, Required: true, Sealed: true, Limit: whereMost,
			Label: i18n.Text{EN: "Where are they?", ES: "¿Dónde está?", AR: "أين هو؟"},
			Yours: i18n.Text{EN: "Where you were", ES: "Dónde estaba", AR: "أين كنت"},
			Hint:  i18n.Text{EN: "Bay, room or floor.", ES: "Cubículo, sala o piso.", AR: "السرير أو الغرفة أو الطابق."},
			At:    func(h *Handoff) any { return &h.Where },
		},
		{
			Column: "language", Kind: field.Choice, Asked: true, Options: people.Languages(),
			Label: i18n.Text{EN: "Which language do they speak?", ES: "¿Qué idioma habla?", AR: "ما اللغة التي يتحدثها؟"},
			Yours: i18n.Text{EN: "Which language do you speak?", ES: "¿Qué idioma habla?", AR: "ما اللغة التي تتحدثها؟"},
			At:    func(h *Handoff) any { return &h.Language },
		},
		{
			Column: "wish_gender", Kind: field.Choice, Asked: true, Options: people.Genders(),
			Label: i18n.Text{EN: "Whom would they rather meet?", ES: "¿A quién preferiría conocer?", AR: "من يفضل أن يلتقي؟"},
			Yours: i18n.Text{EN: "Whom would you rather meet?", ES: "¿A quién preferiría conocer?", AR: "من تفضل أن تلتقي؟"},
			Hint:  i18n.Text{EN: "We try. Someone comes either way.", ES: "Lo intentamos. De todos modos irá alguien.", AR: "نحاول. وفي كل حال يأتي أحد."},
			At:    func(h *Handoff) any { return &h.WishGender },
		},
		{
			Column: "wish_lived", Kind: field.Choice, Asked: true, Options: people.Lived(),
			Label: i18n.Text{EN: "Someone who has lived what?", ES: "¿Alguien que haya vivido qué?", AR: "شخص عاش ماذا؟"},
			At:    func(h *Handoff) any { return &h.WishLived },
		},
		{
			Column: "know", Kind: field.Long, Asked: true, Sealed: true, Limit: 600,
			Label: i18n.Text{EN: "What would help the peer to know?", ES: "¿Qué le ayudaría saber al par?", AR: "ما الذي يفيد المرافق أن يعرفه؟"},
			Hint:  i18n.Text{EN: "How they feel, who is with them. No medical details.", ES: "Cómo se siente, quién está allí. Sin datos médicos.", AR: "كيف يشعر ومن معه. بلا تفاصيل طبية."},
			At:    func(h *Handoff) any { return &h.Know },
		},
		{
			Column: "asker", Kind: field.Text, Asked: true, Sealed: true, Others: true, Limit: 80,
			Label: i18n.Text{EN: "How can the peer reach you?", ES: "¿Cómo puede el par hablar con usted?", AR: "كيف يصل إليك المرافق؟"},
			Yours: i18n.Text{EN: "How to reach whoever asked", ES: "Cómo hablar con quien lo pidió", AR: "كيف يمكن الوصول إلى من طلب"},
			Hint:  i18n.Text{EN: "Your first name or desk number.", ES: "Su nombre o el número de su puesto.", AR: "اسمك الأول أو رقم مكتبك."},
			At:    func(h *Handoff) any { return &h.Asker },
		},
	}
}

func answers() []field.Field[Handoff] {
	return []field.Field[Handoff]{
		{
			Column: "contact", Kind: field.Choice, Options: Contacts(),
			Label: i18n.Text{EN: "After “not now”", ES: "Después de «ahora no»", AR: "بعد «ليس الآن»"},
			At:    func(h *Handoff) any { return &h.Contact },
		},
		{
			Column: "declined_reason", Kind: field.Choice, Options: NotNowReasons(), FHIR: "Task.statusReason",
			Label: i18n.Text{EN: "Why not now", ES: "Por qué ahora no", AR: "لماذا ليس الآن"},
			At:    func(h *Handoff) any { return &h.DeclinedReason },
		},
		{
			Column: "closed_reason", Kind: field.Choice, Options: allEndings(), FHIR: "Task.statusReason",
			Label: i18n.Text{EN: "Ended because", ES: "Terminó porque", AR: "انتهى لأن"},
			At:    func(h *Handoff) any { return &h.ClosedReason },
		},
		{
			Column: "mode", Kind: field.Choice, Options: Modes(),
			Label: i18n.Text{EN: "How they were introduced", ES: "Cómo se presentaron", AR: "كيف تم التعارف"},
			Yours: i18n.Text{EN: "How you were introduced", ES: "Cómo se presentaron", AR: "كيف تم تعريفك بهم"},
			At:    func(h *Handoff) any { return &h.Mode },
		},
		{
			Column: "transport", Kind: field.Choice, Options: Transports(),
			Label: i18n.Text{EN: "How they get there", ES: "Cómo va", AR: "كيف يذهب"},
			Yours: i18n.Text{EN: "How you get there", ES: "Cómo va usted", AR: "كيف تذهب"},
			At:    func(h *Handoff) any { return &h.Transport },
		},
		{
			Column: "connected_source", Kind: field.Choice, Options: ConnSources(),
			Label: i18n.Text{EN: "Who says they arrived", ES: "Quién dice que llegó", AR: "من يؤكد وصوله"},
			Yours: i18n.Text{EN: "Who says you arrived", ES: "Quién dice que usted llegó", AR: "من يؤكد وصولك"},
			At:    func(h *Handoff) any { return &h.ConnSource },
		},
	}
}

func anchors() []field.Field[Handoff] {
	return []field.Field[Handoff]{
		when("event_at", i18n.Text{EN: "It happened", ES: "Ocurrió", AR: "حدث ذلك"}, func(h *Handoff) any { return &h.EventAt }),
		when("requested_at", i18n.Text{EN: "A peer was asked for", ES: "Se pidió un par", AR: "طُلب مرافق"}, func(h *Handoff) any { return &h.RequestedAt }),
		when("due_at", i18n.Text{EN: "A peer should be there by", ES: "Un par debería estar allí a las", AR: "ينبغي أن يصل المرافق قبل"}, func(h *Handoff) any { return &h.DueAt }),
		when("acknowledged_at", i18n.Text{EN: "A peer said yes", ES: "Un par dijo que sí", AR: "وافق مرافق"}, func(h *Handoff) any { return &h.AckAt }),
		when("expected_at", i18n.Text{EN: "Expected about", ES: "Se espera hacia las", AR: "الوصول المتوقع"}, func(h *Handoff) any { return &h.ExpectedAt }),
		when("met_at", i18n.Text{EN: "They met", ES: "Se conocieron", AR: "التقيا"}, func(h *Handoff) any { return &h.MetAt }).Your(i18n.Text{EN: "You met", ES: "Se conocieron", AR: "التقيتما"}),
		when("consent_at", i18n.Text{EN: "They agreed to a service", ES: "Aceptó un servicio", AR: "وافق على جهة"}, func(h *Handoff) any { return &h.ConsentAt }).Your(i18n.Text{EN: "You agreed to a service", ES: "Aceptó usted un servicio", AR: "وافقت على جهة"}),
		when("accepted_at", i18n.Text{EN: "The service said yes", ES: "El servicio dijo que sí", AR: "وافقت الجهة"}, func(h *Handoff) any { return &h.AcceptedAt }),
		when("introduced_at", i18n.Text{EN: "Introduced", ES: "Presentación", AR: "التعارف"}, func(h *Handoff) any { return &h.IntroducedAt }),
		when("slot_at", i18n.Text{EN: "The service expects them", ES: "El servicio le espera", AR: "تنتظره الجهة"}, func(h *Handoff) any { return &h.SlotAt }).Your(i18n.Text{EN: "The service expects you", ES: "El servicio le espera", AR: "تنتظرك الجهة"}),
		when("connected_at", i18n.Text{EN: "First visit", ES: "Primera visita", AR: "الزيارة الأولى"}, func(h *Handoff) any { return &h.ConnectedAt }),
		when("retained30_at", i18n.Text{EN: "A month on", ES: "Un mes después", AR: "بعد شهر"}, func(h *Handoff) any { return &h.Retained30At }),
		when("retained90_at", i18n.Text{EN: "Three months on", ES: "Tres meses después", AR: "بعد ثلاثة أشهر"}, func(h *Handoff) any { return &h.Retained90At }),
		when("voiced_at", i18n.Text{EN: "They said something, not answered yet", ES: "Dijo algo, aún sin respuesta", AR: "قال شيئا ولم يُجب بعد"}, func(h *Handoff) any { return &h.VoicedAt }).Your(i18n.Text{EN: "You said something, not answered yet", ES: "Usted dijo algo, aún sin respuesta", AR: "قلت شيئا ولم يُجب بعد"}),
		when("beside_at", i18n.Text{EN: "Noted beside the path, not seen yet", ES: "Anotado al lado del camino, aún sin ver", AR: "سُجل إلى جانب الطريق ولم يُر بعد"}, func(h *Handoff) any { return &h.BesideAt }),
		when("ended_at", i18n.Text{EN: "Ended", ES: "Terminó", AR: "انتهى"}, func(h *Handoff) any { return &h.EndedAt }),
	}
}

func when(column string, label i18n.Text, at func(*Handoff) any) field.Field[Handoff] {
	return field.Field[Handoff]{Column: column, Kind: field.Instant, Label: label, At: at}
}

// plumbing are the tokens that links and codes are found by, and the counters.
func plumbing() []field.Field[Handoff] {
	return []field.Field[Handoff]{
		{Column: "status_key", Kind: field.Digest, At: func(h *Handoff) any { return &h.StatusKey }},
		{Column: "code_key", Kind: field.Digest, At: func(h *Handoff) any { return &h.CodeKey }},
		{Column: "act_key", Kind: field.Digest, At: func(h *Handoff) any { return &h.ActKey }},
		{
			Column: "events", Kind: field.Number,
			Label: i18n.Text{EN: "Events so far", ES: "Sucesos hasta ahora", AR: "الأحداث حتى الآن"},
			At:    func(h *Handoff) any { return &h.Events },
		},
		{
			Column: "reoffers", Kind: field.Number,
			Label: i18n.Text{EN: "Offered again", ES: "Ofrecido de nuevo", AR: "عُرض مجددا"},
			At:    func(h *Handoff) any { return &h.Reoffers },
		},
		{Column: "own_key", Kind: field.Digest, At: func(h *Handoff) any { return &h.OwnKey }},
		{
			Column: "own_turn", Kind: field.Number,
			Label: i18n.Text{EN: "Cards so far", ES: "Tarjetas hasta ahora", AR: "البطاقات حتى الآن"},
			At:    func(h *Handoff) any { return &h.OwnTurn },
		},
		{Column: "version", Kind: field.Version, At: func(h *Handoff) any { return &h.Version }},
	}
}
