package bridge

import (
	"slices"
	"sync"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// The states of a live request.
const (
	LiveHeld  = "held"       // one of a flood; someone looks before peers are asked
	Asked     = "asked"      // the ladder asks for someone
	Coming    = "coming"     // a peer said yes
	Came      = "came"       // a peer was there
	None      = "none"       // no one could
	NotNeeded = "not_needed" // it is not needed any more
)

// Live is a ward's request for a peer to calm, to explain or to be there, for a
// moment. It is about nobody: it has a key of its own, and where they are is
// forgotten when it ends.
type Live struct {
	ID       ref.Live
	Lock     ref.Person // the key that seals where
	Site     ref.Site
	About    string
	Where    string // sealed; empty when it ended
	Language string
	State    string
	AskedAt  time.Time
	DueAt    time.Time // by when someone should be there
	UntilAt  time.Time // asking ends then
	Peer     ref.Account
	TakenAt  time.Time
	EndedAt  time.Time
	EndedBy  string
	LinkKey  []byte // mark of the token of the ward's page
	Version  int64
}

// Abouts are what a peer can be asked for. The list is short on purpose: whoever
// needs more asks for a warm hand-off.
func Abouts() []field.Option {
	return []field.Option{
		{Value: "calm", Label: i18n.Text{EN: "To calm someone", ES: "Para calmar a alguien", AR: "لتهدئة شخص"}},
		{Value: "explain", Label: i18n.Text{EN: "To explain something", ES: "Para explicar algo", AR: "لشرح شيء ما"}},
		{Value: "be_there", Label: i18n.Text{EN: "To be there", ES: "Para estar allí", AR: "للحضور إلى جانبه"}},
	}
}

// LiveStates are its states in words.
func LiveStates() []field.Option {
	return []field.Option{
		{Value: LiveHeld, Label: i18n.Text{EN: "Kept until someone looks", ES: "Guardado hasta que alguien lo mire", AR: "محفوظ إلى أن ينظر فيه أحد"}},
		{Value: Asked, Label: i18n.Text{EN: "Asking", ES: "Preguntando", AR: "نسأل"}},
		{Value: Coming, Label: i18n.Text{EN: "A peer is coming", ES: "Un par está en camino", AR: "مرافق في الطريق"}},
		{Value: Came, Label: i18n.Text{EN: "A peer came", ES: "Vino un par", AR: "جاء مرافق"}},
		{Value: None, Label: i18n.Text{EN: "No one could come", ES: "Nadie pudo venir", AR: "لم يستطع أحد القدوم"}},
		{Value: NotNeeded, Label: i18n.Text{EN: "Not needed any more", ES: "Ya no hacía falta", AR: "لم تعد هناك حاجة"}},
	}
}

type liveField = field.Field[Live]

// Lives says what the record of a live request holds. It is about nobody.
func Lives() *field.Record[Live] { return liveRecord() }

// liveRecord is made once: a board asks for it for each moment it shows.
var liveRecord = sync.OnceValue(func() *field.Record[Live] {
	return field.Define("bridge_live",
		field.Keys[Live]{ID: []string{"live"}, Subject: func(l *Live) string { return string(l.Lock) }},
		slices.Concat(liveAsks(), liveGoes())...)
})

func liveAsks() []liveField {
	return []liveField{
		{Column: "live", Kind: field.Ref, At: func(l *Live) any { return &l.ID }},
		{Column: "lock", Kind: field.Ref, At: func(l *Live) any { return &l.Lock }},
		{Column: "site", Kind: field.Ref, At: func(l *Live) any { return &l.Site }},
		{
			Column: "about", Kind: field.Choice, Asked: true, Required: true, Options: Abouts(),
			Label: i18n.Text{EN: "What is a peer needed for?", ES: "¿Para qué hace falta un par?", AR: "لماذا يُحتاج إلى مرافق؟"},
			At:    func(l *Live) any { return &l.About },
		},
		{
			Column: "whereabouts", Kind: field.Text, Asked: true, Required: true, Sealed: true, Limit: 60,
			Label: i18n.Text{EN: "Where?", ES: "¿Dónde?", AR: "أين؟"},
			Hint:  i18n.Text{EN: "Such as: bay 7. No name.", ES: "Por ejemplo: cubículo 7. Sin nombre.", AR: "مثلا: السرير 7. بلا اسم."},
			At:    func(l *Live) any { return &l.Where },
		},
		{
			Column: "language", Kind: field.Choice, Asked: true, Options: people.Languages(),
			Label: i18n.Text{EN: "Which language?", ES: "¿Qué idioma?", AR: "أي لغة؟"},
			At:    func(l *Live) any { return &l.Language },
		},
	}
}

func liveGoes() []liveField {
	when := func(column string, label i18n.Text, at func(*Live) any) liveField {
		return liveField{Column: column, Kind: field.Instant, Label: label, At: at}
	}
	return []liveField{
		{
			Column: "state", Kind: field.Choice, Options: LiveStates(), Label: i18n.Text{EN: "How it stands", ES: "Cómo está", AR: "الحالة"},
			At: func(l *Live) any { return &l.State },
		},
		when("asked_at", i18n.Text{EN: "Asked", ES: "Pedido", AR: "طُلب"}, func(l *Live) any { return &l.AskedAt }),
		when("due_at", i18n.Text{EN: "Someone should be there by", ES: "Alguien debería estar allí a las", AR: "ينبغي أن يصل أحد قبل"}, func(l *Live) any { return &l.DueAt }),
		when("until_at", i18n.Text{EN: "Asking ends", ES: "Se deja de preguntar", AR: "ينتهي السؤال"}, func(l *Live) any { return &l.UntilAt }),
		{Column: "peer", Kind: field.Ref, At: func(l *Live) any { return &l.Peer }},
		when("taken_at", i18n.Text{EN: "A peer said yes", ES: "Un par dijo que sí", AR: "وافق مرافق"}, func(l *Live) any { return &l.TakenAt }),
		when("ended_at", i18n.Text{EN: "Ended", ES: "Terminó", AR: "انتهى"}, func(l *Live) any { return &l.EndedAt }),
		{Column: "ended_by", Kind: field.Ref, At: func(l *Live) any { return &l.EndedBy }},
		{Column: "link_key", Kind: field.Digest, At: func(l *Live) any { return &l.LinkKey }},
		{Column: "version", Kind: field.Version, At: func(l *Live) any { return &l.Version }},
	}
}

// Over reports whether it has ended.
func (l Live) Over() bool { return !l.EndedAt.IsZero() }

// row is the request as the record of looks names it.
func (l Live) row() string { return "bridge_live/" + string(l.ID) }

// Takes reports whether whoever has a role may say that they are coming.
func (l Live) Takes(role string) bool {
	return slices.ContainsFunc(l.steps(role), func(s flow.Step[Live]) bool { return s.Name == LiveCome })
}
