package access

import (
	"context"
	"slices"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// rotate gives a live sign-in a new secret and, unless role is empty, a role to
// act in. The old secret opens nothing from then on.
func (s *Service) rotate(tx *db.Tx, session ref.Session, role string) (Arrival, error) {
	row, err := readSession(tx, string(session))
	if err != nil {
		return Arrival{}, err
	}
	if !row.live(tx.Now()) {
		return Arrival{}, absent("access: sign-in is over")
	}
	who := row.Who
	if role != "" {
		who.Role = role
	}
	token := newToken(who.Tenant)
	who.Session = ref.Session(tokenName(useSession, token))
	rule := ruleFor(who.Role, who.Roles)
	_, err = tx.Exec(`UPDATE access_session SET session = $3, role = $4, idle = $5, seen_at = $6 WHERE tenant = $1 AND session = $2`,
		session, who.Session, who.Role, rule.Idle.Microseconds(), tx.Now())
	if err != nil {
		return Arrival{}, err
	}
	other, err := hasWay(tx, who.Account)
	return Arrival{who, token, rule.keep(), other, true}, err
}

// ActAs lets whoever is signed in act in one of their roles from now on. The
// sign-in gets a new secret, since what it may do changes.
func (s *Service) ActAs(ctx context.Context, role string) (Arrival, error) {
	sc, _ := scope.From(ctx)
	var out Arrival
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "session.own", Own(sc.Actor)); err != nil {
			return err
		}
		row, err := readSession(tx, sc.Session)
		if err != nil {
			return err
		}
		if !slices.Contains(row.Roles, role) {
			return errs.New(errs.Denied, "access: act as", "")
		}
		if out, err = s.rotate(tx, row.Session, role); err != nil {
			return err
		}
		return record(tx, "account.act-as", row.Account, "access_session/"+string(out.Session), nil)
	})
	return out, errs.Wrap("access: act as", err)
}
