package access

import (
	"context"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// SignIn is one place where someone is signed in, as they see it themselves.
type SignIn struct {
	ID        ref.Session
	Role      string
	Way       string
	Agent     string // "Firefox, Android"; empty when unknown
	Net       string // "203.0.113.0/24"; empty when unknown
	CreatedAt time.Time
	SeenAt    time.Time // coarse: within a few minutes
	This      bool      // the one that asks
}

// SignIns lists where whoever asks is signed in, the latest look first. It is
// their own, so no look is recorded.
func (s *Service) SignIns(ctx context.Context) ([]SignIn, error) {
	var out []SignIn
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "session.own", Own(tx.Scope().Actor)); err != nil {
			return err
		}
		var err error
		out, err = readSignIns(tx)
		return err
	})
	return out, errs.Wrap("access: sign-ins", err)
}

const selectSignIns = `SELECT session, role, way, agent, place, created_at, seen_at FROM access_session
	WHERE tenant = $1 AND account = $2 AND ended_at = 0 AND expires_at > $3 AND seen_at + idle > $3
	ORDER BY seen_at DESC, session`

func readSignIns(tx *db.Tx) ([]SignIn, error) {
	rows, err := tx.Query(selectSignIns, tx.Scope().Actor, tx.Now())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []SignIn
	for rows.Next() {
		var in SignIn
		var sealed []byte
		if err := rows.Scan(&in.ID, &in.Role, &in.Way, &in.Agent, &sealed, &in.CreatedAt, &in.SeenAt); err != nil {
			return nil, err
		}
		net, err := unsealed(tx, ref.Account(tx.Scope().Actor), "access_session.place", sealed)
		if err != nil {
			return nil, err
		}
		in.Net, in.This = net, string(in.ID) == tx.Scope().Session
		out = append(out, in)
	}
	return out, rows.Err()
}

// EndSignIn ends one of the asker's own sign-ins, this one included. That of
// someone else, or of nobody, is NotFound.
func (s *Service) EndSignIn(ctx context.Context, id ref.Session) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		var account string
		if err := tx.Row(`SELECT account FROM access_session WHERE tenant = $1 AND session = $2`, id).Scan(&account); err != nil {
			return err
		}
		if err := s.Allow(tx, "session.own", Resource{Kind: "Session", ID: string(id), Attrs: map[string]string{"account": account}}); err != nil {
			return err
		}
		n, err := tx.Exec(`UPDATE access_session SET ended_at = $3 WHERE tenant = $1 AND session = $2 AND ended_at = 0`, id, tx.Now())
		if err != nil || n == 0 {
			return err
		}
		return record(tx, "account.sign-out", ref.Account(account), "access_session/"+string(id), nil)
	})
	return errs.Wrap("access: end sign-in", err)
}

// SignOut ends the sign-in of the request. A visitor has none, which is fine.
func (s *Service) SignOut(ctx context.Context) error {
	sc, _ := scope.From(ctx)
	if sc.Session == "" {
		return nil
	}
	return s.EndSignIn(ctx, ref.Session(sc.Session))
}

// EndOthers ends every sign-in of the asker but this one.
func (s *Service) EndOthers(ctx context.Context) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		sc := tx.Scope()
		if err := s.Allow(tx, "session.own", Own(sc.Actor)); err != nil {
			return err
		}
		if err := endSessions(tx, ref.Account(sc.Actor), sc.Session); err != nil {
			return err
		}
		return record(tx, "account.sign-out-others", ref.Account(sc.Actor), "", nil)
	})
	return errs.Wrap("access: end other sign-ins", err)
}

// endSessions ends the sign-ins of an account, all but one.
func endSessions(tx *db.Tx, account ref.Account, but string) error {
	_, err := tx.Exec(`UPDATE access_session SET ended_at = $4 WHERE tenant = $1 AND account = $2 AND session <> $3 AND ended_at = 0`,
		account, but, tx.Now())
	return err
}
