package access

import (
	"context"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// passkeysOf lists an account's passkeys, the oldest first.
func passkeysOf(tx *db.Tx, a ref.Account) ([]Passkey, error) {
	rows, err := tx.Query(`SELECT passkey, device, created_at, used_at FROM access_passkey WHERE tenant = $1 AND account = $2 ORDER BY created_at`, a)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Passkey
	for rows.Next() {
		var p Passkey
		if err := rows.Scan(&p.ID, &p.Device, &p.CreatedAt, &p.UsedAt); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

// DropPasskey takes one of the asker's passkeys away. One that is not theirs is
// NotFound.
func (s *Service) DropPasskey(ctx context.Context, id string) error {
	if err := s.fresh(ctx); err != nil {
		return err
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		sc := tx.Scope()
		if err := s.Allow(tx, "session.own", Own(sc.Actor)); err != nil {
			return err
		}
		n, err := tx.Exec(`DELETE FROM access_passkey WHERE tenant = $1 AND account = $2 AND passkey = $3`, sc.Actor, id)
		if err == nil && n == 0 {
			err = absent("access: passkey")
		}
		if err != nil {
			return err
		}
		tx.TakenBack(passkeyKind, id)
		return record(tx, "account.passkey-drop", ref.Account(sc.Actor), "access_passkey/"+id, nil)
	})
	return errs.Wrap("access: drop a passkey", err)
}
