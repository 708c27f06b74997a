package access

import (
	"net/http"
	"slices"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// EndOwn ends an account as its person's own: its sign-ins, links, passkeys,
// secrets and cards go, and nobody is found by its address any more. ended is false where
// the person works here too: then only their own page is taken from the account.
// Who may ask is for the caller to decide. To end it twice is no error.
func (s *Service) EndOwn(tx *db.Tx, account ref.Account) (ended bool, err error) {
	before, err := s.accounts.Get(tx, account)
	if err != nil {
		return false, errs.Wrap("access: end", err)
	}
	after := before
	after.Roles = slices.DeleteFunc(slices.Clone(before.Roles), func(r string) bool { return r == Participant })
	if ended = !works(after.Roles); ended {
		after.Roles, after.Name, after.Email, after.EmailKey = before.Roles, "", "", []byte(account)
		if after.EndedAt.IsZero() {
			after.EndedAt = tx.Now()
		}
		err = dropWays(tx, account)
	}
	if err != nil {
		return ended, errs.Wrap("access: end", err)
	}
	if err := endSessions(tx, account, ""); err != nil {
		return ended, errs.Wrap("access: end", err)
	}
	if after.mayLess(before) {
		tx.TakenBack(accountKind, string(account))
	}
	changes, err := s.accounts.Update(tx, &before, &after)
	if err == nil {
		err = record(tx, "account.end", account, rowOf(account), changes)
	}
	return ended, errs.Wrap("access: end", err)
}

// dropWays takes away every way to come in, and notes each that an older copy must not
// bring back.
func dropWays(tx *db.Tx, account ref.Account) error {
	if _, err := endCards(tx, account); err != nil {
		return err
	}
	passkeys, err := db.Column[string](tx, `SELECT passkey FROM access_passkey WHERE tenant = $1 AND account = $2`, account)
	if err != nil {
		return err
	}
	for _, p := range passkeys {
		tx.TakenBack(passkeyKind, p)
	}
	n, err := tx.Exec(`DELETE FROM access_secret WHERE tenant = $1 AND account = $2`, account)
	if err != nil {
		return err
	}
	if n > 0 {
		tx.TakenBack(passwordKind, string(account))
	}
	for _, sql := range []string{
		`DELETE FROM access_passkey WHERE tenant = $1 AND account = $2`,
		`DELETE FROM access_link WHERE tenant = $1 AND account = $2`,
		`DELETE FROM access_card WHERE tenant = $1 AND account = $2`,
	} {
		if _, err := tx.Exec(sql, account); err != nil {
			return err
		}
	}
	return nil
}

// DropCookie takes the sign-in from the browser that is answered.
func (s *Service) DropCookie(w http.ResponseWriter) { s.dropCookie(w) }
