package outbox

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// A slip says to whose phone a key was given, and until when it may be told of:
// organisation, account, end in seconds, and a keyed mark over them.

// slipLasts is how long after the last contact a phone's outbox is listened to
// when nobody is signed in on it.
const slipLasts = 14 * 24 * time.Hour

const useSlip = "outbox slip"

func newSlip(v *seal.Vault, tenant string, who ref.Account, until time.Time) string {
	said := string(who) + "." + strconv.FormatInt(until.Unix(), 10)
	return tenant + "." + said + "." + base64.RawURLEncoding.EncodeToString(v.Token(tenant, useSlip, []byte(said)))
}

// readSlip takes a slip apart; ok is false for one that nobody here wrote.
func readSlip(v *seal.Vault, slip string) (tenant string, who ref.Account, until time.Time, ok bool) {
	part := strings.Split(slip, ".")
	if len(part) != 4 || len(slip) > 300 {
		return "", "", time.Time{}, false
	}
	mark, err := base64.RawURLEncoding.DecodeString(part[3])
	end, bad := strconv.ParseInt(part[2], 10, 64)
	real := v.Token(part[0], useSlip, []byte(part[1]+"."+part[2]))
	if err != nil || bad != nil || len(real) == 0 || !hmac.Equal(mark, real) {
		return "", "", time.Time{}, false
	}
	return part[0], ref.Account(part[1]), time.Unix(end, 0), true
}

// Slip gives a person's own phone a slip of theirs.
func (s *Service) Slip(ctx context.Context) (string, error) {
	slip := ""
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		slip = newSlip(tx.Vault(), tx.Scope().Tenant, me(tx), tx.Now().Add(slipLasts))
		return s.Allow(tx, "outbox.slip", own(tx))
	})
	return slip, errs.Wrap("outbox: slip", err)
}

// Wiped reports whether the phone with this slip has to forget what it keeps,
// whoever asks: the account is not open any more, or the slip is nobody's. A
// worker's phone also does when they are not signed in on it; a person's own
// keeps its one page when a sign-in merely ran out.
func (s *Service) Wiped(ctx context.Context, slip string, personal bool) (bool, error) {
	tenant, who, err := s.holder(ctx, slip)
	sc, signed := scope.From(ctx)
	here := signed && sc.Tenant == tenant && sc.Actor == string(who)
	if err != nil || who == "" || !personal && !here {
		return true, errs.Wrap("outbox: stands", err)
	}
	open := false
	err = s.DB.Read(scope.With(ctx, scope.Scope{Tenant: tenant, Actor: string(who), Purpose: scope.Treatment}), func(tx *db.Tx) error {
		open, err = s.Open(tx, who)
		return err
	})
	return !open, errs.Wrap("outbox: stands", err)
}

// holder is to whom a slip was given; nobody when it is not ours or too old.
func (s *Service) holder(ctx context.Context, slip string) (tenant string, who ref.Account, err error) {
	err = s.DB.Read(scope.AsSystem(ctx, "whose phone is this"), func(tx *db.Tx) error {
		of, whose, until, ok := readSlip(tx.Vault(), slip)
		if ok && tx.Now().Before(until) {
			tenant, who = of, whose
		}
		return nil
	})
	return tenant, who, err
}
