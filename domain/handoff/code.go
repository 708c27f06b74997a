package handoff

import (
	"context"
	"fmt"
	"time"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Codes that open nothing are counted for each site's link, from wherever they
// come: a ward is one address, and a guesser can be many. The 2,880 codes that
// there are take four days (0026).
const (
	codeBurst = 30
	codeEvery = 2 * time.Minute
)

func codeGuess(tx *db.Tx, s Site) access.Guess {
	who := fmt.Sprintf("%s/%s/%d", tx.Scope().Tenant, s.ID, s.Turn)
	return access.Guess{What: "shift-code", Who: who, Burst: codeBurst, Every: codeEvery}
}

// ByCode finds the status link for a code that one shift gave the next. A code
// that is not known and one that ended are alike. When too many that open
// nothing were tried on this site's link it is TooMany, whatever the code.
func (s *Service) ByCode(ctx context.Context, site Site, code string) (string, error) {
	var token string
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		token = ""
		guess := codeGuess(tx, site)
		if err := guess.Spent(tx); err != nil {
			return err
		}
		var h ref.Handoff
		err := tx.Row(`SELECT h.handoff FROM handoff_handoff h WHERE h.tenant = $1 AND h.code_key = $2
			AND `+askedLast+` > $3 ORDER BY h.requested_at DESC LIMIT 1`,
			codeKey(tx, site.ID, code), tx.Now().Add(-StatusLife).UnixMicro()).Scan(&h)
		switch {
		case errs.Is(err, errs.NotFound):
			return guess.Spend(tx)
		case err != nil:
			return err
		}
		token = StatusToken(tx, h)
		return nil
	})
	if err == nil && token == "" {
		err = absent("code")
	}
	return token, errs.Wrap("handoff: code", err)
}
