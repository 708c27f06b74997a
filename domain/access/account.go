package access

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/seal"
)

// Account is someone who can sign in.
type Account struct {
	ID          ref.Account // also the name of the key that seals name and address
	Name        string      // the name they work or come under; others see it
	Email       string      // empty for people who have or want none
	EmailKey    []byte      // keyed token of the address, to find the account by it
	Roles       []string
	Language    string // empty: what their browser asks for
	CreatedAt   time.Time
	SuspendedAt time.Time // set: cannot come in for now
	EndedAt     time.Time // set: left for good
	UntilAt     time.Time // set: from this instant on it is as if paused
	Version     int64
}

// Open reports whether the account may be used now.
func (a Account) Open(now time.Time) bool {
	return a.SuspendedAt.IsZero() && a.EndedAt.IsZero() && !a.over(now)
}

// over reports whether the account has come to the end it was given.
func (a Account) over(now time.Time) bool { return !a.UntilAt.IsZero() && !now.Before(a.UntilAt) }

// walks reports whether the account can walk with someone now.
func (a Account) walks(now time.Time) bool { return a.Open(now) && leads(a.Roles) }

// mayLess reports whether something was taken from an account: a role, or the
// time it may come in.
func (a Account) mayLess(before Account) bool {
	sooner := !a.UntilAt.IsZero() && (before.UntilAt.IsZero() || a.UntilAt.Before(before.UntilAt))
	shut := a.SuspendedAt.After(before.SuspendedAt) || a.EndedAt.After(before.EndedAt)
	return shut || sooner || slices.ContainsFunc(before.Roles, func(r string) bool { return !slices.Contains(a.Roles, r) })
}

// leads reports whether people are walked with in one of these roles.
func leads(roles []string) bool {
	return slices.Contains(roles, Peer) || slices.Contains(roles, Supervisor)
}

// Accounts says what an account holds.
func Accounts() *field.Record[Account] {
	return field.Define("access_account",
		field.Keys[Account]{ID: []string{"account"}, Subject: func(a *Account) string { return string(a.ID) }},
		field.Field[Account]{Column: "account", Kind: field.Ref, At: func(a *Account) any { return &a.ID }},
		field.Field[Account]{
			Column: "name", Kind: field.Text, Asked: true, Required: true, Sealed: true, Limit: 80,
			Label: i18n.Text{EN: "Name they go by here", ES: "Nombre que usa aquí", AR: "الاسم الذي يُعرف به هنا"},
			Hint:  i18n.Text{EN: "The people they walk with see it.", ES: "Lo ven las personas que acompaña.", AR: "يراه من يسير إلى جانبهم."},
			At:    func(a *Account) any { return &a.Name },
		},
		field.Field[Account]{
			Column: "email", Kind: field.Text, Asked: true, Required: true, Sealed: true, Limit: 120, See: []string{Administrator},
			Label: i18n.Text{EN: "E-mail", ES: "Correo electrónico", AR: "البريد الإلكتروني"},
			At:    func(a *Account) any { return &a.Email },
		},
		field.Field[Account]{Column: "email_key", Kind: field.Digest, At: func(a *Account) any { return &a.EmailKey }},
		field.Field[Account]{
			Column: "roles", Kind: field.Choices, Asked: true, Required: true, Options: roleOptions(),
			Label: i18n.Text{EN: "What they do here", ES: "Lo que hace aquí", AR: "ما يقوم به هنا"},
			At:    func(a *Account) any { return &a.Roles },
		},
		field.Field[Account]{
			Column: "language", Kind: field.Choice, Asked: true, Options: languageOptions(),
			Label: i18n.Text{EN: "Language", ES: "Idioma", AR: "اللغة"},
			At:    func(a *Account) any { return &a.Language },
		},
		field.Field[Account]{
			Column: "created_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Here since", ES: "Aquí desde", AR: "هنا منذ"},
			At:    func(a *Account) any { return &a.CreatedAt },
		},
		field.Field[Account]{
			Column: "suspended_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Paused since", ES: "En pausa desde", AR: "موقوف منذ"},
			At:    func(a *Account) any { return &a.SuspendedAt },
		},
		field.Field[Account]{
			Column: "ended_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Left", ES: "Se fue", AR: "غادر"},
			At:    func(a *Account) any { return &a.EndedAt },
		},
		field.Field[Account]{
			Column: "until_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Ends by itself", ES: "Termina por sí sola", AR: "ينتهي تلقائيًا"},
			At:    func(a *Account) any { return &a.UntilAt },
		},
		field.Field[Account]{Column: "version", Kind: field.Version, At: func(a *Account) any { return &a.Version }},
	)
}

func languageOptions() []field.Option {
	return []field.Option{
		{Value: string(i18n.English), Label: i18n.Text{EN: "English", ES: "English", AR: "English"}},
		{Value: string(i18n.Spanish), Label: i18n.Text{EN: "Español", ES: "Español", AR: "Español"}},
		{Value: string(i18n.Arabic), Label: i18n.Text{EN: "العربية", ES: "العربية", AR: "العربية"}},
	}
}

// emailKey finds an account by its address in whatever organisation, without
// the address standing in the database. It is nil for what is no address.
func emailKey(v *seal.Vault, email string) []byte {
	folded := foldEmail(email)
	if folded == "" {
		return nil
	}
	return v.Token("", "access.email", []byte(folded))
}

// foldEmail writes an address the one way it is compared: without the space
// around it, in Unicode's normal form and without capitals. It is empty for
// what cannot be an address.
func foldEmail(email string) string {
	s := cases.Fold().String(norm.NFKC.String(strings.TrimSpace(email)))
	name, host, ok := strings.Cut(s, "@")
	if !ok || name == "" || host == "" || strings.ContainsAny(s, " \t\r\n<>,;") || len(s) > 254 || strings.Contains(host, "@") {
		return ""
	}
	return s
}
