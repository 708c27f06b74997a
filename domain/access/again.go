package access

import (
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

// Stopped counts what was stopped again after an older copy was put back.
type Stopped struct{ Accounts, Cards, Passkeys, Passwords int }

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
		stop, count := s.again(n, &out)
		if stop == nil {
			continue
		}
		did, err := stop(tx, n.ID)
		if err != nil {
			return out, errs.Wrap("access: stop again", err)
		}
		if did {
			*count++
		}
	}
	return out, nil
}

type stopping func(tx *db.Tx, id string) (did bool, err error)

func (s *Service) again(n Note, out *Stopped) (stopping, *int) {
	switch {
	case n.Kind == cardKind:
		return stopCard, &out.Cards
	case n.Kind == passkeyKind:
		return stopPasskey, &out.Passkeys
	case n.Kind == passwordKind && n.Since:
		return stopPassword, &out.Passwords
	case n.Kind == accountKind && n.Since:
		return s.pauseAgain, &out.Accounts
	}
	return nil, nil
}

func stopCard(tx *db.Tx, card string) (bool, error) {
	var account ref.Account
	err := tx.Row(`SELECT account FROM access_card WHERE tenant = $1 AND card = $2 AND ended_at = 0`, card).Scan(&account)
	if errs.Is(err, errs.NotFound) {
		return false, nil
	}
	if err == nil {
		err = voidCard(tx, card)
	}
	if err == nil {
		err = endByCard(tx, account, "")
	}
	if err != nil {
		return false, err
	}
	return true, record(tx, "account.card-drop", account, rowOf(account), nil)
}

func stopPasskey(tx *db.Tx, id string) (bool, error) {
	var account ref.Account
	err := tx.Row(`SELECT account FROM access_passkey WHERE tenant = $1 AND passkey = $2`, id).Scan(&account)
	if errs.Is(err, errs.NotFound) {
		return false, nil
	}
	if err == nil {
		_, err = tx.Exec(`DELETE FROM access_passkey WHERE tenant = $1 AND passkey = $2`, id)
	}
	if err != nil {
		return false, err
	}
	return true, record(tx, "account.passkey-drop", account, "access_passkey/"+id, nil)
}

func stopPassword(tx *db.Tx, account string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM access_secret WHERE tenant = $1 AND account = $2`, account)
	if err != nil || n == 0 {
		return false, err
	}
	return true, record(tx, "account.password-drop", ref.Account(account), "access_secret/"+account, nil)
}

func (s *Service) pauseAgain(tx *db.Tx, account string) (bool, error) {
	before, err := s.accounts.Get(tx, ref.Account(account))
	if errs.Is(err, errs.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !before.SuspendedAt.IsZero() || !before.EndedAt.IsZero() {
		tx.Settle(account)
		return false, nil
	}
	changes, err := s.pauseNow(tx, before)
	if err != nil {
		return false, err
	}
	return true, record(tx, "account.suspend", before.ID, rowOf(before.ID), changes)
}
