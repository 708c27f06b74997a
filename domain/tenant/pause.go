package tenant

import (
	"context"
	"errors"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/id"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// Pause is one decision to pause an organisation as a whole, or to take it up
// again.
type Pause struct {
	ID     string
	Paused bool
	Why    string // about the organisation, never about a person
	By     string
	At     time.Time
}

// Pauses says what the record of it holds. It is about nobody.
func Pauses() *field.Record[Pause] {
	type f = field.Field[Pause]
	return field.Define("tenant_pause", field.Keys[Pause]{ID: []string{"decision"}},
		f{Column: "decision", Kind: field.Ref, At: func(p *Pause) any { return &p.ID }},
		f{
			Column: "paused", Kind: field.Flag, Label: i18n.Text{EN: "Paused", ES: "En pausa", AR: "موقوفة"},
			At: func(p *Pause) any { return &p.Paused },
		},
		f{
			Column: "why", Kind: field.Long, Asked: true, Limit: 1000, Label: i18n.Text{EN: "Why", ES: "Por qué", AR: "لماذا"},
			At: func(p *Pause) any { return &p.Why },
		},
		f{Column: "decided_by", Kind: field.Ref, At: func(p *Pause) any { return &p.By }},
		f{
			Column: "decided_at", Kind: field.Instant, Label: i18n.Text{EN: "Decided on", ES: "Decidido el", AR: "تقرر في"},
			At: func(p *Pause) any { return &p.At },
		},
	)
}

// PauseKind is under which kind a pause stands in the list of what was taken back
// (db.Tx.TakenBack).
const PauseKind = "organisation"

// paused is the key of the words for whatever cannot be done in a paused
// organisation.
const paused = "tenant.error.paused"

// Admit answers errs.Unavailable, in words, where the organisation of the
// transaction is paused. The database asks it first in each transaction, so that
// the next page, event, message, export and link obey, whoever paused it.
func Admit(tx *db.Tx) error {
	var at int64
	err := tx.Row("SELECT paused_at FROM tenant_tenant WHERE tenant = $1").Scan(&at)
	switch {
	case errs.Is(err, errs.NotFound): // it is being made
		return nil
	case err == nil && at != 0:
		return errs.New(errs.Unavailable, "tenant: paused", paused)
	}
	return errs.Wrap("tenant: admit", err)
}

// IsPaused reports whether err says that the organisation is paused.
func IsPaused(err error) bool {
	var e *errs.Error
	return errors.As(err, &e) && e.Say == paused
}

// Shut is what a link of a paused organisation answers: nobody comes by this
// way, that what was sent was not taken, where something was, and which
// telephone to call instead, where one is known.
func Shut(phone string, sent bool) error {
	say := map[[2]bool]string{
		{false, false}: "tenant.error.shut", {false, true}: "tenant.error.shut-sent",
		{true, false}: "tenant.error.shut-call", {true, true}: "tenant.error.shut-call-sent",
	}[[2]bool{phone != "", sent}]
	return &errs.Error{Kind: errs.Unavailable, Op: "tenant: paused", Say: say, Args: map[string]any{page.CallArg: phone}}
}

// Pause stops an organisation as a whole, or takes it up again, and records why.
// Nothing of it is lost meanwhile: bells wait, sign-ins stay. Who may decide it
// is for the caller. What is so already stays so, and nothing is recorded.
func (s *Service) Pause(ctx context.Context, t ref.Tenant, stop bool, why string) error {
	p := Pause{ID: id.New(s.Clock.Now()), Paused: stop, Why: strings.TrimSpace(why)}
	if n := len([]rune(p.Why)); n < leastReason || n > 1000 {
		return errs.At("tenant: pause", "why", "tenant.error.pause-why")
	}
	err := s.DB.Write(scope.Always(operator(ctx, t)), func(tx *db.Tx) error { return s.pause(tx, t, p) })
	return errs.Wrap("tenant: pause", err)
}

func (s *Service) pause(tx *db.Tx, t ref.Tenant, p Pause) error {
	p.By, p.At = tx.Scope().Actor, tx.Now()
	before, err := s.tenants.Get(tx, t)
	if err != nil {
		return err
	}
	if before.Paused() == p.Paused {
		return nil
	}
	after := before
	after.PausedAt = time.Time{}
	if p.Paused {
		after.PausedAt = p.At
		tx.TakenBack(PauseKind, string(t))
	}
	changes, err := s.tenants.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	more, err := Pauses().Insert(tx, &p)
	if err != nil {
		return err
	}
	action := map[bool]string{true: "tenant.pause", false: "tenant.resume"}[p.Paused]
	return audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: action, Record: "tenant_pause/" + p.ID, Changes: append(changes, more...),
	})
}
