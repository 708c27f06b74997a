package handoff

import (
	"context"

	"alongside/platform/db"
	"alongside/platform/errs"
)

const selectBare = `SELECT handoff, site, state, requested_at, acknowledged_at, expected_at, met_at, due_at FROM handoff_handoff
	WHERE tenant = $1 AND status_key = $2`

// bareStatus is the page for whoever asked while nothing can be written: the
// disk is full, and no look can be recorded. So it reads states and times only,
// and nothing of the person.
func (s *Service) bareStatus(ctx context.Context, token string) (Status, error) {
	var out Status
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var h Handoff
		var at [5]int64
		err := tx.Row(selectBare, linkKey(tx.Vault(), tx.Scope().Tenant, token)).Scan(&h.ID, &h.Site, &h.State, &at[0], &at[1], &at[2], &at[3], &at[4])
		if err != nil {
			return err
		}
		h.RequestedAt, h.AckAt, h.ExpectedAt, h.MetAt, h.DueAt = db.Instant(at[0]), db.Instant(at[1]), db.Instant(at[2]), db.Instant(at[3]), db.Instant(at[4])
		over, err := askEnded(tx, h.ID)
		if err == nil && over {
			return absent("status link ended")
		}
		if err == nil {
			out, err = s.bare(tx, h)
		}
		return err
	})
	return out, errs.Wrap("handoff: status without a record", err)
}

func (s *Service) bare(tx *db.Tx, h Handoff) (Status, error) {
	site, err := s.sites.Get(tx, h.Site)
	if err != nil {
		return Status{}, err
	}
	out, err := theirStatus(tx, h, h, site)
	out.Bare, out.Where, out.Reopens = true, "", false
	if err == nil && out.Stage == Requested {
		out.Standing, err = s.Asking.Standing(tx, h.ID)
	}
	return out, err
}
