package demo

import (
	"context"
	"fmt"
	"time"

	"alongside/domain/handoff"
	"alongside/platform/errs"
)

// kept are the follow-ups of one story, answered in the middle of their windows.
type kept struct {
	f      *filler
	r      handoff.Receipt
	silent bool // nobody notes what came of them
	lost   bool // nobody hears from the person
	from   time.Time
	began  int
	left   []handoff.Interval
}

// met begins them: peer and person met then, as the hand-off's nth event.
func (k *kept) met(at time.Time, nth int) {
	k.from, k.began, k.left = at, nth, handoff.DefaultProgramme()
}

// until answers those that fall due before an instant. One that the story has
// stopped is over, and is left alone.
func (k *kept) until(ctx context.Context, end time.Time) error {
	for len(k.left) > 0 && !k.silent {
		hours, after, step := k.left[0].Hours, k.left[0].Hours, handoff.StepFollowed
		if k.lost {
			after, step = k.left[0].Closes, handoff.StepNotReached
		}
		at := k.from.Add(time.Duration(after) * time.Hour)
		if at.After(end) {
			return nil
		}
		k.left = k.left[1:]
		k.f.Clock.Set(at)
		in := handoff.Input{Which: fmt.Sprintf("%d-%d", k.began, hours), Channel: "called", Act: k.f.act()}
		if err := k.f.Handoffs.Take(ctx, k.r.ID, step, in); err != nil && !errs.Is(err, errs.Conflict) {
			return fmt.Errorf("follow-up after %d hours: %w", hours, err)
		}
	}
	return nil
}

// heard follows whether anybody hears from the person.
func (k *kept) heard(step string) {
	switch step {
	case handoff.StepLose:
		k.lost = true
	case handoff.StepBack:
		k.lost = false
	}
}
