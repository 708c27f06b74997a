package rota

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Standing is how an ask stands, for whoever asked: roles and counts, never a
// name.
type Standing struct {
	Site   ref.Site
	Done   []StepDone // of this round, oldest first
	Next   string     // whom the next move asks; empty when nobody is being asked
	NextAt time.Time
	Phone  bool // the ladder has come to the telephone

	Unheard bool // no message is known to have gone out to anyone's telephone
}

// Standing reads it. A hand-off without a ladder has the zero Standing.
func (s *Service) Standing(tx *db.Tx, h ref.Handoff) (Standing, error) {
	r, err := s.runs.Get(tx, h)
	if errs.Is(err, errs.NotFound) || err == nil && r.State != Asking {
		return Standing{}, nil
	}
	if err != nil {
		return Standing{}, err
	}
	out := Standing{Site: r.Site}
	out.Done, err = s.steps.List(tx, "WHERE tenant = $1 AND handoff = $2 AND round = $3 ORDER BY step", h, r.Round)
	if err != nil {
		return out, err
	}
	if out.Unheard, err = s.Gate.Unheard(tx, messageKey(r)); err != nil {
		return out, err
	}
	ladder, err := s.ladder(tx, r.Site)
	if err != nil {
		return out, err
	}
	waited := time.Duration(0)
	if r.Rung > 0 {
		waited = ladder[min(r.Rung, int64(len(ladder)))-1].wait()
	}
	out.Phone = r.Rung >= int64(len(ladder))
	if _, rung, err := s.next(tx, &r, ladder); err == nil && rung.Who != again {
		out.Next = rung.Who
	}
	// A clock that was set back must not promise more than the rung's wait.
	out.NextAt = r.DueAt
	if most := tx.Now().Add(waited); out.NextAt.After(most) {
		out.NextAt = most
	}
	return out, err
}
