package access

import (
	"context"
	"encoding/json"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// A ceremony is what a passkey needs between asking the browser and hearing
// from it: a question that may be answered once, soon, and by that browser. It
// names nobody; its row has no organisation, since none is known yet.

// ceremonyLasts is how long a person may take to touch the key.
const ceremonyLasts = 5 * time.Minute

// The kinds of ceremony. A question of one kind is no answer to the other.
const (
	kindSignIn = "sign-in"
	kindAdd    = "add"
)

func (s *Service) keepCeremony(ctx context.Context, kind, account string, data *webauthn.SessionData, d Device) (string, error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return "", errs.Wrap("access: ceremony", err)
	}
	token := newToken("passkey")
	ctx = scope.AsSystem(ctx, "keep the question a passkey has to answer")
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := passkeyTry(tx, d).count(tx); err != nil {
			return err
		}
		_, err := tx.SysExec(`INSERT INTO access_ceremony (tenant, ceremony, kind, account, data, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			"", tokenName(useCeremony, token), kind, account, raw, tx.Now().Add(ceremonyLasts))
		return err
	})
	return token, errs.Wrap("access: ceremony", err)
}

func passkeyTry(tx *db.Tx, d Device) attempt {
	_, _, place := limits()
	place.what = "passkey"
	return attempt{place, tx.Vault().Token("", "access.try-passkey", []byte(d.Net))}
}

// takeCeremony returns what was kept and forgets it. NotFound when it is gone,
// too old, or another account's.
func (s *Service) takeCeremony(ctx context.Context, kind, account, token string) (webauthn.SessionData, error) {
	var data webauthn.SessionData
	_, name, ok := splitToken(useCeremony, token)
	if !ok {
		return data, absent("access: ceremony")
	}
	ctx = scope.AsSystem(ctx, "take the question a passkey answered")
	var raw []byte
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		err := tx.SysRow(`SELECT data FROM access_ceremony WHERE tenant = $1 AND ceremony = $2 AND kind = $3 AND account = $4 AND expires_at > $5`,
			"", name, kind, account, tx.Now()).Scan(&raw)
		if err != nil {
			return err
		}
		_, err = tx.SysExec(`DELETE FROM access_ceremony WHERE tenant = $1 AND ceremony = $2`, "", name)
		return err
	})
	if err == nil {
		err = json.Unmarshal(raw, &data)
	}
	return data, errs.Wrap("access: ceremony", err)
}
