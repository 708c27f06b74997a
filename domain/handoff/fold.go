package handoff

import "time"

// Fold returns the hand-off as its events make it: the state after the last
// step, and for each anchor the time of the last event that set it, put right
// by corrections. What the events do not say (who asked, where they are) is
// taken from base, and from what put it right.
func Fold(base Handoff, events []Event) Handoff {
	h := base
	h.AckAt, h.ExpectedAt, h.MetAt, h.ConsentAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	h.AcceptedAt, h.IntroducedAt, h.ConnectedAt, h.EndedAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	h.SlotAt, h.Retained30At, h.Retained90At, h.Reoffers = time.Time{}, time.Time{}, time.Time{}, 0
	h.VoicedAt, h.BesideAt = time.Time{}, time.Time{}
	h.Peer, h.Destination, h.Consent, h.Mode, h.Transport, h.ConnSource = "", "", "", "", "", ""
	h.Contact, h.DeclinedReason, h.ClosedReason = "", "", ""
	back := undone(events)
	for _, e := range inForce(events) {
		if back[e.Seq] {
			continue
		}
		if h = h.after(e, e.At); isAsk(e.Step) {
			h = h.saidAnew(e, events)
		}
	}
	return h
}

// after returns h with one more event.
func (h Handoff) after(e Event, at time.Time) Handoff {
	h.State, h.Lane, h.Events = e.To, lane(e.To), e.Seq
	switch e.Step {
	case StepAsk, StepHold, StepRelease, StepConfirm, StepReopen, StepLookAgain:
		h = h.waiting(at)
		if e.Where != "" {
			h.Where = e.Where
		}
		if e.Step == StepConfirm && e.Value != "" {
			h.Answer = e.Value // someone asked them
		}
	case StepElsewhere:
		h.RequestedAt = h.EventAt // whoever asked did so then, and somewhere else
	case StepAck:
		h.Peer, h.AckAt = e.Peer, at
	case StepSetOut:
		h.ExpectedAt = e.Expected
	case StepGiveBack:
		h.Peer, h.AckAt, h.ExpectedAt = "", time.Time{}, time.Time{}
	case StepMeet:
		h.Peer, h.MetAt = e.Peer, at
	case StepHandOver, StepTakeOn, StepLeft:
		h = h.handed(e)
	case StepPart:
		h.ClosedReason, h.EndedAt, h.Peer, h.AckAt, h.ExpectedAt = "", time.Time{}, "", time.Time{}, time.Time{}
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
		h = h.offeredAgain(e)
		h.Destination, h.Consent, h.ConsentAt, h.AcceptedAt, h.SlotAt = e.Destination, e.Consent, at, time.Time{}, time.Time{}
	case StepReoffer:
		h = h.offeredAgain(e)
		h.AcceptedAt, h.SlotAt = time.Time{}, time.Time{}
	case StepAccept:
		h.AcceptedAt, h.SlotAt = at, e.Slot
	case StepIntro:
		h.Mode, h.IntroducedAt = e.Value, at
	case StepTravel:
		h.Transport = e.Value
	case StepConnect, StepShown:
		if h.ConnSource = e.Value; h.ConnectedAt.IsZero() || h.ConsentAt.After(h.ConnectedAt) {
			h.ConnectedAt = at // the first visit stays the first, until there is another service
		}
	default:
		h = h.beyond(e, at)
	}
	return h
}

// beyond is what follows the first visit, and what turns the path aside. Where
// the person wants no service, none is pointed to any more: its page shows
// nothing from that moment. The times stay, for they happened.
func (h Handoff) beyond(e Event, at time.Time) Handoff {
	switch e.Step {
	case StepStayed30:
		h.Retained30At = at
	case StepStayed90:
		h.Retained90At = at
	case StepNotNow, StepSupport:
		h.Contact, h.DeclinedReason = e.Contact, e.Value
		h.Destination, h.Consent = "", ""
	case StepContact:
		h.Contact = e.Contact
	case StepPersonNo, StepQuiet, StepTakeBack:
		h.Destination, h.Consent = "", ""
	case StepJoin:
		h.ClosedReason, h.EndedAt = joined, at
	case StepClose:
		h.ClosedReason, h.EndedAt = e.Value, at
		if e.Value == died {
			h.BesideAt = time.Time{}
		}
	case StepBeside, StepSeen:
		h = h.besides(e, at)
	default:
		h = h.voiced(e, at)
	}
	return h
}

// voiced is what the person said of how it goes. The lamp burns from the first
// word that nobody has answered.
func (h Handoff) voiced(e Event, at time.Time) Handoff {
	another := e.Step == StepOther && e.To == Requested
	switch {
	case another:
		h.Peer, h.AckAt, h.ExpectedAt = "", time.Time{}, time.Time{}
	case e.Step == StepHeard:
		h.VoicedAt = time.Time{}
	case (e.Step == StepOther || e.Step == StepNotRight) && h.VoicedAt.IsZero():
		h.VoicedAt = at
	}
	return h
}

// offeredAgain counts a service that is offered after one did not come about.
func (h Handoff) offeredAgain(e Event) Handoff {
	if e.From == Refused || e.From == Missed {
		h.Reoffers++
	}
	return h
}
