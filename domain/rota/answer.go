package rota

import (
	"context"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/job"
)

// Pass is "not this one". No reason is asked, nothing is recorded, and the row
// that they were asked goes. When nobody else is left of those whom the rung
// asked, the ladder moves at once. Who was not asked passes nothing.
func (s *Service) Pass(ctx context.Context, h ref.Handoff) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.answer"); err != nil {
			return err
		}
		return s.pass(tx, h)
	})
	return errs.Wrap("rota: pass", err)
}

func (s *Service) pass(tx *db.Tx, h ref.Handoff) error {
	return s.passFor(tx, h, me(tx))
}

func (s *Service) passFor(tx *db.Tx, h ref.Handoff, who ref.Account) error {
	r, mine, err := s.askedOf(tx, h, who)
	if err != nil || mine == nil {
		return err
	}
	if err := s.asked.Remove(tx, mine, h, r.Round, mine.Peer); err != nil {
		return err
	}
	if mine.Step != r.Step || r.State != Asking {
		return nil
	}
	before := r
	if r.Open--; r.Open > 0 {
		_, err = s.runs.Update(tx, &before, &r)
		return err
	}
	if err := job.Cancel(tx, bellRung, rungKey(r)); err != nil {
		return err
	}
	return s.move(tx, before)
}

// AnswerPath is where whoever is asked to go answers: with /pass after it "not this
// one", with /know "I know this person".
func AnswerPath(h ref.Handoff) string { return "/rota/asked/" + string(h) }

// Asks is the AnswerPath for whoever is in the scope while they are being asked to go;
// "" when they are not.
func (s *Service) Asks(tx *db.Tx, h ref.Handoff) (string, error) {
	r, mine, err := s.mine(tx, h)
	if err != nil || mine == nil || r.State != Asking {
		return "", err
	}
	return AnswerPath(h), nil
}

// mine is the run and the row that whoever is in the scope was asked by; nil
// when they are not being asked.
func (s *Service) mine(tx *db.Tx, h ref.Handoff) (Run, *Asked, error) {
	return s.askedOf(tx, h, me(tx))
}

func (s *Service) askedOf(tx *db.Tx, h ref.Handoff, who ref.Account) (Run, *Asked, error) {
	r, err := s.runs.Get(tx, h)
	if errs.Is(err, errs.NotFound) {
		return r, nil, nil
	}
	if err != nil {
		return r, nil, err
	}
	a, err := s.asked.Get(tx, h, r.Round, who)
	if errs.Is(err, errs.NotFound) {
		return r, nil, nil
	}
	return r, &a, err
}

// Knows reports whether the two are known to know each other outside. Someone
// who does is never sent to the person, nor handed them, by whichever of their records
// it was said.
func (s *Service) Knows(tx *db.Tx, peer ref.Account, person ref.Person) (bool, error) {
	if person == "" {
		return false, nil // what a ward asks for is about nobody
	}
	records, err := s.Same(tx, person)
	for _, r := range records {
		if err != nil {
			break
		}
		var n int
		err = tx.Row("SELECT COUNT(*) FROM rota_known WHERE tenant = $1 AND peer = $2 AND person = $3", peer, r).Scan(&n)
		if err == nil && n > 0 {
			return true, nil
		}
	}
	return false, err
}

// Know notes that whoever is in the scope knows the person outside, and passes.
// How they know them is not asked. Only who is being asked can say so.
func (s *Service) Know(ctx context.Context, h ref.Handoff) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.answer"); err != nil {
			return err
		}
		r, mine, err := s.mine(tx, h)
		if err != nil || mine == nil || r.Kind != ForHandoff {
			return err
		}
		if err := s.pass(tx, h); err != nil {
			return err
		}
		k := Known{Peer: me(tx), Person: r.Person, NotedAt: tx.Now()}
		changes, err := s.known.Insert(tx, &k)
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{
			Kind: audit.Change, Action: "rota.know", Subjects: []string{string(r.Person)},
			Record: "rota_known/" + string(r.Person), Changes: changes,
		})
	})
	return errs.Wrap("rota: know", err)
}
