package rota

import (
	"strconv"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// How often a shift comes.
const (
	Once        = "once"
	Daily       = "daily"
	Weekly      = "weekly"
	Fortnightly = "fortnightly"
)

// Repeats are the choices of a shift's repetition.
func Repeats() []field.Option {
	return []field.Option{
		{Value: Once, Label: i18n.Text{EN: "Just once", ES: "Solo una vez", AR: "مرة واحدة"}},
		{Value: Daily, Label: i18n.Text{EN: "Every day", ES: "Cada día", AR: "كل يوم"}},
		{Value: Weekly, Label: i18n.Text{EN: "Every week", ES: "Cada semana", AR: "كل أسبوع"}},
		{Value: Fortnightly, Label: i18n.Text{EN: "Every two weeks", ES: "Cada dos semanas", AR: "كل أسبوعين"}},
	}
}

// Shift is one peer's hours at a site, once or again and again.
type Shift struct {
	ID      ref.Shift
	Site    ref.Site    // empty: every site of the organisation
	Peer    ref.Account // empty: nobody yet
	From    Day         // the first day
	Until   Day         // the last day; empty: no end
	Begins  int64       // minutes after midnight, 0 to 1439
	Ends    int64       // the same; not after Begins: on the next day
	Repeats string
	Version int64
}

// WholeDay reports whether it ends when it begins: on the next day.
func (s Shift) WholeDay() bool { return s.Begins == s.Ends }

// Shifts says what a shift's record holds.
func Shifts() *field.Record[Shift] {
	return field.Define("rota_shift", field.Keys[Shift]{ID: []string{"shift"}},
		field.Field[Shift]{Column: "shift", Kind: field.Ref, At: func(s *Shift) any { return &s.ID }},
		field.Field[Shift]{Column: "site", Kind: field.Ref, At: func(s *Shift) any { return &s.Site }},
		field.Field[Shift]{Column: "peer", Kind: field.Ref, At: func(s *Shift) any { return &s.Peer }},
		field.Field[Shift]{
			Column: "from_day", Kind: field.Text, Limit: 10,
			Label: i18n.Text{EN: "First day", ES: "Primer día", AR: "اليوم الأول"},
			At:    func(s *Shift) any { return &s.From },
		},
		field.Field[Shift]{
			Column: "until_day", Kind: field.Text, Limit: 10,
			Label: i18n.Text{EN: "Last day", ES: "Último día", AR: "اليوم الأخير"},
			Hint:  i18n.Text{EN: "Leave it open if it goes on.", ES: "Déjelo abierto si continúa.", AR: "اتركه فارغا إن كان يستمر."},
			At:    func(s *Shift) any { return &s.Until },
		},
		field.Field[Shift]{
			Column: "begins", Kind: field.Number,
			Label: i18n.Text{EN: "Begins", ES: "Empieza", AR: "يبدأ"},
			At:    func(s *Shift) any { return &s.Begins },
		},
		field.Field[Shift]{
			Column: "ends", Kind: field.Number,
			Label: i18n.Text{EN: "Ends", ES: "Termina", AR: "ينتهي"},
			Hint:  i18n.Text{EN: "If it is before the start, it is on the next day.", ES: "Si es antes del inicio, es del día siguiente.", AR: "إن كان قبل البداية فهو في اليوم التالي."},
			At:    func(s *Shift) any { return &s.Ends },
		},
		field.Field[Shift]{
			Column: "repeats", Kind: field.Choice, Options: Repeats(),
			Label: i18n.Text{EN: "How often?", ES: "¿Cada cuánto?", AR: "كم مرة؟"},
			At:    func(s *Shift) any { return &s.Repeats },
		},
		field.Field[Shift]{Column: "version", Kind: field.Version, At: func(s *Shift) any { return &s.Version }},
	)
}

// Change is one day of a shift that is not as usual: someone else has it,
// nobody has it, or it does not take place.
type Change struct {
	Shift   ref.Shift
	Day     Day
	Peer    ref.Account
	Removed bool
}

// Changes says what a change's record holds.
func Changes() *field.Record[Change] {
	return field.Define("rota_change", field.Keys[Change]{ID: []string{"shift", "day"}},
		field.Field[Change]{Column: "shift", Kind: field.Ref, At: func(c *Change) any { return &c.Shift }},
		field.Field[Change]{Column: "day", Kind: field.Ref, At: func(c *Change) any { return &c.Day }},
		field.Field[Change]{Column: "peer", Kind: field.Ref, At: func(c *Change) any { return &c.Peer }},
		field.Field[Change]{
			Column: "removed", Kind: field.Flag,
			Label: i18n.Text{EN: "Does not take place", ES: "No se hace", AR: "لا يقام"},
			At:    func(c *Change) any { return &c.Removed },
		},
	)
}

// Away is time off. Why is nobody's business and has no place here.
type Away struct {
	ID          ref.Shift
	Peer        ref.Account
	From, Until Day       // both days are off
	Since       time.Time // a shift that had begun by then is not unmade
}

// Aways says what time off holds.
func Aways() *field.Record[Away] {
	return field.Define("rota_away", field.Keys[Away]{ID: []string{"away"}},
		field.Field[Away]{Column: "away", Kind: field.Ref, At: func(a *Away) any { return &a.ID }},
		field.Field[Away]{Column: "peer", Kind: field.Ref, At: func(a *Away) any { return &a.Peer }},
		field.Field[Away]{
			Column: "from_day", Kind: field.Text, Limit: 10,
			Label: i18n.Text{EN: "First day off", ES: "Primer día libre", AR: "أول يوم إجازة"},
			At:    func(a *Away) any { return &a.From },
		},
		field.Field[Away]{
			Column: "until_day", Kind: field.Text, Limit: 10,
			Label: i18n.Text{EN: "Last day off", ES: "Último día libre", AR: "آخر يوم إجازة"},
			At:    func(a *Away) any { return &a.Until },
		},
		field.Field[Away]{
			Column: "since_at", Kind: field.Instant,
			Label: i18n.Text{EN: "From shifts after", ES: "Desde los turnos posteriores a", AR: "من المناوبات بعد"},
			At:    func(a *Away) any { return &a.Since },
		},
	)
}

// ParseClock reads "22:30" as minutes after midnight; ok is false for what is
// no time of day.
func ParseClock(s string) (minutes int64, ok bool) {
	h, m, ok := strings.Cut(strings.TrimSpace(s), ":")
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	ok = ok && err1 == nil && err2 == nil && hour >= 0 && hour < 24 && minute >= 0 && minute < 60
	return int64(hour*60 + minute), ok
}
