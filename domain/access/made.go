package access

import (
	"context"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Made is a sign-in link, or a card, that somebody made for an account which could be
// signed in to before: whoever has it can come in with it.
type Made struct {
	Card bool
	By   string // work name; empty when it was whoever runs the machine
	At   time.Time
	Used time.Time // zero: nobody came in with it
}

// Only what was made later than the account itself: the first is its invitation, or its
// first card. That one stands beside the others once there is another: who was handed the
// second sees whether somebody came in before them.
const selectMade = `SELECT l.made_by AS made_by, l.created_at AS created_at, l.used_at AS used_at, 0 AS card FROM access_link l
	JOIN access_account a ON a.tenant = l.tenant AND a.account = l.account
	WHERE l.tenant = $1 AND l.account = $2 AND l.made_by <> $2 AND l.reusable = 0 AND l.created_at > $3 AND (l.created_at > a.created_at
		OR l.used_at > 0 AND EXISTS (SELECT 1 FROM access_link o WHERE o.tenant = l.tenant AND o.account = l.account AND o.created_at > l.created_at))
	UNION ALL SELECT c.made_by, c.created_at, c.used_at, 1 FROM access_card c
	JOIN access_account a ON a.tenant = c.tenant AND a.account = c.account
	WHERE c.tenant = $1 AND c.account = $2 AND c.made_by <> $2 AND c.created_at > $3 AND (c.created_at > a.created_at
		OR c.used_at > 0 AND EXISTS (SELECT 1 FROM access_card o WHERE o.tenant = c.tenant AND o.account = c.account AND o.created_at > c.created_at))
	ORDER BY created_at DESC LIMIT 20`

// WaysMade lists the links and cards that others made for whoever asks, newest first, as
// long as they are kept. It is their own, so no look is recorded.
func (s *Service) WaysMade(ctx context.Context) ([]Made, error) {
	var out []Made
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "session.own", Own(tx.Scope().Actor)); err != nil {
			return err
		}
		var err error
		out, err = s.made(tx, ref.Account(tx.Scope().Actor), time.Time{})
		return err
	})
	return out, errs.Wrap("access: ways made", err)
}

func (s *Service) made(tx *db.Tx, account ref.Account, since time.Time) ([]Made, error) {
	rows, err := tx.Query(selectMade, account, since)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Made
	var by []ref.Account
	for rows.Next() {
		var m Made
		var who ref.Account
		if err := rows.Scan(&who, &m.At, &m.Used, &m.Card); err != nil {
			return nil, err
		}
		out, by = append(out, m), append(by, who)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	names, err := s.Names(tx, by)
	for i, who := range by {
		if !strings.HasPrefix(string(who), "operator:") {
			out[i].By = names[who]
		}
	}
	return out, err
}

// untold reports whether somebody made a link or a card for an account since its holder
// last came in by a way of their own. Whoever comes in by a link is not told by
// it, and so cannot take the notice away. Whoever comes in by a new card is, as one who
// may have only that; for who comes in by a passkey or password it takes nothing away.
// The notice goes on standing with their sign-ins.
func (s *Service) untold(tx *db.Tx, account ref.Account, way string) (bool, error) {
	var last time.Time
	err := tx.Row(`SELECT COALESCE(MAX(created_at), 0) FROM access_session WHERE tenant = $1 AND account = $2 AND (way IN ('passkey', 'password') OR way = $3)`, account, way).Scan(&last)
	if err != nil {
		return false, err
	}
	list, err := s.made(tx, account, last)
	return len(list) > 0, err
}
