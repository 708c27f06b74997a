package mine

import (
	"context"
	"errors"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/job"
	"alongside/platform/module"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// bellErase is the bell that destroys the key of someone who left.
const bellErase = "mine.erase"

// lawWaits is how long the bell waits before it asks again whether a demand of a
// court is still open.
const lawWaits = time.Hour

// Fate is what becomes of one record when a person leaves.
type Fate struct {
	Title i18n.Text
	Count int64
	Rule  Rule
	Until time.Time   // when the rows go; zero: see the rule
	Stays []i18n.Text // what of a row can still be read: never names, notes or answers in their own words
}

// Fates are what would become of everything about a person who left at an
// instant. Nothing of it is looked at.
func (s *Service) Fates(tx *db.Tx, person ref.Person, at time.Time) ([]Fate, error) {
	rules, err := s.rules(tx)
	if err != nil {
		return nil, errs.Wrap("mine: fates", err)
	}
	all, err := s.Same(tx, person)
	if err != nil {
		return nil, errs.Wrap("mine: fates", err)
	}
	var out []Fate
	for _, r := range s.about() {
		n, err := countOf(tx, r, all)
		if err != nil {
			return nil, errs.Wrap("mine: fates", err)
		}
		if n == 0 || r.Name() == "disclose_demand" { // whether a court asked may be a secret of the court's
			continue
		}
		f := Fate{Count: n, Rule: ruleOf(rules, r.Name())}
		f.Title, _ = r.About()
		f.Until = f.Rule.until(at)
		if f.Rule.Keep != KeepNothing {
			f.Stays = r.Plain()
		}
		out = append(out, f)
	}
	return out, nil
}

func countOf(tx *db.Tx, r module.Record, all []ref.Person) (n int64, err error) {
	for _, p := range all {
		more, err := r.CountTold(tx, string(p))
		if err != nil {
			return n, err
		}
		n += more
	}
	return n, nil
}

// Leave lets a person go by each of their records. See leaveBy.
func (s *Service) Leave(tx *db.Tx, person ref.Person, why string) error {
	all, err := s.Same(tx, person)
	if err != nil {
		return errs.Wrap("mine: leave", err)
	}
	for _, p := range all {
		if err := s.leaveBy(tx, p, why); err != nil {
			return err
		}
	}
	return nil
}

// leaveBy lets a person go by one record, at once: what they allowed is taken back, their own
// account ends, others are told to stop, and a bell destroys their key. While a
// court's demand about them is open the key waits; nobody is told that it does.
// Someone who left is gone, and to leave twice is no error.
func (s *Service) leaveBy(tx *db.Tx, person ref.Person, why string) error {
	_, err := s.leavings.Get(tx, person)
	if err == nil {
		return looked(tx, "mine.left", person)
	}
	if !errs.Is(err, errs.NotFound) {
		return errs.Wrap("mine: leave", err)
	}
	l := Leaving{Person: person, Why: why, At: tx.Now(), By: tx.Scope().Actor}
	if l.Account, err = s.endAccount(tx, person); err != nil {
		return errs.Wrap("mine: leave", err)
	}
	if err := s.part(tx, person); err != nil {
		return errs.Wrap("mine: leave", err)
	}
	if _, err := s.leavings.Insert(tx, &l); err != nil {
		return errs.Wrap("mine: leave", err)
	}
	if err := job.Add(tx, bellErase, string(person), tx.Now()); err != nil {
		return err
	}
	return changed(tx, "mine.leave", person, "mine_leaving/"+string(person), nil)
}

// endAccount ends the person's own account, and returns it when its key may go
// too.
func (s *Service) endAccount(tx *db.Tx, person ref.Person) (ref.Account, error) {
	account, err := disclose.AccountOf(tx, person)
	if errs.Is(err, errs.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	ended, err := s.End(tx, account)
	if !ended {
		account = "" // they work here too
	}
	return account, err
}

// part takes back what the person allowed, tells the others, and deletes what
// no rule keeps.
func (s *Service) part(tx *db.Tx, person ref.Person) error {
	given, err := s.Consents.Of(tx, person)
	if err != nil {
		return err
	}
	for _, c := range given {
		if err := s.Consents.Revoke(tx, c.ID, consent.Self); err != nil {
			return err
		}
	}
	for _, do := range s.Parting {
		if err := do(tx, person); err != nil {
			return err
		}
	}
	rules, err := s.rules(tx)
	if err != nil {
		return err
	}
	for _, r := range s.about() {
		if ruleOf(rules, r.Name()).Keep != KeepNothing {
			continue
		}
		if _, err := r.Forget(tx, string(person)); err != nil {
			return err
		}
	}
	return nil
}

// Jobs are the bells of this domain.
func (s *Service) Jobs() map[string]job.Handler {
	return map[string]job.Handler{bellErase: s.erase}
}

// erase destroys the keys of someone who left, then writes it down. It may run
// again: a key that is gone stays gone.
func (s *Service) erase(ctx context.Context, j job.Job) error {
	return s.Erase(ctx, ref.Person(j.Key), j.Done)
}

// EraseNow destroys the keys of everyone in the organisation who left and can
// still be read, without waiting for the bells. Where a law makes it wait, the
// bell stays.
func (s *Service) EraseNow(ctx context.Context) error {
	sc, _ := scope.From(ctx)
	ctx = scope.With(ctx, scope.Scope{Tenant: sc.Tenant, Actor: "system", Purpose: scope.Operations})
	var waiting []ref.Person
	err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		waiting, err = db.Column[ref.Person](tx, "SELECT person FROM mine_leaving WHERE tenant = $1 AND erased_at = 0 ORDER BY person")
		return err
	})
	if err != nil {
		return errs.Wrap("mine: erase now", err)
	}
	for _, p := range waiting {
		err := s.Erase(ctx, p, func(tx *db.Tx) error { return job.Cancel(tx, bellErase, string(p)) })
		if err != nil && !errors.Is(err, errHeld) {
			return err
		}
	}
	return nil
}

// errHeld is why a key waits.
var errHeld = errors.New("mine: a law makes it wait")

// Erase destroys the keys of someone who left. done is called in the transaction
// that writes it down.
func (s *Service) Erase(ctx context.Context, person ref.Person, done func(tx *db.Tx) error) error {
	var l Leaving
	err := s.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if l, err = s.leavings.Get(tx, person); err != nil {
			return err
		}
		if held, err := s.held(tx, person); held || err != nil {
			return errors.Join(err, errHeld, job.Again(tx.Now().Add(lawWaits)))
		}
		return looked(tx, "mine.erase", person)
	})
	if err != nil {
		return err
	}
	sc, _ := scope.From(ctx)
	if err := s.destroy(sc.Tenant, l); err != nil {
		return errs.Wrap("mine: erase", err)
	}
	return errs.Wrap("mine: erase", s.DB.Write(ctx, func(tx *db.Tx) error { return s.gone(tx, person, done) }))
}

// held reports whether a demand about any record of a person is open.
func (s *Service) held(tx *db.Tx, person ref.Person) (bool, error) {
	all, err := s.Same(tx, person)
	if err != nil {
		return false, err
	}
	return disclose.HeldAny(tx, all)
}

// destroy destroys the keys of the person and of their own account. One that is
// not in this key store opens nothing either.
func (s *Service) destroy(org string, l Leaving) error {
	for _, subject := range []string{string(l.Account), string(l.Person)} {
		if err := s.Vault.Erase(org, subject); err != nil && !errors.Is(err, seal.ErrNoKey) {
			return err
		}
	}
	return nil
}

func (s *Service) gone(tx *db.Tx, person ref.Person, done func(tx *db.Tx) error) error {
	if err := done(tx); err != nil {
		return err
	}
	before, err := s.leavings.Get(tx, person)
	if err != nil {
		return err
	}
	after := before
	if after.Erased.IsZero() {
		after.Erased = tx.Now()
	}
	changes, err := s.leavings.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	return changed(tx, "mine.erased", person, "mine_leaving/"+string(person), changes)
}

func nobody(tx *db.Tx, action, row string) error {
	return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: action, Record: row})
}
