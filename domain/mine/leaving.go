package mine

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
)

// Leaving says that a person left.
type Leaving struct {
	Person  ref.Person
	Account ref.Account // their own, which ended with it; empty for none
	Why     string      // one of the reasons below
	At      time.Time
	By      string
	Erased  time.Time // since when they cannot be read; zero while a law makes it wait
}

// Why someone left.
const (
	WhyAsked    = "asked"    // they said so
	WhyQuiet    = "quiet"    // nothing was recorded about them for as long as the rule says
	WhyRestored = "restored" // an older copy was put back in which they were still here
)

// Leavings says what the record of it holds.
func Leavings() *field.Record[Leaving] {
	type f = field.Field[Leaving]
	return field.Define("mine_leaving",
		field.Keys[Leaving]{
			ID: []string{"person"}, Subject: func(l *Leaving) string { return string(l.Person) },
			Title: words{EN: "That you left", ES: "Que usted se fue", AR: "أنك غادرت"},
		},
		f{Column: "person", Kind: field.Ref, At: func(l *Leaving) any { return &l.Person }},
		f{Column: "account", Kind: field.Ref, At: func(l *Leaving) any { return &l.Account }},
		f{Column: "why", Kind: field.Ref, At: func(l *Leaving) any { return &l.Why }},
		f{Column: "asked_at", Kind: field.Instant, Label: words{EN: "Left on", ES: "Se fue el", AR: "غادر في"}, At: func(l *Leaving) any { return &l.At }},
		f{Column: "asked_by", Kind: field.Ref, At: func(l *Leaving) any { return &l.By }},
		f{Column: "erased_at", Kind: field.Instant, Label: words{EN: "Cannot be read since", ES: "No se puede leer desde", AR: "لا يمكن قراءته منذ"}, At: func(l *Leaving) any { return &l.Erased }},
	)
}
