package access

import (
	"context"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
)

// Profile is what someone may change about their own account.
type Profile struct{ Name, Language string }

// Own returns the asker's own account.
func (s *Service) Own(ctx context.Context) (Account, error) {
	var a Account
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		sc := tx.Scope()
		if err := s.Allow(tx, "session.own", Own(sc.Actor)); err != nil {
			return err
		}
		var err error
		if a, err = s.accounts.Get(tx, sc.Actor); err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "account.own", Subjects: []string{sc.Actor}, Record: rowOf(a.ID)})
	})
	return a, errs.Wrap("access: own account", err)
}

// SetProfile changes the asker's own name and language, as parseProfile read
// them.
func (s *Service) SetProfile(ctx context.Context, p Profile) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		sc := tx.Scope()
		if err := s.Allow(tx, "session.own", Own(sc.Actor)); err != nil {
			return err
		}
		before, err := s.accounts.Get(tx, sc.Actor)
		if err != nil {
			return err
		}
		after := before
		after.Name, after.Language = p.Name, p.Language
		changes, err := s.accounts.Update(tx, &before, &after)
		if err != nil {
			return err
		}
		return record(tx, "account.profile", ref.Account(sc.Actor), rowOf(after.ID), changes)
	})
	return errs.Wrap("access: profile", err)
}

// parseProfile reads the form with the field list's own rules.
func parseProfile(rec *field.Record[Account], form map[string][]string) (Profile, []field.Problem) {
	var a Account
	var mine []field.Problem
	for _, p := range rec.Parse(form, &a) {
		if p.Column == "name" || p.Column == "language" {
			mine = append(mine, p)
		}
	}
	return Profile{a.Name, a.Language}, mine
}
