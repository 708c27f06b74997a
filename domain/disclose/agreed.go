package disclose

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// mostDays is the longest that an agreement opens anything. No source gives a
// number; a year is ours.
const mostDays = 365

// Agree writes an agreement down. It opens nothing until somebody else approves
// it. A fact that the law asks for and is missing is Invalid, and so is every
// agreement where another law than Part 2 binds: there nothing is told for these
// reasons without the person's yes. The same form twice is one agreement; with
// other words it is a Conflict.
func (s *Service) Agree(tx *db.Tx, a Agreement, days int64) (Agreement, error) {
	if err := part2(tx); err != nil {
		return a, errs.Wrap("disclose: agree", err)
	}
	if err := a.check(days); err != nil {
		return a, errs.Wrap("disclose: agree", err)
	}
	if have, err := Agreements().Get(tx, a.ID); err == nil {
		return have, sentAgain(tx, a.sameForm(have, days, tx.Scope().Actor), "disclose.agreements")
	} else if !errs.Is(err, errs.NotFound) {
		return a, errs.Wrap("disclose: agree", err)
	}
	a.ID, a.MadeBy, a.MadeAt = cmp.Or(a.ID, ref.Agreement(id.New(tx.Now()))), tx.Scope().Actor, tx.Now()
	a.UntilAt = tx.Now().AddDate(0, 0, int(days))
	a.ApprovedBy, a.ApprovedAt, a.EndedBy, a.EndedAt, a.Version = "", time.Time{}, "", time.Time{}, 0
	changes, err := Agreements().Insert(tx, &a)
	if err == nil {
		err = noted(tx, "disclose.agree", a.ID, changes)
	}
	return a, errs.Wrap("disclose: agree", err)
}

// sameForm reports whether a form says what it said before, by the same hand.
func (a Agreement) sameForm(have Agreement, days int64, by string) bool {
	return have.MadeBy == by && have.Kind == a.Kind && have.Who == a.Who && have.Body == a.Body && have.Ground == a.Ground &&
		have.Aim == a.Aim && have.Paper == a.Paper && have.Copies == a.Copies &&
		slices.Equal(have.Promises, a.Promises) && slices.Equal(have.What, a.What) && have.UntilAt.Equal(have.MadeAt.AddDate(0, 0, int(days)))
}

func noted(tx *db.Tx, action string, which ref.Agreement, changes []field.Change) error {
	return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: action, Record: "disclose_agreement/" + string(which), Changes: changes})
}

// part2 refuses where another law binds.
func part2(tx *db.Tx) error {
	regime, err := tenant.RegimeOf(tx)
	if err == nil && regime != tenant.Part2 {
		err = errs.At("law", "kind", "disclose.agreed.other-law")
	}
	return err
}

func (a Agreement) check(days int64) error {
	i := slices.IndexFunc(grounds(), func(g ground) bool { return g.Value == a.Ground })
	for _, text := range []struct{ place, value string }{{"who", a.Who}, {"body", a.Body}, {"aim", a.Aim}, {"paper", a.Paper}} {
		if strings.TrimSpace(text.value) == "" {
			return errs.At("agreement", text.place, "error.needed")
		}
	}
	switch {
	case !field.Offered(AgreementKinds(), a.Kind):
		return errs.At("agreement", "kind", "error.pick-one")
	case i < 0 || grounds()[i].kind != a.Kind:
		return errs.At("agreement", "ground", "disclose.agreed.ground")
	case a.Copies && !grounds()[i].copies:
		return errs.At("agreement", "copies", "disclose.agreed.no-copies")
	case len(a.missing()) > 0:
		return errs.At("agreement", "promises", "disclose.agreed.promises")
	case len(a.What) == 0 || slices.ContainsFunc(a.What, func(k string) bool { return !field.Offered(tellable(), k) }):
		return errs.At("agreement", "what", "disclose.needs-what")
	case days < 1 || days > mostDays:
		return errs.At("agreement", "days", "disclose.agreed.days")
	}
	return nil
}

// missing are what the law asks the paper to promise, and it does not.
func (a Agreement) missing() (out []promise) {
	for _, p := range promises() {
		need := slices.Contains(p.always, a.Kind) || a.Copies && slices.Contains(p.copies, a.Kind)
		if need && !slices.Contains(a.Promises, p.Value) {
			out = append(out, p)
		}
	}
	return out
}

// Approve lets an agreement open what it names. Whoever approves says that they
// direct the programme or were named to decide this; it is never whoever wrote
// it down.
func (s *Service) Approve(tx *db.Tx, which ref.Agreement) error {
	if err := part2(tx); err != nil {
		return errs.Wrap("disclose: approve", err)
	}
	return s.turn(tx, which, "disclose.approve", func(a *Agreement) error {
		switch {
		case a.MadeBy == tx.Scope().Actor:
			return errs.New(errs.Conflict, "own", "disclose.agreed.not-your-own")
		case !a.ApprovedAt.IsZero() || !a.EndedAt.IsZero():
			return errs.New(errs.Conflict, "again", "disclose.agreed.over")
		}
		a.ApprovedBy, a.ApprovedAt = tx.Scope().Actor, tx.Now()
		return nil
	})
}

// EndAgreement ends one at once: nothing more is told under it. What is over
// stays over.
func (s *Service) EndAgreement(tx *db.Tx, which ref.Agreement) error {
	return s.turn(tx, which, "disclose.agreement-end", func(a *Agreement) error {
		if !a.EndedAt.IsZero() {
			return errs.New(errs.Conflict, "again", "disclose.agreed.over")
		}
		a.EndedBy, a.EndedAt = tx.Scope().Actor, tx.Now()
		tx.TakenBack(AgreementKind, string(a.ID))
		return nil
	})
}

func (s *Service) turn(tx *db.Tx, which ref.Agreement, action string, change func(*Agreement) error) error {
	before, err := Agreements().Get(tx, which)
	if err != nil {
		return errs.Wrap(action, err)
	}
	after := before
	if err := change(&after); err != nil {
		return errs.Wrap(action, err)
	}
	changes, err := Agreements().Update(tx, &before, &after)
	if err == nil {
		err = noted(tx, action, which, changes)
	}
	return errs.Wrap(action, err)
}

// AllAgreements lists them, newest first.
func (s *Service) AllAgreements(tx *db.Tx) ([]Agreement, error) {
	list, err := Agreements().List(tx, "WHERE tenant = $1 ORDER BY made_at DESC, agreement DESC LIMIT 200")
	return list, errs.Wrap("disclose: agreements", err)
}

// opens reports whether something can be told under the agreement at an instant.
func (a Agreement) opens(now time.Time) bool {
	return !a.ApprovedAt.IsZero() && a.EndedAt.IsZero() && now.Before(a.UntilAt)
}
