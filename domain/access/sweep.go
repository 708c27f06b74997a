package access

import (
	"context"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// How long what is over is kept: tries a day, so that a clock set forward for a
// moment does not forgive a guesser; links and sign-ins as long as someone may
// ask what happened.
const (
	keepTries = 24 * time.Hour
	keepOver  = 90 * 24 * time.Hour
)

// EndAll ends every sign-in and every link that was not used, in all organisations:
// in an older copy that was put back, those that had ended since are there again.
func (s *Service) EndAll(ctx context.Context) error {
	err := s.DB.Write(scope.AsSystem(ctx, "end what an older copy brought back"), func(tx *db.Tx) error {
		if _, err := tx.SysExec(`UPDATE access_session SET ended_at = $1 WHERE ended_at = 0`, tx.Now()); err != nil {
			return err
		}
		_, err := tx.SysExec(`UPDATE access_link SET expires_at = $1 WHERE used_at = 0 AND expires_at > $1`, tx.Now())
		return err
	})
	return errs.Wrap("access: end all", err)
}

// Sweep deletes tries, questions, links, cards and sign-ins that are long over, in all
// organisations. Run it at the start and once a day.
func (s *Service) Sweep(ctx context.Context) error {
	ctx = scope.AsSystem(ctx, "sweep what is over in access")
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		now := tx.Now()
		for _, over := range []struct {
			sql    string
			before time.Time
		}{
			{`DELETE FROM access_attempt WHERE free_at < $1`, now.Add(-keepTries)},
			{`DELETE FROM access_ceremony WHERE expires_at < $1`, now},
			{`DELETE FROM access_link WHERE expires_at < $1`, now.Add(-keepOver)},
			{`DELETE FROM access_card WHERE ended_at > 0 AND ended_at < $1`, now.Add(-keepOver)},
			{`DELETE FROM access_session WHERE expires_at < $1`, now.Add(-keepOver)},
		} {
			if _, err := tx.SysExec(over.sql, over.before); err != nil {
				return err
			}
		}
		return nil
	})
	return errs.Wrap("access: sweep", err)
}
