package access

import (
	"context"
	"errors"
	"slices"
	"strings"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/seal"
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
		if foldEmail(a.Email) == "" {
			return a, errs.At("access: new account", "email", "access.error.email")
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

func rowOf(a ref.Account) string { return "access_account/" + string(a) }

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

// SetRoles gives an account these roles and no others. A role that was taken
// away is gone at the next request. Nobody changes their own. An administrator
// neither makes nor unmakes a participant, and does not learn who is one.
func (s *Service) SetRoles(ctx context.Context, account ref.Account, roles []string) (Account, error) {
	if err := checkRoles(roles); err != nil {
		return Account{}, err
	}
	return s.change(ctx, "account.roles", account, func(tx *db.Tx, a *Account) error {
		if tx.Scope().Role == Administrator {
			path := slices.Contains(a.Roles, Participant)
			roles = slices.DeleteFunc(slices.Clone(roles), func(r string) bool { return r == Participant })
			if path {
				roles = append(roles, Participant)
			}
		}
		a.Roles = roles
		return checkRoles(roles)
	})
}

// Pause keeps an account out until it is opened again, and ends its sign-ins
// and links at once.
func (s *Service) Pause(ctx context.Context, account ref.Account) error {
	_, err := s.change(ctx, "account.suspend", account, func(tx *db.Tx, a *Account) error {
		a.SuspendedAt = tx.Now()
		if err := endLinks(tx, account); err != nil {
			return err
		}
		return endSessions(tx, account, "")
	})
	return err
}

// Reopen lets a paused account in again. Its old sign-ins stay ended.
func (s *Service) Reopen(ctx context.Context, account ref.Account) error {
	_, err := s.change(ctx, "account.reopen", account, func(_ *db.Tx, a *Account) error {
		a.SuspendedAt = Account{}.SuspendedAt
		return nil
	})
	return err
}

func (s *Service) change(ctx context.Context, action string, account ref.Account, do func(*db.Tx, *Account) error) (Account, error) {
	var after Account
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.suspend", Resource{}); err != nil {
			return err
		}
		if tx.Scope().Actor == string(account) {
			return errs.New(errs.Conflict, "access: "+action, "access.error.yourself")
		}
		before, err := s.reach(tx, account)
		if err != nil {
			return err
		}
		after = before
		if err := do(tx, &after); err != nil {
			return err
		}
		changes, err := s.accounts.Update(tx, &before, &after)
		if err != nil {
			return err
		}
		return record(tx, action, account, rowOf(account), changes)
	})
	return after, errs.Wrap("access: "+action, err)
}

// reach reads an account for someone who looks after accounts. To an
// administrator a participant's is not there: that someone is one is content.
func (s *Service) reach(tx *db.Tx, account ref.Account) (Account, error) {
	a, err := s.accounts.Get(tx, account)
	if err == nil && tx.Scope().Role == Administrator && !works(a.Roles) {
		err = absent("access: account")
	}
	return a, err
}

// Account returns one account of someone who works here.
func (s *Service) Account(ctx context.Context, account ref.Account) (Account, error) {
	var a Account
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.list", Resource{}); err != nil {
			return err
		}
		var err error
		if a, err = s.reach(tx, account); err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "account.list", Subjects: []string{string(account)}, Record: rowOf(account)})
	})
	return a, errs.Wrap("access: account", err)
}

// MaxListed is how many accounts the list shows at most.
const MaxListed = 500

// List returns the accounts of people who work here, by name. Participants are
// not among them: that someone is one is content.
func (s *Service) List(ctx context.Context) ([]Account, error) {
	var out []Account
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.list", Resource{}); err != nil {
			return err
		}
		var err error
		out, err = s.accounts.List(tx, "WHERE tenant = $1 AND roles <> $2 ORDER BY created_at DESC LIMIT $3", Participant, MaxListed)
		if err != nil {
			return err
		}
		return recordList(tx, out)
	})
	slices.SortFunc(out, func(a, b Account) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return out, errs.Wrap("access: list", err)
}

func recordList(tx *db.Tx, all []Account) error {
	subjects := make([]string, len(all))
	for i, a := range all {
		subjects[i] = string(a.ID)
	}
	return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "account.list", Subjects: subjects})
}

// Names returns the names that accounts go by. A work name is there to be seen
// by everyone it is shown to, so no look is recorded.
func (s *Service) Names(tx *db.Tx, accounts []ref.Account) (map[ref.Account]string, error) {
	out := make(map[ref.Account]string, len(accounts))
	for _, a := range accounts {
		if _, done := out[a]; done {
			continue
		}
		var sealed []byte
		err := tx.Row(`SELECT name FROM access_account WHERE tenant = $1 AND account = $2`, a).Scan(&sealed)
		if errs.Is(err, errs.NotFound) {
			continue
		}
		if err == nil {
			out[a], err = workName(tx, sealed)
		}
		if err != nil {
			return nil, errs.Wrap("access: names", err)
		}
	}
	return out, nil
}

func workName(tx *db.Tx, sealed []byte) (string, error) {
	return unsealed(tx, "access_account.name", sealed)
}

// unsealed opens a value without owing a look: for names that are there to be
// seen, and for what an account reads of itself.
func unsealed(tx *db.Tx, place string, sealed []byte) (string, error) {
	plain, err := tx.Vault().Unseal(tx.Scope().Tenant, place, sealed)
	if errors.Is(err, seal.ErrErased) {
		return field.Erased, nil
	}
	return string(plain), err
}
