package handoff

import "time"

// Fold returns the hand-off as its events make it: the state after the last
// step, and for each anchor the time of the last event that set it, put right
// by corrections. What the events do not say (who asked, where they are) is
// taken from base.
func Fold(base Handoff, events []Event) Handoff {
	h := base
	h.AckAt, h.ExpectedAt, h.MetAt, h.ConsentAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	h.AcceptedAt, h.IntroducedAt, h.ConnectedAt, h.EndedAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	at := corrected(events)
	for _, e := range events {
		h = h.after(e, at[e.Seq])
	}
	return h
}

// corrected is the time of each event by number, with the last correction of it
// in force.
func corrected(events []Event) map[int64]time.Time {
	at := make(map[int64]time.Time, len(events))
	for _, e := range events {
		at[e.Seq] = e.At
		if e.Step == StepCorrect {
			at[e.Corrects] = e.At
		}
	}
	return at
}

// after returns h with one more event.
func (h Handoff) after(e Event, at time.Time) Handoff {
	h.State, h.Events = e.To, e.Seq
	switch e.Step {
	case StepAsk, StepConfirm, StepReopen:
		h = h.waiting(at)
	case StepAck:
		h.Peer, h.AckAt = e.Peer, at
	case StepSetOut:
		h.ExpectedAt = e.Expected
	case StepGiveBack:
		h.Peer, h.AckAt, h.ExpectedAt = "", time.Time{}, time.Time{}
	case StepMeet:
		h.Peer, h.MetAt = e.Peer, at
	default:
		h = h.onward(e, at)
	}
	return h
}

// waiting is a peer asked for, at that time: what an earlier round left behind
// stays in the events and no longer counts.
func (h Handoff) waiting(at time.Time) Handoff {
	promise := h.DueAt.Sub(h.RequestedAt)
	if promise <= 0 {
		promise = Promise
	}
	h.RequestedAt, h.DueAt = at, at.Add(promise)
	h.Peer, h.Contact, h.DeclinedReason = "", "", ""
	h.AckAt, h.ExpectedAt, h.MetAt = time.Time{}, time.Time{}, time.Time{}
	return h
}

func (h Handoff) onward(e Event, at time.Time) Handoff {
	switch e.Step {
	case StepAgree:
		h.Destination, h.Consent, h.ConsentAt, h.AcceptedAt = e.Destination, e.Consent, at, time.Time{}
	case StepAccept:
		h.AcceptedAt = at
	case StepIntro:
		h.Mode, h.IntroducedAt = e.Value, at
	case StepConnect, StepShown:
		h.ConnSource, h.ConnectedAt = e.Value, at
	case StepNotNow:
		h.Contact, h.DeclinedReason = e.Contact, e.Value
	case StepClose:
		h.ClosedReason, h.EndedAt = e.Value, at
	}
	return h
}

// Promise is how soon a peer is beside the person where a site says nothing
// else: 30 minutes, Dauphin County's published requirement (docs/sources.md).
const Promise = 30 * time.Minute
