package access

import (
	"context"
	"slices"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// Operator is on whose behalf a command without --as runs: whoever holds the
// machine, by the name of their system user. Policy gives them little, and what
// they do is recorded under that name.
func Operator(tenant, systemUser string) scope.Scope {
	return scope.Scope{Tenant: tenant, Actor: "operator:" + plainUser(systemUser), Purpose: scope.Operations}
}

// plainUser keeps of a system user's name what may stand in the record.
func plainUser(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, name)
}

// As returns on whose behalf a command with --as EMAIL runs: that account, in
// the first of its roles, with the system's user in place of a sign-in. An
// address without an open account here is NotFound.
func (s *Service) As(ctx context.Context, tenant, email, systemUser string) (scope.Scope, error) {
	var a ref.Account
	var roles string
	err := s.DB.Read(scope.With(ctx, Operator(tenant, systemUser)), func(tx *db.Tx) error {
		var err error
		if a, err = byEmail(tx, email); err != nil {
			return err
		}
		return tx.Row(`SELECT roles FROM access_account WHERE tenant = $1 AND account = $2 AND suspended_at + ended_at = 0 AND (until_at = 0 OR until_at > $3)`, a, tx.Now()).Scan(&roles)
	})
	if errs.Is(err, errs.NotFound) {
		return scope.Scope{}, errs.New(errs.NotFound, "access: as", "access.error.nobody")
	}
	if err != nil {
		return scope.Scope{}, errs.Wrap("access: as", err)
	}
	rule := firstRule(strings.Fields(roles))
	return scope.Scope{Tenant: tenant, Actor: string(a), Role: rule.Role, Purpose: rule.Purpose, Session: "cli:" + plainUser(systemUser)}, nil
}

// firstRule is the rule of the first of some roles, in the order they are
// offered; empty when there is none.
func firstRule(roles []string) RoleRule {
	for _, r := range RoleRules() {
		if slices.Contains(roles, r.Role) {
			return r
		}
	}
	return RoleRule{}
}
