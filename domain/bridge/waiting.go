package bridge

import (
	"context"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Waiting is what a person's own page says of their notes: how many there are,
// and which wait for their yes. It shows no words of them.
type Waiting struct {
	Here  bool // the account is someone's own, and there are notes
	Notes []Note
	To    map[ref.Recipient]string
}

// Waiting reads it for the account that acts. It reads ids only.
func (s *Service) Waiting(ctx context.Context) (Waiting, error) {
	var out Waiting
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		out = Waiting{}
		person, err := s.enter(tx, Door{Own: true})
		if errs.Is(err, errs.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if out.Notes, out.Here, err = drafts(tx, person); err != nil {
			return err
		}
		out.To, err = s.recipients(tx)
		return err
	})
	return out, errs.Wrap("bridge: waiting", err)
}

// drafts are the notes that wait for a yes; any is whether there are notes at
// all.
func drafts(tx *db.Tx, person ref.Person) (out []Note, any bool, err error) {
	rows, err := tx.Query("SELECT note, recipient, state FROM bridge_note WHERE tenant = $1 AND person = $2 ORDER BY made_at DESC, note DESC LIMIT 50", person)
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var n Note
		if err := rows.Scan(&n.ID, &n.Recipient, &n.State); err != nil {
			return nil, false, err
		}
		if any = true; n.State == Draft {
			out = append(out, n)
		}
	}
	return out, any, rows.Err()
}
