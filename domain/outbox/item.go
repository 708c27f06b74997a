package outbox

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// The states of an item. Those from Apart to Refused wait for a person.
const (
	Taken   = "taken"   // the page took it
	Apart   = "apart"   // other words were here under that id; both are kept
	Needs   = "needs"   // the page wants something else of its writer
	Refused = "refused" // its writer may not do it any more
	Placed  = "placed"  // a person has dealt with it
)

// Damaged is the answer to what does not open. Nothing of it is kept here: the
// phone does.
const Damaged = "damaged"

// Item is something that came from a phone's outbox. The words of what was
// taken are where they belong, and not here.
type Item struct {
	ID      string // made on the phone; also the act of the form
	Take    int64  // 0, or the number of other words under the same id
	Account ref.Account
	Person  ref.Person // whom it is about; empty for what was taken
	Mark    []byte     // keyed: the same words have the same mark
	State   string
	Path    string // the page it was written for
	Words   string // sealed; as the form was filled
	SentAt  time.Time
	TakenAt time.Time
	Version int64
}

// Items says what that record holds.
func Items() *field.Record[Item] {
	return field.Define("outbox_item",
		field.Keys[Item]{
			ID: []string{"item", "take"}, Subject: func(i *Item) string { return string(i.Person) },
			Title: i18n.Text{EN: "Written without a network", ES: "Escrito sin red", AR: "كُتب بلا شبكة"},
		},
		field.Field[Item]{Column: "item", Kind: field.Ref, At: func(i *Item) any { return &i.ID }},
		field.Field[Item]{
			Column: "take", Kind: field.Number, At: func(i *Item) any { return &i.Take },
			Label: i18n.Text{EN: "Writings under one id before it", ES: "Textos anteriores con el mismo id", AR: "نصوص سابقة بالمعرّف نفسه"},
		},
		field.Field[Item]{Column: "account", Kind: field.Ref, At: func(i *Item) any { return &i.Account }},
		field.Field[Item]{Column: "person", Kind: field.Ref, At: func(i *Item) any { return &i.Person }},
		field.Field[Item]{Column: "mark", Kind: field.Digest, At: func(i *Item) any { return &i.Mark }},
		field.Field[Item]{
			Column: "state", Kind: field.Choice, Options: states(), At: func(i *Item) any { return &i.State },
			Label: i18n.Text{EN: "How it stands", ES: "Cómo está", AR: "وضعه"},
		},
		field.Field[Item]{Column: "path", Kind: field.Ref, At: func(i *Item) any { return &i.Path }},
		field.Field[Item]{
			Column: "words", Kind: field.Long, Sealed: true, Limit: mostWords, See: []string{"peer", "supervisor", "participant"},
			Label: i18n.Text{EN: "What was written", ES: "Lo que se escribió", AR: "ما كُتب"},
			At:    func(i *Item) any { return &i.Words },
		},
		field.Field[Item]{
			Column: "sent_at", Kind: field.Instant, At: func(i *Item) any { return &i.SentAt },
			Label: i18n.Text{EN: "Written", ES: "Escrito", AR: "كُتب"},
		},
		field.Field[Item]{
			Column: "taken_at", Kind: field.Instant, At: func(i *Item) any { return &i.TakenAt },
			Label: i18n.Text{EN: "Came in", ES: "Llegó", AR: "وصل"},
		},
		field.Field[Item]{Column: "version", Kind: field.Version, At: func(i *Item) any { return &i.Version }},
	)
}

func states() []field.Option {
	return []field.Option{
		{Value: Taken, Label: i18n.Text{EN: "Taken", ES: "Recibido", AR: "استُلم"}},
		{Value: Apart, Label: i18n.Text{EN: "Written twice; both are kept", ES: "Escrito dos veces; se guardan ambos", AR: "كُتب مرتين؛ حُفظ الاثنان"}},
		{Value: Needs, Label: i18n.Text{EN: "Its writer is needed", ES: "Hace falta quien lo escribió", AR: "يحتاج إلى كاتبه"}},
		{Value: Refused, Label: i18n.Text{EN: "Needs a place", ES: "Necesita un lugar", AR: "يحتاج إلى مكان"}},
		{Value: Placed, Label: i18n.Text{EN: "Placed", ES: "Ubicado", AR: "وُضع في مكانه"}},
	}
}

// Settings are an organisation's own rules for its phones.
type Settings struct {
	Key     string // "settings": there is one row
	Hours   int64  // how long a phone keeps pages without a network
	Version int64
}

const (
	settingsKey = "settings"
	usualHours  = 12
	mostHours   = 72
)

// SettingRecords says what that record holds.
func SettingRecords() *field.Record[Settings] {
	return field.Define("outbox_setting", field.Keys[Settings]{ID: []string{"key"}},
		field.Field[Settings]{Column: "key", Kind: field.Ref, At: func(s *Settings) any { return &s.Key }},
		field.Field[Settings]{
			Column: "hours", Kind: field.Number, Asked: true, Required: true, At: func(s *Settings) any { return &s.Hours },
			Label: i18n.Text{EN: "Hours that a phone keeps today’s pages", ES: "Horas que un teléfono guarda las páginas del día", AR: "الساعات التي يحفظ فيها الهاتف صفحات اليوم"},
		},
		field.Field[Settings]{Column: "version", Kind: field.Version, At: func(s *Settings) any { return &s.Version }},
	)
}
