package handoff

import (
	"context"
	"slices"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/job"
)

// What was out of touch before there were bells (0135) has none, and would stand on the
// board for ever. It is given one when the program starts, and once a day: then also one
// that an older copy brought back rests.

// Those that should have rested long ago do so a minute apart, so that no list empties at
// once and nothing else waits behind them. Both numbers are our own choice.
const (
	restEach  = time.Minute
	restBatch = 100
)

// HangRests hangs up a bell for each hand-off of the organisation that is out of touch
// and has none.
func (s *Service) HangRests(ctx context.Context) error {
	for {
		n := 0
		err := s.DB.Write(ctx, func(tx *db.Tx) error {
			bare, hung, err := bellless(tx)
			if n = len(bare); err != nil {
				return err
			}
			return hangOld(tx, bare, hung)
		})
		if err != nil || n < restBatch {
			return errs.Wrap("handoff: hang rests", err)
		}
	}
}

// bellless are a batch of those, and how many bells hang already.
func bellless(tx *db.Tx) (bare []ref.Handoff, hung int, err error) {
	all, err := db.Column[ref.Handoff](tx, "SELECT handoff FROM handoff_handoff WHERE tenant = $1 AND lane = 'walking' AND state = 'out_of_touch' ORDER BY requested_at, handoff")
	if err != nil || len(all) == 0 {
		return nil, 0, err
	}
	keys, err := job.Keys(tx, bellRest)
	has := make(map[string]bool, len(keys))
	for _, k := range keys {
		h, _, _ := strings.Cut(k, "/")
		has[h] = true
	}
	bare = slices.DeleteFunc(all, func(h ref.Handoff) bool { return has[string(h)] })
	return bare[:min(len(bare), restBatch)], len(keys), err
}

func hangOld(tx *db.Tx, bare []ref.Handoff, hung int) error {
	for i, h := range bare {
		at, err := restsAt(tx, h)
		if err != nil {
			return err
		}
		if soonest := tx.Now().Add(time.Duration(hung+i+1) * restEach); at.Before(soonest) {
			at = soonest
		}
		if err := hangRestAt(tx, h, at); err != nil {
			return err
		}
	}
	return nil
}
