package workforce

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// The kinds of page.
const (
	Recovery   = "recovery"   // of the writer alone
	Wellbeing  = "wellbeing"  // of the writer alone
	Reflection = "reflection" // of those who take part
)

// Entry is what one peer wrote at one time.
type Entry struct {
	ID        string // that of the form
	Lock      string // the key that seals it, and nothing else
	Account   ref.Account
	Thread    string // the entry that began a co-reflection; empty for what is the writer's alone
	Kind      string // sealed
	Words     string // sealed
	WrittenAt time.Time
	ChangedAt time.Time // zero: never
	GoneAt    time.Time // erased: neither words, nor kind, nor time are kept
	Version   int64
}

// Kinds are the kinds of page.
func Kinds() []field.Option {
	return []field.Option{
		{Value: Recovery, Label: i18n.Text{EN: "My own recovery", ES: "Mi propia recuperación", AR: "تعافيّ أنا"}},
		{Value: Wellbeing, Label: i18n.Text{EN: "How I am", ES: "Cómo estoy", AR: "كيف حالي"}},
		{Value: Reflection, Label: i18n.Text{EN: "Thinking with other peers", ES: "Pensar con otros pares", AR: "تفكير مع مرافقين آخرين"}},
	}
}

// Entries says what an entry holds.
func Entries() *field.Record[Entry] {
	type f = field.Field[Entry]
	return field.Define("workforce_entry",
		field.Keys[Entry]{ID: []string{"entry"}, Subject: func(e *Entry) string { return e.Lock }},
		f{Column: "entry", Kind: field.Ref, At: func(e *Entry) any { return &e.ID }},
		f{Column: "lock", Kind: field.Ref, At: func(e *Entry) any { return &e.Lock }},
		f{Column: "account", Kind: field.Ref, At: func(e *Entry) any { return &e.Account }},
		f{Column: "thread", Kind: field.Ref, At: func(e *Entry) any { return &e.Thread }},
		f{
			Column: "kind", Kind: field.Choice, Required: true, Asked: true, Sealed: true, Options: Kinds(),
			Label: i18n.Text{EN: "What is it about?", ES: "¿De qué se trata?", AR: "عمّ تكتب؟"},
			At:    func(e *Entry) any { return &e.Kind },
		},
		f{
			Column: "words", Kind: field.Long, Required: true, Asked: true, Sealed: true, Limit: 4000,
			Label: i18n.Text{EN: "Your words", ES: "Sus palabras", AR: "كلماتك"},
			Hint:  i18n.Text{EN: "Leave out names. Up to 4,000 letters.", ES: "Sin nombres. Hasta 4000 letras.", AR: "بلا أسماء. حتى 4000 حرف."},
			At:    func(e *Entry) any { return &e.Words },
		},
		f{Column: "written_at", Kind: field.Instant, Label: i18n.Text{EN: "Written", ES: "Escrito", AR: "كُتب"}, At: func(e *Entry) any { return &e.WrittenAt }},
		f{Column: "changed_at", Kind: field.Instant, Label: i18n.Text{EN: "Changed", ES: "Cambiado", AR: "غُيّر"}, At: func(e *Entry) any { return &e.ChangedAt }},
		f{Column: "gone_at", Kind: field.Instant, Label: i18n.Text{EN: "Erased", ES: "Borrado", AR: "مُحي"}, At: func(e *Entry) any { return &e.GoneAt }},
		f{Column: "version", Kind: field.Version, At: func(e *Entry) any { return &e.Version }},
	)
}

// readable reports whether there is something to read: not erased, and not of a
// key that was destroyed since, as in a copy that was put back.
func (e Entry) readable() bool { return e.GoneAt.IsZero() && e.Words != field.Erased }

func (e Entry) row() string { return "workforce_entry/" + e.ID }

// Part is one peer who takes part in a co-reflection.
type Part struct {
	Thread   string
	Account  ref.Account
	By       ref.Account // who invited them; themselves for who began it
	JoinedAt time.Time
	LeftAt   time.Time // who left does not come back
	Version  int64
}

// Parts says what that record holds.
func Parts() *field.Record[Part] {
	type f = field.Field[Part]
	return field.Define("workforce_part", field.Keys[Part]{ID: []string{"thread", "account"}},
		f{Column: "thread", Kind: field.Ref, At: func(p *Part) any { return &p.Thread }},
		f{Column: "account", Kind: field.Ref, At: func(p *Part) any { return &p.Account }},
		f{Column: "invited_by", Kind: field.Ref, At: func(p *Part) any { return &p.By }},
		f{Column: "joined_at", Kind: field.Instant, Label: i18n.Text{EN: "Invited", ES: "Invitado", AR: "دُعي"}, At: func(p *Part) any { return &p.JoinedAt }},
		f{Column: "left_at", Kind: field.Instant, Label: i18n.Text{EN: "Left", ES: "Se fue", AR: "غادر"}, At: func(p *Part) any { return &p.LeftAt }},
		f{Column: "version", Kind: field.Version, At: func(p *Part) any { return &p.Version }},
	)
}

func (p Part) row() string { return "workforce_part/" + p.Thread + "/" + string(p.Account) }
