package outbox

import (
	"context"
	"errors"
	"time"

	"alongside/platform/errs"
)

// Many items that a phone sends at once are taken in their order. Those that
// follow each other share a commit: each is taken by the same rules as if it had
// come alone, as a part of one transaction.

// MostAtOnce is how many items are taken of one sending.
const MostAtOnce = 100

// doorTime is how long one turn at the writing door goes on; less than half of
// what is logged as long.
const doorTime = 8 * time.Millisecond

// TakeAll takes in items as Take does, one after the other, and stops at the
// first that cannot be taken now: err says why, and done are the answers to those
// before it, each of which is on disk. One that does not open is answered
// Damaged, and the next is taken. More than MostAtOnce are refused: Invalid.
func (s *Service) TakeAll(ctx context.Context, all []Sent) (done []Answer, err error) {
	if len(all) > MostAtOnce {
		return nil, errs.New(errs.Invalid, "outbox: too many at once", "error.too-big")
	}
	left, err := s.open(ctx, all)
	for err == nil && len(left) > 0 {
		var some []Answer
		some, err = s.turn(ctx, left)
		done, left = append(done, some...), left[len(some):]
	}
	return done, errs.Wrap("outbox: take all", err)
}

// turn takes the first of these in one commit, as many as one turn at the door
// allows. Where they cannot share one, the first comes alone: what is wrong with
// one of them holds up nothing but itself.
func (s *Service) turn(ctx context.Context, left []written) (done []Answer, stop error) {
	err := s.DB.Joint(ctx, func(ctx context.Context) error {
		done, stop = nil, nil
		began := s.Clock.Now()
		for _, w := range left {
			var a Answer
			if a, stop = s.takeOr(ctx, w); stop != nil {
				return nil //nolint:nilerr // what was taken before it is kept; stop says why no more was
			}
			if done = append(done, a); s.Clock.Now().Sub(began) > doorTime {
				return nil
			}
		}
		return nil
	})
	if err == nil {
		return done, stop
	}
	a, err := s.takeOr(ctx, left[0])
	if err != nil {
		return nil, err
	}
	return []Answer{a}, nil
}

// takeOr is take, to which what does not open is an answer too.
func (s *Service) takeOr(ctx context.Context, w written) (Answer, error) {
	a, err := s.take(ctx, w)
	if errors.Is(err, errDamaged) {
		return Answer{State: Damaged}, nil
	}
	return a, err
}
