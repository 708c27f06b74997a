package access

import (
	"context"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// secret is an account's password and the key of its codes, unsealed.
type secret struct {
	tenant  string
	account ref.Account
	hash    string
	key     []byte
	step    int64 // of the last code that was taken
}

// OfferKey returns the key that an app has to be given before a password can be
// set, and the name to keep it under.
func (s *Service) OfferKey(ctx context.Context) (key []byte, name string, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "session.own", Own(tx.Scope().Actor)); err != nil {
			return err
		}
		set, err := passwordSince(tx)
		if err != nil {
			return err
		}
		row, err := readSession(tx, tx.Scope().Session)
		key, name = offeredKey(tx, set), row.Name
		return err
	})
	return key, name, errs.Wrap("access: offer a key", err)
}

// passwordSince is when the asker set a password; the zero time when there is
// none.
func passwordSince(tx *db.Tx) (time.Time, error) {
	var at time.Time
	err := tx.Row(`SELECT created_at FROM access_secret WHERE tenant = $1 AND account = $2`, tx.Scope().Actor).Scan(&at)
	if errs.Is(err, errs.NotFound) {
		return at, nil
	}
	return at, err
}

// SetPassword sets the asker's password, together with the key of the offered
// app, of which they type a code to show that it works. What cannot be taken is
// Invalid at "password" or "code".
func (s *Service) SetPassword(ctx context.Context, password, code string) error {
	if err := s.mayAdd(ctx); err != nil {
		return err
	}
	if err := s.checkChosen(ctx, password); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return errs.Wrap("access: set password", err)
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		sc := tx.Scope()
		if err := s.Allow(tx, "session.own", Own(sc.Actor)); err != nil {
			return err
		}
		set, err := passwordSince(tx)
		if err != nil {
			return err
		}
		key := offeredKey(tx, set)
		step, ok := codeMatches(key, code, tx.Now())
		if !ok {
			return errs.At("access: set password", "code", "access.error.code")
		}
		if err := keepSecret(tx, hash, key, step); err != nil {
			return err
		}
		if !set.IsZero() {
			tx.TakenBack(passwordKind, sc.Actor)
		}
		return record(tx, "account.password", ref.Account(sc.Actor), "access_secret/"+sc.Actor, nil)
	})
	return errs.Wrap("access: set password", err)
}

// checkChosen looks at a password someone chose beside their own address and
// name.
func (s *Service) checkChosen(ctx context.Context, password string) error {
	var email, name string
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var sealedName, sealedEmail []byte
		err := tx.Row(`SELECT name, email FROM access_account WHERE tenant = $1 AND account = $2`, tx.Scope().Actor).Scan(&sealedName, &sealedEmail)
		if err != nil {
			return err
		}
		if name, err = workName(tx, ref.Account(tx.Scope().Actor), sealedName); err != nil || len(sealedEmail) == 0 {
			return err
		}
		email, err = unsealed(tx, ref.Account(tx.Scope().Actor), "access_account.email", sealedEmail)
		return err
	})
	if err != nil {
		return errs.Wrap("access: set password", err)
	}
	return checkPassword(password, email, name)
}

func keepSecret(tx *db.Tx, hash string, key []byte, step int64) error {
	sc := tx.Scope()
	password, err := tx.Vault().Seal(sc.Tenant, sc.Actor, "access_secret.password", []byte(hash))
	if err != nil {
		return err
	}
	otp, err := tx.Vault().Seal(sc.Tenant, sc.Actor, "access_secret.otp", key)
	if err != nil {
		return err
	}
	now, err := latest(tx)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO access_secret (tenant, account, password, otp, otp_step, created_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (tenant, account) DO UPDATE SET password = $3, otp = $4, otp_step = $5, created_at = $6`,
		sc.Actor, password, otp, step, now)
	return err
}

// DropPassword takes the asker's password and code away. Other ways stay.
func (s *Service) DropPassword(ctx context.Context) error {
	if err := s.fresh(ctx); err != nil {
		return err
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		sc := tx.Scope()
		if err := s.Allow(tx, "session.own", Own(sc.Actor)); err != nil {
			return err
		}
		n, err := tx.Exec(`DELETE FROM access_secret WHERE tenant = $1 AND account = $2`, sc.Actor)
		if err != nil {
			return err
		}
		if n > 0 {
			tx.TakenBack(passwordKind, sc.Actor)
		}
		return record(tx, "account.password-drop", ref.Account(sc.Actor), "access_secret/"+sc.Actor, nil)
	})
	return errs.Wrap("access: drop password", err)
}

// mayAdd refuses another way to come in to whoever is not fresh, and to whoever came in
// by a card: the way would outlive the card, and whoever made or found it would stay.
func (s *Service) mayAdd(ctx context.Context) error {
	if who, _ := Current(ctx); who.Way == WayCard {
		return errs.New(errs.Conflict, "access: another way by a card", "access.error.by-card")
	}
	return s.fresh(ctx)
}

// fresh refuses to change how someone signs in long after they did: Conflict,
// with words that ask them to sign in again.
func (s *Service) fresh(ctx context.Context) error {
	who, ok := Current(ctx)
	if !ok {
		return errs.New(errs.Denied, "access: fresh", "")
	}
	if s.Clock.Now().Sub(who.CreatedAt) > Fresh {
		return errs.New(errs.Conflict, "access: fresh", "access.error.sign-in-again")
	}
	return nil
}
