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

// Who signs when the person is not of age. 42 CFR 2.14 leaves it to the law of
// the state: where a minor may ask for treatment alone, only the minor may sign;
// where the law wants a parent's consent to treatment, both must.
const (
	MinorAlone = "alone"
	MinorBoth  = "both"
	MinorByAge = "by-age" // alone from some age on, or in some cases; both otherwise
)

// Minors is one statement of an organisation about the law of its state. No
// table of the states' laws was read, so the program knows none of them.
type Minors struct {
	ID    string
	Signs string // one of MinorSigns; "" where nobody has said it
	Says  string // the sentence that workers read beside the question; about the law, never about a person
	By    string
	At    time.Time
}

// MinorSigns are the ways a state's law can be.
func MinorSigns() []field.Option {
	return []field.Option{
		{Value: MinorAlone, Label: i18n.Text{EN: "They sign alone", ES: "Firma por su cuenta", AR: "يوقّع وحده"}},
		{Value: MinorBoth, Label: i18n.Text{EN: "They sign with a parent", ES: "Firma junto con su madre o padre", AR: "يوقّع مع أحد والديه"}},
		{Value: MinorByAge, Label: i18n.Text{EN: "It depends on their age", ES: "Depende de su edad", AR: "يتوقف على عمره"}},
	}
}

// MinorsRecord says what the record of it holds. It is about nobody.
func MinorsRecord() *field.Record[Minors] {
	type f = field.Field[Minors]
	return field.Define("tenant_minors", field.Keys[Minors]{ID: []string{"decision"}},
		f{Column: "decision", Kind: field.Ref, At: func(m *Minors) any { return &m.ID }},
		f{
			Column: "signs", Kind: field.Choice, Asked: true, Required: true, Options: MinorSigns(),
			Label: i18n.Text{EN: "Who signs when someone is not of age", ES: "Quién firma si alguien es menor de edad", AR: "من يوقّع إذا كان الشخص قاصرًا"},
			At:    func(m *Minors) any { return &m.Signs },
		},
		f{
			Column: "says", Kind: field.Long, Asked: true, Required: true, Limit: 400,
			Label: i18n.Text{EN: "What the law here says", ES: "Qué dice la ley aquí", AR: "ما يقوله القانون هنا"},
			At:    func(m *Minors) any { return &m.Says },
		},
		f{Column: "decided_by", Kind: field.Ref, At: func(m *Minors) any { return &m.By }},
		f{
			Column: "decided_at", Kind: field.Instant, Label: i18n.Text{EN: "Decided on", ES: "Decidido el", AR: "تقرر في"},
			At: func(m *Minors) any { return &m.At },
		},
	)
}

// MinorsOf is what the organisation of the transaction said last.
func MinorsOf(tx *db.Tx) (Minors, error) {
	list, err := MinorsRecord().List(tx, "WHERE tenant = $1 ORDER BY decided_at DESC, decision DESC LIMIT 1")
	if err != nil || len(list) == 0 {
		return Minors{}, errs.Wrap("tenant: minors", err)
	}
	return list[0], nil
}

// RuleMinors records what the law of the organisation's state asks. It holds for
// what is signed from now on. Who may decide it is for the caller.
func (s *Service) RuleMinors(ctx context.Context, t ref.Tenant, signs, says string) error {
	return s.ruleMinorsAfter(ctx, t, nil, signs, says)
}

// ruleMinorsAfter is RuleMinors by somebody who had a decision before them, as ruleAfter.
func (s *Service) ruleMinorsAfter(ctx context.Context, t ref.Tenant, read *string, signs, says string) error {
	m := Minors{ID: id.New(s.Clock.Now()), Signs: signs, Says: strings.TrimSpace(says)}
	switch n := len([]rune(m.Says)); {
	case !field.Offered(MinorSigns(), signs):
		return errs.At("tenant: minors", "signs", "tenant.error.minors")
	case n < leastReason || n > 400:
		return errs.At("tenant: minors", "says", "tenant.error.minors-says")
	}
	return errs.Wrap("tenant: minors", s.DB.Write(operator(ctx, t), func(tx *db.Tx) error {
		last, err := MinorsOf(tx)
		if err != nil || last.Signs == m.Signs && last.Says == m.Says {
			return err // the same form twice
		}
		if err := since("signs", read, last.ID); err != nil {
			return err
		}
		m.By, m.At = tx.Scope().Actor, tx.Now()
		changes, err := MinorsRecord().Insert(tx, &m)
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "tenant.minors", Record: "tenant_minors/" + m.ID, Changes: changes})
	}))
}
