package handoff

import (
	"time"

	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// What was answered on an earlier part of the path stays in the hand-off, for it happened
// and the figures count it. On a page it does not stand as if it were so now: after
// somebody is back, asked for anew, or said yes to another service.

// settles are the columns that an event's answer settles, and those that it leaves
// behind.
func (e Event) settles() (now, before []string) {
	said, way := []string{"contact", "declined_reason"}, []string{"mode", "transport", "connected_source"}
	switch e.Step {
	case StepNotNow, StepSupport, StepContact:
		return said, nil
	case StepIntro:
		return way[:1], nil
	case StepTravel:
		return way[1:2], nil
	case StepConnect, StepShown:
		return way[2:], nil
	case StepMeet, StepQuiet:
		return nil, said
	case StepAgree, StepBack, StepReopen, StepLookAgain:
		return nil, append(said, way...)
	case StepFollowed:
		if e.From == OutOfTouch && e.To == Met {
			return nil, append(said, way...)
		}
	}
	return nil, nil
}

// earlier are the columns whose answer is of an earlier part of the path, each with when
// it was given.
func earlier(events []Event) map[string]time.Time {
	back, when, out := undone(events), map[string]time.Time{}, map[string]time.Time{}
	for _, e := range inForce(events) {
		if back[e.Seq] {
			continue
		}
		now, before := e.settles()
		for _, c := range now {
			when[c] = e.At
			delete(out, c)
		}
		for _, c := range before {
			if at, ok := when[c]; ok {
				out[c] = at
			}
		}
	}
	return out
}

// asOf is a value, and from when it is where it is not of now.
func asOf(v *page.View, value string, at time.Time) string {
	if at.IsZero() {
		return value
	}
	return v.T("handoff.view.before", "Says", ui.Apart(value), "When", v.When(at))
}
