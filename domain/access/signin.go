package access

import (
	"context"
	"errors"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// Typed is what the sign-in form holds.
type Typed struct {
	Email, Password, Code string
}

// SignIn signs in with a password and a code. Whatever is wrong (no such
// address, the password, the code, a code used before, a paused account), the
// answer is the same Invalid error, after the same work: one comparison of a
// slow hash. TooMany when it was tried too often.
func (s *Service) SignIn(ctx context.Context, t Typed, d Device) (Arrival, error) {
	if err := s.try(ctx, func(tx *db.Tx) []attempt { return tries(tx, t.Email, d) }); err != nil {
		return Arrival{}, err
	}
	if len(t.Password) > 4*MaxPassword {
		t.Password = ""
	}
	found, step, err := s.candidate(ctx, t)
	if err != nil {
		return Arrival{}, errs.Wrap("access: sign in", err)
	}
	ok, err := s.hasher.matches(ctx, t.Password, found.hash)
	if err != nil {
		return Arrival{}, errs.Wrap("access: sign in", err)
	}
	if !ok {
		return Arrival{}, notThese()
	}
	var out Arrival
	err = s.DB.Write(as(ctx, found.tenant, found.account), func(tx *db.Tx) error {
		out, err = s.enter(tx, found, step, d)
		if err != nil {
			return err
		}
		return forget(tx, tries(tx, t.Email, d)[0])
	})
	if errs.Is(err, errs.NotFound) {
		return Arrival{}, notThese()
	}
	return out, errs.Wrap("access: sign in", err)
}

func notThese() error { return errs.New(errs.Invalid, "access: sign in", "access.error.not-these") }

// enter uses the code up and begins a sign-in. A code of a step that was taken
// before, or of an earlier one, opens nothing.
func (s *Service) enter(tx *db.Tx, found secret, step int64, d Device) (Arrival, error) {
	n, err := tx.Exec(`UPDATE access_secret SET otp_step = $3 WHERE tenant = $1 AND account = $2 AND otp_step < $3`, found.account, step)
	if err == nil && n == 0 {
		err = absent("access: code used before")
	}
	if err != nil {
		return Arrival{}, err
	}
	a, err := s.accounts.Get(tx, found.account)
	if err != nil {
		return Arrival{}, err
	}
	return s.begin(tx, a, WayPassword, d)
}

// candidate returns the secret of the address whose code was typed; one address
// may have an account in several organisations. It is empty when there is none:
// the code is compared first because that costs next to nothing, so that the
// slow comparison is made once, for whoever it is.
func (s *Service) candidate(ctx context.Context, t Typed) (secret, int64, error) {
	all, now, err := s.secretsOf(ctx, t.Email)
	if err != nil {
		return secret{}, 0, err
	}
	for _, c := range all {
		if step, ok := codeMatches(c.key, t.Code, now); ok && step > c.step {
			return c, step, nil
		}
	}
	return secret{}, 0, nil
}

func (s *Service) secretsOf(ctx context.Context, email string) ([]secret, time.Time, error) {
	var out []secret
	var now time.Time
	err := s.DB.Read(scope.AsSystem(ctx, "find the accounts of an address that signs in"), func(tx *db.Tx) error {
		out, now = nil, tx.Now()
		key := emailKey(tx.Vault(), email)
		if key == nil {
			return nil
		}
		rows, err := tx.SysQuery(`SELECT s.tenant, s.account, s.password, s.otp, s.otp_step
			FROM access_account a JOIN access_secret s ON s.tenant = a.tenant AND s.account = a.account
			WHERE a.email_key = $1 LIMIT 20`, key)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			c, err := scanSecret(tx, rows)
			if err != nil {
				return err
			}
			out = append(out, c)
		}
		return rows.Err()
	})
	return out, now, err
}

func scanSecret(tx *db.Tx, rows *db.Rows) (secret, error) {
	var c secret
	var password, key []byte
	if err := rows.Scan(&c.tenant, &c.account, &password, &key, &c.step); err != nil {
		return c, err
	}
	hash, err := tx.Vault().UnsealOf(c.tenant, string(c.account), "access_secret.password", password)
	if err == nil {
		c.hash = string(hash)
		c.key, err = tx.Vault().UnsealOf(c.tenant, string(c.account), "access_secret.otp", key)
	}
	if errors.Is(err, seal.ErrErased) || errors.Is(err, seal.ErrNoTenant) {
		return secret{}, nil
	}
	return c, err
}
