package bridge

import (
	"context"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

const (
	siteOfLive = `SELECT site FROM bridge_live WHERE tenant = $1 AND link_key = $2 AND asked_at >= $3`
	siteOfNote = `SELECT '' FROM bridge_note WHERE tenant = $1 AND link_key = $2`
)

// Duty is the telephone of the ward that a link belongs to, "" where there is
// none, and nothing else: it is read also while the organisation is paused. A
// link that opens nothing is NotFound.
func (s *Service) Duty(ctx context.Context, token string) (string, error) {
	ctx = scope.Always(ctx)
	ward, err := s.Wards.ByLink(ctx, token)
	if !errs.Is(err, errs.NotFound) {
		return ward.Duty, errs.Wrap("bridge: duty", err)
	}
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		var site ref.Site
		err := tx.Row(siteOfLive, linkKey(tx, token), tx.Now().Add(-livePage)).Scan(&site)
		if errs.Is(err, errs.NotFound) {
			return tx.Row(siteOfNote, linkKey(tx, token)).Scan(&site)
		}
		if err == nil {
			ward, err = s.Wards.One(tx, site)
		}
		return err
	})
	return ward.Duty, errs.Wrap("bridge: duty", err)
}
