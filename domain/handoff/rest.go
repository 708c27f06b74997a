package handoff

import (
	"context"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/flow"
	"alongside/platform/job"
)

// Somebody of whom nobody hears is not ended and not on the board for ever: once the
// last follow-up of their programme is over, and a month after they were last in touch
// or it was noted that they are not, the hand-off rests by itself. It is in every figure
// as before, and goes on from where it stood as soon as they are heard from (0135).

// restAfter is how long at least, from the later of these two. It is our own choice.
const restAfter = 30 * day * time.Hour

const bellRest = "handoff.rest"

// Jobs are the bells of this domain.
func (s *Service) Jobs() map[string]job.Handler { return map[string]job.Handler{bellRest: s.rest} }

const (
	restWindow = "SELECT COALESCE(MAX(closes_at), 0) FROM handoff_followup WHERE tenant = $1 AND handoff = $2 AND state || '' <> 'stopped'"
	restNoted  = "SELECT COALESCE(MAX(recorded_at), 0) FROM handoff_event WHERE tenant = $1 AND handoff = $2 AND step IN ('out_of_touch', 'follow_up')"
	restState  = "SELECT state FROM handoff_handoff WHERE tenant = $1 AND handoff = $2"
)

// restsAt is from when on a hand-off may rest.
func restsAt(tx *db.Tx, h ref.Handoff) (time.Time, error) {
	var noted, window int64
	if err := tx.Row(restNoted, h).Scan(&noted); err != nil {
		return time.Time{}, err
	}
	if err := tx.Row(restWindow, h).Scan(&window); err != nil {
		return time.Time{}, err
	}
	at := db.Instant(noted).Add(restAfter)
	if last := db.Instant(window); last.After(at) {
		at = last
	}
	return at, nil
}

// hangRest hangs up the bell of a hand-off that is out of touch now.
func hangRest(tx *db.Tx, before, after Handoff) error {
	if after.State != OutOfTouch || before.State == OutOfTouch {
		return nil
	}
	at, err := restsAt(tx, after.ID)
	if err != nil {
		return err
	}
	return hangRestAt(tx, after.ID, at)
}

func hangRestAt(tx *db.Tx, h ref.Handoff, at time.Time) error {
	return job.Add(tx, bellRest, string(h)+"/"+at.Format(time.RFC3339), at)
}

// rest is the bell. Where they were heard from meanwhile it does nothing, and where a
// follow-up was moved on it rings again after it.
func (s *Service) rest(ctx context.Context, j job.Job) error {
	h, _, _ := strings.Cut(j.Key, "/")
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.restNow(tx, ref.Handoff(h), j.Key); err != nil {
			return err
		}
		return j.Done(tx)
	})
	return errs.Wrap("handoff: rest "+h, err)
}

// restNow reads nothing that is sealed before it knows that it has to: the person may
// have left.
func (s *Service) restNow(tx *db.Tx, h ref.Handoff, key string) error {
	var state string
	err := tx.Row(restState, h).Scan(&state)
	if errs.Is(err, errs.NotFound) || err == nil && state != OutOfTouch {
		return nil
	}
	if err != nil {
		return err
	}
	at, err := restsAt(tx, h)
	if err != nil {
		return err
	}
	if at.After(tx.Now()) {
		return hangRestAt(tx, h, at)
	}
	return s.take(tx, h, StepRest, Input{Role: RoleSystem, Act: key})
}

// mayRest holds a hand-off on the board until its day has come.
func mayRest(f Facts) error {
	if f.At.Before(f.RestsAt) {
		return conflict("handoff.error.rest-soon")
	}
	return nil
}

// hadMet holds that they had met: to be back in touch one was in touch before.
func hadMet(f Facts) error {
	if !f.Now.hadMet() {
		return conflict("error.step-not-now")
	}
	return nil
}

// notMet is the other half: whom nobody has met yet is looked for again.
func notMet(f Facts) error {
	if f.Now.hadMet() {
		return conflict("error.step-not-now")
	}
	return nil
}

func (h Handoff) hadMet() bool { return !h.MetAt.IsZero() || !h.ConnectedAt.IsZero() }

// fromSilence leaves out of the ways back those that are not theirs: who never met a
// peer is looked for, who met one is back in touch.
func fromSilence(steps []flow.Step[Facts], h Handoff) []flow.Step[Facts] {
	if h.State != OutOfTouch && h.State != Resting {
		return steps
	}
	not := StepBack
	if h.hadMet() {
		not = StepLookAgain
	}
	return without(steps, not)
}

// settleGone settles the follow-ups of one that rests: their days are over.
func (s *Service) settleGone(tx *db.Tx, h ref.Handoff) error {
	_, err := tx.Exec(followUpGone, tx.Now(), h, tx.Now().Add(time.Microsecond))
	return err
}
