package demo

import (
	"strings"
	"time"

	"alongside/domain/handoff"
)

// story is how a made-up hand-off went, and how long before now it began: up to
// a step of the trunk, and then along a branch.
type story struct {
	until string // last step on the trunk, or a branch; "close:why" ends it after they met
	ago   time.Duration
	door  string // which door it came in by; "" is a ward
}

// beat is one step of a story, so long after the one before it.
type beat struct {
	step  string
	after time.Duration
	in    handoff.Input
}

// tonight are the first hand-offs of an organisation: what the board shows, one
// in each state.
func tonight(o Org) []story {
	now := []story{
		{until: "ask", ago: 4 * time.Minute},
		{until: "ask", ago: 41 * time.Minute},
		{until: "acknowledge", ago: 9 * time.Minute},
		{until: "set_out", ago: 16 * time.Minute},
		{until: "meet", ago: 50 * time.Minute},
		{until: "agree", ago: 3 * time.Hour},
		{until: "accept", ago: 5 * time.Hour},
		{until: "introduce", ago: 26 * time.Hour},
		{until: "ask", ago: 12 * time.Minute},
		{until: "not_now", ago: 20 * time.Hour},
	}
	if len(o.Sites) < 3 {
		return now
	}
	return append(now,
		story{until: "ask", ago: 7 * time.Minute, door: handoff.DoorTablet},
		story{until: "ask", ago: 7 * time.Minute, door: handoff.DoorTablet}, // one more than it lets in: kept
		story{until: "ask", ago: 15 * time.Minute, door: handoff.DoorPerson},
		story{until: "acknowledge", ago: 70 * time.Minute, door: handoff.DoorFamily},
		story{until: "meet", ago: 2 * time.Hour, door: handoff.DoorManager},
		story{until: "cannot_find", ago: 55 * time.Minute},
		story{until: "naloxone", ago: 90 * time.Minute},
		story{until: "quiet", ago: 30 * time.Hour},
		story{until: "support", ago: 3 * 24 * time.Hour},
		story{until: "offer", ago: 4 * time.Hour},
		story{until: "service_no", ago: 7 * time.Hour},
		story{until: "person_no", ago: 9 * time.Hour},
		story{until: "travel", ago: 8 * time.Hour},
		story{until: "not_there", ago: 3 * 24 * time.Hour},
		story{until: "found_again", ago: 9 * 24 * time.Hour},
		story{until: "out_of_touch", ago: 20 * 24 * time.Hour},
		story{until: "rests", ago: 160 * 24 * time.Hour},
		story{until: "back", ago: 30 * 24 * time.Hour},
		story{until: "stayed_30", ago: 40 * 24 * time.Hour},
		story{until: "stayed_90", ago: 100 * 24 * time.Hour},
		story{until: "took_back", ago: 2 * 24 * time.Hour},
		story{until: "not_right", ago: 28 * time.Hour},
	)
}

// before is the story of the nth of those who came in the months before. The
// mix keeps those who said "not now", who could not go on and who died in view.
func before(n int) story {
	ends := []string{
		"connect", "stayed_30", "not_now", "connect", "found_again", "close:moved", "stayed_90", "not_now",
		"close:their_choice", "connect", "close:died", "out_of_touch", "support", "close:in_custody", "close:transferred", "walked",
	}
	return story{until: ends[n%len(ends)], ago: time.Duration(30+n*11) * time.Hour}
}

// trunk is the path from the ask to the first visit.
func (f *filler) trunk(n int) []beat {
	return []beat{
		{handoff.StepAck, 3 * time.Minute, handoff.Input{}},
		{handoff.StepSetOut, time.Minute, handoff.Input{Minutes: 15}},
		{handoff.StepMeet, time.Duration(12+n%14) * time.Minute, handoff.Input{}},
		{handoff.StepAgree, 40 * time.Minute, handoff.Input{Destination: f.to[n%len(f.to)].ID, How: "signed", Days: 120}},
		{handoff.StepAccept, time.Hour, handoff.Input{}},
		{handoff.StepIntro, 3 * time.Hour, handoff.Input{Mode: []string{"room", "call", "accompanied"}[n%3], Present: 3}},
		{handoff.StepConnect, 20 * time.Hour, handoff.Input{ConnSource: []string{"receiver", "person"}[n%2]}},
	}
}

// branch is what follows after the trunk was left at a step.
func (f *filler) branch(name string, n int) (from string, beats []beat) {
	tried := handoff.Input{Tried: []string{"ward", "looked"}}
	calls := handoff.Input{Tried: []string{"called", "card"}}
	missed := []beat{
		{handoff.StepTravel, time.Hour, handoff.Input{Transport: "taxi"}},
		{handoff.StepMissed, 5 * time.Hour, handoff.Input{}},
	}
	switch name {
	case "cannot_find":
		return handoff.StepSetOut, []beat{{handoff.StepNotFound, 20 * time.Minute, tried}}
	case "naloxone":
		return handoff.StepMeet, []beat{{handoff.StepBeside, 10 * time.Minute, handoff.Input{Beside: "naloxone_given"}}}
	case "quiet":
		return handoff.StepMeet, []beat{{handoff.StepQuiet, 30 * time.Minute, handoff.Input{}}}
	case "support":
		return handoff.StepMeet, []beat{{handoff.StepSupport, 30 * time.Minute, handoff.Input{Contact: "call", ReachOn: "555-0188", Reason: "tired"}}}
	case "offer":
		return handoff.StepAgree, []beat{{handoff.StepOffer, 10 * time.Minute, handoff.Input{AskedHow: "phone"}}}
	case "service_no":
		return handoff.StepAgree, []beat{{handoff.StepServiceNo, time.Hour, handoff.Input{ServiceReason: "full"}}}
	case "person_no":
		return handoff.StepAgree, []beat{{handoff.StepPersonNo, time.Hour, handoff.Input{PersonReason: "too_far"}}}
	case "took_back":
		return handoff.StepAccept, []beat{{handoff.StepTakeBack, 2 * time.Hour, handoff.Input{How: "spoken"}}}
	case handoff.StepNotRight:
		words := "Two people came and both asked me the same things."
		return handoff.StepMeet, []beat{{handoff.StepNotRight, 3 * time.Hour, handoff.Input{Note: words}}}
	case "travel":
		return handoff.StepIntro, missed[:1]
	case "not_there":
		return handoff.StepIntro, missed
	case "found_again":
		return handoff.StepIntro, append(missed, beat{handoff.StepReoffer, 26 * time.Hour, handoff.Input{}},
			beat{handoff.StepAccept, time.Hour, handoff.Input{}},
			beat{handoff.StepIntro, 20 * time.Hour, handoff.Input{Mode: "accompanied", Present: 3}},
			beat{handoff.StepConnect, time.Hour, handoff.Input{ConnSource: "receiver"}})
	case "out_of_touch":
		return handoff.StepIntro, append(missed, beat{handoff.StepLose, 6 * 24 * time.Hour, calls})
	case "rests":
		return handoff.StepIntro, append(missed, beat{handoff.StepLose, 6 * 24 * time.Hour, calls}, beat{handoff.StepRest, 120 * 24 * time.Hour, handoff.Input{}})
	case "back":
		return handoff.StepIntro, append(missed, beat{handoff.StepLose, 6 * 24 * time.Hour, calls}, beat{handoff.StepBack, 9 * 24 * time.Hour, handoff.Input{}})
	}
	return f.later(name)
}

// later are the branches that begin after the first visit.
func (f *filler) later(name string) (from string, beats []beat) {
	month := beat{handoff.StepStayed30, 31 * 24 * time.Hour, handoff.Input{ConnSource: "person"}}
	quarter := beat{handoff.StepStayed90, 61 * 24 * time.Hour, handoff.Input{ConnSource: "receiver"}}
	switch name {
	case "stayed_30":
		return handoff.StepConnect, []beat{month}
	case "stayed_90":
		return handoff.StepConnect, []beat{month, quarter}
	case "walked":
		return handoff.StepConnect, []beat{month, quarter, {handoff.StepClose, 24 * time.Hour, handoff.Input{ClosedReason: "walked"}}}
	}
	return name, nil
}

// beats are the steps of a story: the trunk up to where it is left, and the
// branch.
func (f *filler) beats(n int, s story) []beat {
	last, why, _ := strings.Cut(s.until, ":")
	from, branch := f.branch(last, n)
	switch last {
	case handoff.StepAsk:
		return nil
	case handoff.StepNotNow:
		reasons := handoff.NotNowReasons()
		in := handoff.Input{Contact: handoff.Contacts()[n%4].Value, ReachOn: "555-0188", Reason: reasons[n%len(reasons)].Value}
		from, branch = handoff.StepMeet, []beat{{handoff.StepNotNow, 25 * time.Minute, in}}
	case handoff.StepClose:
		from, branch = handoff.StepMeet, []beat{{handoff.StepClose, 25 * time.Minute, handoff.Input{ClosedReason: why}}}
	}
	var out []beat
	for _, b := range f.trunk(n) {
		if out = append(out, b); b.step == from {
			break
		}
	}
	return append(out, branch...)
}
