package engagement

import (
	"strings"
	"time"
	"unicode"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// The states of a text that came in.
const (
	InStory   = "story"   // its words are in the story of who wrote it
	InWaits   = "waits"   // a person has to find its place
	InStopped = "stopped" // it ended texts; it has no words
	InPlaced  = "placed"  // a person put it into someone's story
	InThrown  = "thrown"  // a person threw it away; it has no words any more
)

// Why a text waits for a person.
const (
	InUnknown   = "unknown"   // nobody here has the number
	InSeveral   = "several"   // more than one has
	InNotChosen = "no-texts"  // who has it did not choose texts
	InAlone     = "nobody"    // nobody walks with who has it
	InMany      = "too-often" // more came from that number than one means
	InUnread    = "unread"    // it came in a form that we cannot read; all of it is kept
)

// TextIn is a text that came in to the programme's number. While it waits it is
// sealed under a key of its own, and names nobody.
type TextIn struct {
	ID         string
	Mark       []byte     // of the provider's id
	Number     []byte     // of the sender's number
	Person     ref.Person // who wrote it, once that is known
	Lock       ref.Person // the key of what waits
	State      string
	Why        string
	Sender     string // sealed
	Words      string // sealed
	CameAt     time.Time
	AnsweredAt time.Time // when the fixed words went back
	Version    int64
}

// subject is whose key seals it.
func (t *TextIn) subject() string {
	if t.Lock != "" {
		return string(t.Lock)
	}
	return string(t.Person)
}

func (t *TextIn) row() string { return "engagement_textin/" + t.ID }

// TextsIn says what that record holds.
func TextsIn() *field.Record[TextIn] {
	return field.Define("engagement_textin",
		field.Keys[TextIn]{
			ID: []string{"textin"}, Subject: func(t *TextIn) string { return t.subject() },
			Title: i18n.Text{EN: "Texts you sent us", ES: "Mensajes que nos envió", AR: "رسائل أرسلتها إلينا"},
		},
		field.Field[TextIn]{Column: "textin", Kind: field.Ref, At: func(t *TextIn) any { return &t.ID }},
		field.Field[TextIn]{Column: "mark", Kind: field.Digest, At: func(t *TextIn) any { return &t.Mark }},
		field.Field[TextIn]{Column: "number", Kind: field.Digest, At: func(t *TextIn) any { return &t.Number }},
		field.Field[TextIn]{Column: "person", Kind: field.Ref, At: func(t *TextIn) any { return &t.Person }},
		field.Field[TextIn]{Column: "lock", Kind: field.Ref, At: func(t *TextIn) any { return &t.Lock }},
		field.Field[TextIn]{
			Column: "state", Kind: field.Choice, Options: inStates(), At: func(t *TextIn) any { return &t.State },
			Label: i18n.Text{EN: "What became of it", ES: "Qué fue de él", AR: "ما آل إليه"},
		},
		field.Field[TextIn]{Column: "why", Kind: field.Ref, At: func(t *TextIn) any { return &t.Why }},
		field.Field[TextIn]{
			Column: "sender", Kind: field.Text, Sealed: true, Limit: 40, See: []string{"coordinator"}, At: func(t *TextIn) any { return &t.Sender },
			Label: i18n.Text{EN: "From", ES: "De", AR: "من"},
		},
		field.Field[TextIn]{
			Column: "words", Kind: field.Long, Sealed: true, Limit: mostIn, See: []string{"coordinator"}, At: func(t *TextIn) any { return &t.Words },
			Label: i18n.Text{EN: "What was written", ES: "Lo que se escribió", AR: "ما كُتب"},
		},
		field.Field[TextIn]{
			Column: "came_at", Kind: field.Instant, At: func(t *TextIn) any { return &t.CameAt },
			Label: i18n.Text{EN: "Came in", ES: "Llegó", AR: "وصل"},
		},
		field.Field[TextIn]{
			Column: "answered_at", Kind: field.Instant, At: func(t *TextIn) any { return &t.AnsweredAt },
			Label: i18n.Text{EN: "The number for a crisis was sent back", ES: "Se envió el número de ayuda", AR: "أُرسل رقم المساعدة"},
		},
		field.Field[TextIn]{Column: "version", Kind: field.Version, At: func(t *TextIn) any { return &t.Version }},
	)
}

func inStates() []field.Option {
	return []field.Option{
		{Value: InStory, Label: i18n.Text{EN: "In your story", ES: "En su historia", AR: "في قصتك"}},
		{Value: InWaits, Label: i18n.Text{EN: "Waits for a person", ES: "Espera a una persona", AR: "ينتظر شخصا"}},
		{Value: InStopped, Label: i18n.Text{EN: "Ended texts", ES: "Terminó los mensajes", AR: "أوقف الرسائل"}},
		{Value: InPlaced, Label: i18n.Text{EN: "Put into your story", ES: "Puesto en su historia", AR: "وُضع في قصتك"}},
		{Value: InThrown, Label: i18n.Text{EN: "Thrown away", ES: "Descartado", AR: "أُهمل"}},
	}
}

// stopWords end texts when they are all that was written. Those in English are
// what carriers in the United States stop at (STOP, STOPALL, UNSUBSCRIBE, CANCEL,
// END, QUIT); the others say the same in our languages.
func stopWords() []string {
	return []string{"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "alto", "parar", "pare", "basta", "توقف", "قف", "إيقاف", "ايقاف", "الغاء", "إلغاء"}
}

// stops reports whether a text asks for no more texts, and says nothing else.
func stops(words string) bool {
	said := people.Fold(strings.TrimFunc(words, func(r rune) bool { return !unicode.IsLetter(r) }))
	for _, w := range stopWords() {
		if said == people.Fold(w) {
			return true
		}
	}
	return false
}
