package tenant

import (
	"context"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/id"
)

// The privacy laws that the program knows the rules of.
const (
	Part2     = "part2" // 42 CFR Part 2 as of 2024, and HIPAA
	HIPAAOnly = "hipaa"
	GDPR      = "gdpr"
	NoRegime  = "none"
)

// leastReason is how many characters a reason has at least: a word is none.
const leastReason = 20

// Ruling is one decision about which privacy law binds an organisation. A
// federally assisted programme in the United States is bound by Part 2, and a
// peer organisation often is; one that is not says why.
type Ruling struct {
	ID     string
	Regime string
	Why    string // about the organisation, never about a person
	By     string
	At     time.Time
}

// Rulings says what the record of a decision holds. It is about nobody.
func Rulings() *field.Record[Ruling] {
	return field.Define("tenant_regime", field.Keys[Ruling]{ID: []string{"decision"}},
		field.Field[Ruling]{Column: "decision", Kind: field.Ref, At: func(r *Ruling) any { return &r.ID }},
		field.Field[Ruling]{
			Column: "regime", Kind: field.Choice, Asked: true, Required: true, Options: Regimes(),
			Label: i18n.Text{EN: "Privacy law", ES: "Ley de privacidad", AR: "قانون الخصوصية"},
			At:    func(r *Ruling) any { return &r.Regime },
		},
		field.Field[Ruling]{
			Column: "why", Kind: field.Long, Asked: true, Limit: 1000,
			Label: i18n.Text{EN: "Why", ES: "Por qué", AR: "لماذا"},
			At:    func(r *Ruling) any { return &r.Why },
		},
		field.Field[Ruling]{Column: "decided_by", Kind: field.Ref, At: func(r *Ruling) any { return &r.By }},
		field.Field[Ruling]{
			Column: "decided_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Decided on", ES: "Decidido el", AR: "تقرر في"},
			At:    func(r *Ruling) any { return &r.At },
		},
	)
}

// RegimeOf is the privacy law that binds the organisation of the transaction.
func RegimeOf(tx *db.Tx) (string, error) {
	var regime string
	err := tx.Row("SELECT regime FROM tenant_tenant WHERE tenant = $1").Scan(&regime)
	return regime, errs.Wrap("tenant: regime", err)
}

// NameOf is what the organisation of the transaction is called.
func NameOf(tx *db.Tx) (string, error) {
	var name string
	err := tx.Row("SELECT name FROM tenant_tenant WHERE tenant = $1").Scan(&name)
	return name, errs.Wrap("tenant: name", err)
}

// Rule puts an organisation under a privacy law. One other than its country's
// own needs a reason, which stays on record beside who gave it. Who may decide
// it is for the caller. Consents that the new law does not know are no longer
// obeyed from the next question on.
func (s *Service) Rule(ctx context.Context, t ref.Tenant, regime, why string) error {
	return s.ruleAfter(ctx, t, nil, regime, why)
}

// ruleAfter is Rule by somebody who had a decision before them, "" where there was none,
// as the last one. Another decision since is not undone by theirs.
func (s *Service) ruleAfter(ctx context.Context, t ref.Tenant, read *string, regime, why string) error {
	o, err := s.Get(ctx, t)
	if err != nil {
		return err
	}
	r := Ruling{ID: id.New(s.Clock.Now()), Regime: regime, Why: strings.TrimSpace(why)}
	if err := r.check(o.Country); err != nil {
		return err
	}
	err = s.DB.Write(operator(ctx, t), func(tx *db.Tx) error { return s.rule(tx, t, r, read) })
	return errs.Wrap("tenant: rule", err)
}

func (r Ruling) check(country string) error {
	known := field.Offered(Regimes(), r.Regime)
	switch {
	case !known:
		return errs.At("tenant: rule", "regime", "tenant.error.regime")
	case r.Regime != CountryOf(country).Regime && len([]rune(r.Why)) < leastReason:
		return errs.At("tenant: rule", "why", "tenant.error.regime-why")
	}
	return nil
}

func (s *Service) rule(tx *db.Tx, t ref.Tenant, r Ruling, read *string) error {
	r.By, r.At = tx.Scope().Actor, tx.Now()
	before, err := s.tenants.Get(tx, t)
	if err != nil {
		return err
	}
	last, err := Rulings().List(tx, "WHERE tenant = $1 ORDER BY decided_at DESC, decision DESC LIMIT 1")
	if err != nil || len(last) == 1 && last[0].Regime == r.Regime && last[0].Why == r.Why {
		return err // the same form twice
	}
	if err := since("regime", read, newest(last).ID); err != nil {
		return err
	}
	after := before
	after.Regime = r.Regime
	changes, err := s.tenants.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	more, err := Rulings().Insert(tx, &r)
	if err != nil {
		return err
	}
	return audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: "tenant.rule", Record: "tenant_regime/" + r.ID, Changes: append(changes, more...),
	})
}

func newest(list []Ruling) Ruling {
	if len(list) == 0 {
		return Ruling{}
	}
	return list[0]
}

// since refuses a decision by somebody who had another one before them as the last; nil:
// nothing was before them, as where a command decides.
func since(place string, read *string, last string) error {
	if read == nil || *read == last {
		return nil
	}
	return errs.At("tenant: decided since", place, "tenant.error.since")
}

// Rulings lists the decisions about an organisation's privacy law, newest
// first. There is none while its country's own law stands.
func (s *Service) Rulings(ctx context.Context, t ref.Tenant) (out []Ruling, err error) {
	err = s.DB.Read(operator(ctx, t), func(tx *db.Tx) error {
		out, err = Rulings().List(tx, "WHERE tenant = $1 ORDER BY decided_at DESC, decision DESC")
		return err
	})
	return out, errs.Wrap("tenant: rulings", err)
}
