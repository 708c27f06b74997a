package access

import (
	"context"
	"errors"
	"slices"
	"strings"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/seal"
)

// MaxListed is how many accounts the list shows at most.
const MaxListed = 500

// List returns the accounts of people who work here, by name. Participants are
// not among them: that someone is one is content.
func (s *Service) List(ctx context.Context) ([]Account, error) {
	var out []Account
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.list", Resource{}); err != nil {
			return err
		}
		var err error
		out, err = s.accounts.List(tx, "WHERE tenant = $1 AND roles <> $2 ORDER BY created_at DESC LIMIT $3", Participant, MaxListed)
		if err != nil {
			return err
		}
		return recordList(tx, out)
	})
	slices.SortFunc(out, func(a, b Account) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return out, errs.Wrap("access: list", err)
}

func recordList(tx *db.Tx, all []Account) error {
	subjects := make([]string, len(all))
	for i, a := range all {
		subjects[i] = string(a.ID)
	}
	return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "account.list", Subjects: subjects})
}

// Names returns the names that accounts go by. A work name is there to be seen
// by everyone it is shown to, so no look is recorded.
func (s *Service) Names(tx *db.Tx, accounts []ref.Account) (map[ref.Account]string, error) {
	out := make(map[ref.Account]string, len(accounts))
	for _, a := range accounts {
		if _, done := out[a]; done {
			continue
		}
		var sealed []byte
		err := tx.Row(`SELECT name FROM access_account WHERE tenant = $1 AND account = $2`, a).Scan(&sealed)
		if errs.Is(err, errs.NotFound) {
			continue
		}
		if err == nil {
			out[a], err = workName(tx, a, sealed)
		}
		if err != nil {
			return nil, errs.Wrap("access: names", err)
		}
	}
	return out, nil
}

func workName(tx *db.Tx, a ref.Account, sealed []byte) (string, error) {
	if len(sealed) == 0 { // it ended, and its name went with it
		return field.Erased, nil
	}
	return unsealed(tx, a, "access_account.name", sealed)
}

// unsealed opens a value without owing a look: for names that are there to be
// seen, and for what an account reads of itself.
func unsealed(tx *db.Tx, a ref.Account, place string, sealed []byte) (string, error) {
	plain, err := tx.Vault().UnsealOf(tx.Scope().Tenant, string(a), place, sealed)
	if errors.Is(err, seal.ErrErased) {
		return field.Erased, nil
	}
	return string(plain), err
}
