package access

import (
	"context"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Ways is how someone can sign in, as they see it themselves.
type Ways struct {
	Passkeys      []Passkey
	PasswordSince time.Time // zero: no password
	CardSince     time.Time // zero: no card that opens
}

// Ways lists how whoever asks can sign in.
func (s *Service) Ways(ctx context.Context) (Ways, error) {
	var out Ways
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "session.own", Own(tx.Scope().Actor)); err != nil {
			return err
		}
		var err error
		if out.PasswordSince, err = passwordSince(tx); err != nil {
			return err
		}
		if out.CardSince, err = cardSince(tx, ref.Account(tx.Scope().Actor)); err != nil {
			return err
		}
		out.Passkeys, err = passkeysOf(tx, ref.Account(tx.Scope().Actor))
		return err
	})
	return out, errs.Wrap("access: ways", err)
}

// hasWay reports whether an account can come back without a new link.
func hasWay(tx *db.Tx, a ref.Account) (bool, error) {
	var n int64
	err := tx.Row(`SELECT (SELECT COUNT(*) FROM access_passkey WHERE tenant = $1 AND account = $2)
		+ (SELECT COUNT(*) FROM access_secret WHERE tenant = $1 AND account = $2)
		+ (SELECT COUNT(*) FROM access_card WHERE tenant = $1 AND account = $2 AND ended_at = 0)`, a).Scan(&n)
	return n > 0, err
}
