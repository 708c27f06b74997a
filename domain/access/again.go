package access

import (
	"errors"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/seal"
)

// Under which kinds the list of what was taken back (db.Tx.TakenBack) knows
// something of access. A card and a passkey that are void never open again, so
// their own ids stand there. What is taken from an account, or a password, may be
// given back another day: there stands the account's.
const (
	accountKind  = "account"
	cardKind     = "card"
	passkeyKind  = "passkey"
	passwordKind = "password"
)

// Stopped is what was stopped again after an older copy was put back.
type Stopped struct {
	Paused                     []ref.Account
	Cards, Passkeys, Passwords int
}

// Note is one line of that list. Since says that it was written after the copy
// was made.
type Note struct {
	seal.Noted
	Since bool
}

// StopAgain stops what an older copy of the data brought back and the list knows
// to be stopped: each card and passkey; each password and account of which
// something was taken since the copy was made. Such an account is paused until
// somebody looks, since it is not known what was given back meanwhile. Who may
// ask is for the caller to decide.
func (s *Service) StopAgain(tx *db.Tx, all []Note) (out Stopped, err error) {
	for _, n := range all {
		if err := s.stopAgain(tx, n, &out); err != nil && !errors.Is(err, errNothing) {
			return out, errs.Wrap("access: stop again", err)
		}
	}
	return out, nil
}

func (s *Service) stopAgain(tx *db.Tx, n Note, out *Stopped) error {
	switch {
	case n.Kind == cardKind:
		return counted(&out.Cards, stopCard(tx, n.ID))
	case n.Kind == passkeyKind:
		return counted(&out.Passkeys, stopPasskey(tx, n.ID))
	case n.Kind == passwordKind && n.Since:
		return counted(&out.Passwords, stopPassword(tx, ref.Account(n.ID)))
	case n.Kind == accountKind && n.Since:
		err := s.pauseAgain(tx, ref.Account(n.ID))
		if err == nil {
			out.Paused = append(out.Paused, ref.Account(n.ID))
		}
		return err
	}
	return nil
}

// errNothing: it is stopped in the copy too, or newer than the copy.
var errNothing = errors.New("access: nothing to stop")

func orNothing(err error) error {
	if errs.Is(err, errs.NotFound) {
		return errNothing
	}
	return err
}

func counted(n *int, err error) error {
	if err == nil {
		*n++
	}
	return err
}

func stopCard(tx *db.Tx, card string) error {
	var account ref.Account
	if err := tx.Row(`SELECT account FROM access_card WHERE tenant = $1 AND card = $2 AND ended_at = 0`, card).Scan(&account); err != nil {
		return orNothing(err)
	}
	if err := errors.Join(voidCard(tx, card), endByCard(tx, account, "")); err != nil {
		return err
	}
	return record(tx, "account.card-drop", account, rowOf(account), nil)
}

func stopPasskey(tx *db.Tx, id string) error {
	var account ref.Account
	if err := tx.Row(`SELECT account FROM access_passkey WHERE tenant = $1 AND passkey = $2`, id).Scan(&account); err != nil {
		return orNothing(err)
	}
	if _, err := tx.Exec(`DELETE FROM access_passkey WHERE tenant = $1 AND passkey = $2`, id); err != nil {
		return err
	}
	return record(tx, "account.passkey-drop", account, "access_passkey/"+id, nil)
}

func stopPassword(tx *db.Tx, account ref.Account) error {
	n, err := tx.Exec(`DELETE FROM access_secret WHERE tenant = $1 AND account = $2`, account)
	if err == nil && n == 0 {
		err = errNothing
	}
	if err != nil {
		return err
	}
	return record(tx, "account.password-drop", account, "access_secret/"+string(account), nil)
}

func (s *Service) pauseAgain(tx *db.Tx, account ref.Account) error {
	before, err := s.accounts.Get(tx, account)
	if err != nil {
		return orNothing(err)
	}
	if !before.SuspendedAt.IsZero() || !before.EndedAt.IsZero() {
		tx.Settle(string(account))
		return errNothing
	}
	changes, err := s.pauseNow(tx, before)
	if err != nil {
		return err
	}
	return record(tx, "account.suspend", account, rowOf(account), changes)
}
