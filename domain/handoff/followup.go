package handoff

import (
	"strconv"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// The states of a follow-up.
const (
	FollowOpen    = "open"
	FollowDone    = "done"    // they were in touch
	FollowMissed  = "missed"  // the window went by, and what was tried is noted
	FollowStopped = "stopped" // it is not wanted any more
)

// FollowUp is a task on a peer's list: to be in touch with someone, within a
// window. It is made in the transaction of what starts it, and stops in the
// transaction of what ends it.
type FollowUp struct {
	Handoff    ref.Handoff
	Began      int64 // Seq of the event that started it
	Hours      int64 // how long after they met
	Person     ref.Person
	Peer       ref.Account // whose list it is on; empty: nobody walks with the person just now
	State      string
	OpensAt    time.Time
	ClosesAt   time.Time
	Tries      int64
	Moves      int64
	AnsweredAt time.Time
	Version    int64
}

// FollowUps says what a follow-up's record holds.
func FollowUps() *field.Record[FollowUp] {
	id := func(column string, at func(*FollowUp) any) field.Field[FollowUp] {
		return field.Field[FollowUp]{Column: column, Kind: field.Ref, At: at}
	}
	number := func(column string, label i18n.Text, at func(*FollowUp) any) field.Field[FollowUp] {
		return field.Field[FollowUp]{Column: column, Kind: field.Number, Label: label, At: at}
	}
	at := func(column string, label i18n.Text, at func(*FollowUp) any) field.Field[FollowUp] {
		return field.Field[FollowUp]{Column: column, Kind: field.Instant, Label: label, At: at}
	}
	return field.Define("handoff_followup",
		field.Keys[FollowUp]{
			ID: []string{"handoff", "began", "hours"}, Subject: func(f *FollowUp) string { return string(f.Person) },
			Title: i18n.Text{EN: "A peer is to get in touch with you", ES: "Un par debe ponerse en contacto con usted", AR: "ينبغي أن يتواصل معك مرافق"},
		},
		id("handoff", func(f *FollowUp) any { return &f.Handoff }),
		number("began", i18n.Text{EN: "Began with number", ES: "Empezó con el número", AR: "بدأ برقم"}, func(f *FollowUp) any { return &f.Began }),
		number("hours", i18n.Text{EN: "Hours after they met", ES: "Horas después de conocerse", AR: "ساعات بعد اللقاء"}, func(f *FollowUp) any { return &f.Hours }).Your(i18n.Text{EN: "Hours after you met", ES: "Horas después de conocerse", AR: "ساعات بعد لقائكما"}),
		id("person", func(f *FollowUp) any { return &f.Person }),
		id("peer", func(f *FollowUp) any { return &f.Peer }),
		id("state", func(f *FollowUp) any { return &f.State }),
		at("opens_at", i18n.Text{EN: "From", ES: "Desde", AR: "من"}, func(f *FollowUp) any { return &f.OpensAt }),
		at("closes_at", i18n.Text{EN: "Until", ES: "Hasta", AR: "حتى"}, func(f *FollowUp) any { return &f.ClosesAt }),
		number("tries", i18n.Text{EN: "Tries", ES: "Intentos", AR: "المحاولات"}, func(f *FollowUp) any { return &f.Tries }),
		number("moves", i18n.Text{EN: "Times moved", ES: "Veces cambiado", AR: "مرات التأجيل"}, func(f *FollowUp) any { return &f.Moves }),
		at("answered_at", i18n.Text{EN: "Answered", ES: "Respondido", AR: "أُجيب"}, func(f *FollowUp) any { return &f.AnsweredAt }),
		field.Field[FollowUp]{Column: "version", Kind: field.Version, At: func(f *FollowUp) any { return &f.Version }},
	)
}

// Which names a follow-up among those of its hand-off.
func (f FollowUp) Which() string {
	return strconv.FormatInt(f.Began, 10) + "-" + strconv.FormatInt(f.Hours, 10)
}

// splitWhich reads what Which wrote.
func splitWhich(which string) (began, hours int64) {
	a, b, _ := strings.Cut(which, "-")
	return number(a), number(b)
}

// Open reports whether the window is open at that time; Late whether it has
// closed on a follow-up that nobody has answered.
func (f FollowUp) Open(now time.Time) bool {
	return f.State == FollowOpen && !now.Before(f.OpensAt) && now.Before(f.ClosesAt)
}

// Late is the other half of Open.
func (f FollowUp) Late(now time.Time) bool { return f.State == FollowOpen && !now.Before(f.ClosesAt) }

// Reason says why the follow-up is there.
func (f FollowUp) Reason() i18n.Text {
	n := f.Hours
	en, es, ar := "hours", "horas", arabic(n, "ساعات", "ساعة", "ساعة")
	switch {
	case n == agreedHours:
		return i18n.Text{EN: "As they agreed", ES: "Como lo aceptó", AR: "كما وافق"}
	case n%day == 0 && n > 3*day:
		n /= day
		en, es, ar = "days", "días", arabic(n, "أيام", "يوما", "يوم")
	case n == 1:
		en, es = "hour", "hora"
	}
	count := strconv.FormatInt(n, 10)
	return i18n.Text{EN: count + " " + en + " after you met", ES: count + " " + es + " después de conocerse", AR: "بعد " + count + " " + ar + " من اللقاء"}
}

// arabic is the form of a noun after a number: from three to ten, from eleven on,
// and at whole hundreds with what follows them up to two.
func arabic(n int64, few, many, other string) string {
	switch n % 100 {
	case 3, 4, 5, 6, 7, 8, 9, 10:
		return few
	case 0, 1, 2:
		return other
	}
	return many
}
