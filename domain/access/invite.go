package access

import (
	"context"
	"slices"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Newcomer is what an account is made from.
type Newcomer struct {
	Name     string
	Email    string // empty for a participant who has or wants none
	Roles    []string
	Language string
}

// Invitation is a new account, or a new way in for one, with the link to hand
// over. The link is shown once; the database cannot show it again.
type Invitation struct {
	Account Account
	Token   string
}

// Invite makes an account and a link that works once. act is the id of the form
// or command: the same act again gives the same account and link. An address
// that has an account here already is an Invalid error at "email".
func (s *Service) Invite(ctx context.Context, n Newcomer, act string) (Invitation, error) {
	var out Invitation
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.invite", Resource{}); err != nil {
			return err
		}
		again, err := s.invited(tx, act)
		if err != nil || again.Token != "" {
			out = again
			return err
		}
		out.Account, err = s.add(tx, n)
		if err != nil {
			return err
		}
		out.Token, err = s.link(tx, out.Account.ID, act, false)
		if err != nil {
			return err
		}
		return record(tx, "account.invite", out.Account.ID, rowOf(out.Account.ID), nil)
	})
	return out, errs.Wrap("access: invite", err)
}

// Admit is Invite for a command that may be run again: an address that has an
// account here gets the role it lacks and a new link.
func (s *Service) Admit(ctx context.Context, n Newcomer, act string) (Invitation, error) {
	var found ref.Account
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.invite", Resource{}); err != nil {
			return err
		}
		var err error
		found, err = byEmail(tx, n.Email)
		return err
	})
	if errs.Is(err, errs.NotFound) {
		return s.Invite(ctx, n, act)
	}
	if err != nil {
		return Invitation{}, errs.Wrap("access: admit", err)
	}
	out, err := s.Link(ctx, found, act)
	if err != nil {
		return Invitation{}, err
	}
	roles := slices.Clone(out.Account.Roles)
	for _, r := range n.Roles {
		if !slices.Contains(roles, r) {
			roles = append(roles, r)
		}
	}
	if len(roles) == len(out.Account.Roles) {
		return out, nil
	}
	out.Account, err = s.SetRoles(ctx, found, roles)
	return out, err
}

// add stores an account under a new key.
func (s *Service) add(tx *db.Tx, n Newcomer) (Account, error) {
	a, err := s.newAccount(tx, n)
	if err != nil {
		return a, err
	}
	_, err = s.accounts.Insert(tx, &a)
	return a, err
}

func (s *Service) newAccount(tx *db.Tx, n Newcomer) (Account, error) {
	a := Account{Name: strings.TrimSpace(n.Name), Email: strings.TrimSpace(n.Email), Roles: n.Roles, Language: n.Language, CreatedAt: tx.Now()}
	if a.Name == "" {
		return a, errs.At("access: new account", "name", "access.error.name")
	}
	if err := checkRoles(a.Roles); err != nil {
		return a, err
	}
	if tx.Scope().Role == Administrator && slices.Contains(a.Roles, Participant) {
		return a, errs.At("access: new account", "roles", "access.error.roles")
	}
	if a.Email != "" || works(a.Roles) {
		if err := CheckEmail(a.Email); err != nil {
			return a, err
		}
		if _, err := byEmail(tx, a.Email); !errs.Is(err, errs.NotFound) {
			return a, orTaken(err)
		}
	}
	subject, err := tx.Vault().NewSubject(tx.Scope().Tenant)
	if err != nil {
		return a, err
	}
	a.ID = ref.Account(subject)
	a.EmailKey = emailKey(tx.Vault(), a.Email)
	if a.EmailKey == nil {
		a.EmailKey = []byte(a.ID)
	}
	return a, nil
}

// CheckEmail refuses what no account can have, so that a command can say so
// before it makes anything.
func CheckEmail(email string) error {
	if foldEmail(email) == "" {
		return errs.At("access: new account", "email", "access.error.email")
	}
	return nil
}

func orTaken(err error) error {
	if err != nil {
		return err
	}
	return errs.At("access: new account", "email", "access.error.email-taken")
}

func checkRoles(roles []string) error {
	for _, r := range roles {
		if _, ok := RuleOf(r); !ok {
			return errs.At("access: roles", "roles", "access.error.roles")
		}
	}
	if len(roles) == 0 {
		return errs.At("access: roles", "roles", "access.error.roles")
	}
	return nil
}

// byEmail finds the account of an address in the organisation.
func byEmail(tx *db.Tx, email string) (ref.Account, error) {
	key := emailKey(tx.Vault(), email)
	if key == nil {
		return "", absent("access: no address")
	}
	var a ref.Account
	err := tx.Row(`SELECT account FROM access_account WHERE tenant = $1 AND email_key = $2`, key).Scan(&a)
	return a, err
}
