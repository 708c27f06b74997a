package consent

import (
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
)

// Mine says that a recipient is one of a person's own: their clinic, their
// health plan. "My treating providers" on a consent means these and no others;
// for an intermediary's members the law says so (42 CFR 2.31(a)(4)(ii)(B)).
type Mine struct {
	Person    ref.Person
	Recipient ref.Recipient
	Since     time.Time
	UntilAt   time.Time // zero while it is so
	By        string
	Version   int64
}

// Mines says what the record of it holds.
func Mines() *field.Record[Mine] {
	return field.Define("consent_mine",
		field.Keys[Mine]{
			ID: []string{"person", "recipient"}, Subject: func(m *Mine) string { return string(m.Person) },
			Title: words{EN: "A service of yours", ES: "Un servicio suyo", AR: "جهة تخصك"},
		},
		field.Field[Mine]{Column: "person", Kind: field.Ref, At: func(m *Mine) any { return &m.Person }},
		field.Field[Mine]{Column: "recipient", Kind: field.Ref, At: func(m *Mine) any { return &m.Recipient }},
		field.Field[Mine]{
			Column: "since_at", Kind: field.Instant, Label: words{EN: "Since", ES: "Desde", AR: "منذ"},
			At: func(m *Mine) any { return &m.Since },
		},
		field.Field[Mine]{
			Column: "until_at", Kind: field.Instant, Label: words{EN: "Until", ES: "Hasta", AR: "حتى"},
			At: func(m *Mine) any { return &m.UntilAt },
		},
		field.Field[Mine]{Column: "noted_by", Kind: field.Ref, At: func(m *Mine) any { return &m.By }},
		field.Field[Mine]{Column: "version", Kind: field.Version, At: func(m *Mine) any { return &m.Version }},
	)
}

// NoteMine records whether a recipient is, from now on, one of the person's own.
func (s *Service) NoteMine(tx *db.Tx, person ref.Person, r ref.Recipient, is bool) error {
	before, err := s.mine.Get(tx, person, r)
	after := before
	var changes []field.Change
	switch {
	case errs.Is(err, errs.NotFound):
		after = Mine{Person: person, Recipient: r, Since: tx.Now(), By: tx.Scope().Actor}
		if !is {
			return nil
		}
		changes, err = s.mine.Insert(tx, &after)
	case err == nil:
		if after.UntilAt = tx.Now(); is {
			after.UntilAt, after.Since = time.Time{}, tx.Now()
		} else {
			tx.TakenBack(MineKind, string(person)+"/"+string(r))
		}
		changes, err = s.mine.Update(tx, &before, &after)
	}
	if err == nil {
		err = audit.Write(tx, audit.Entry{
			Kind: audit.Change, Action: "consent.mine", Subjects: []string{string(person)},
			Record: "consent_mine/" + string(r), Changes: changes, To: string(r),
		})
	}
	return errs.Wrap("consent: mine", err)
}

// isMine asks without reading anything that owes a look.
func isMine(tx *db.Tx, person ref.Person, r ref.Recipient) (bool, error) {
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM consent_mine WHERE tenant = $1 AND person = $2 AND recipient = $3 AND until_at = 0", person, r).Scan(&n)
	return n > 0, err
}
