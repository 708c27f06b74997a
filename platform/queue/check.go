package queue

import "slices"

// mostCalls is how many calls are played at most: some three hundred bytes each.
const mostCalls = 5_000_000

// TooMany reports whether so many weeks are more calls than can be played.
func (m Model) TooMany(weeks int) bool {
	sum := 0.0
	for _, r := range m.Arrivals {
		sum += r
	}
	return sum/float64(len(m.Arrivals))*Hours*float64(weeks) > mostCalls
}

// Check says what is wrong with a model in plain words; empty when nothing is.
func (m Model) Check() string {
	switch n := len(m.Arrivals); {
	case n != 1 && n != 24 && n != Hours:
		return "arrivals are 1, 24 or 168 numbers of calls an hour"
	case m.peak() <= 0 || m.peak() > 1000:
		return "there must be calls, at most 1000 an hour"
	case slices.Min(m.Arrivals) < 0:
		return "arrivals are 0 or more, in every hour"
	case m.Yes <= 0 || m.Yes > 1:
		return "yes is a share above 0, at most 1"
	case m.Service.Mean <= 0:
		return "service needs a mean in minutes"
	case m.Answer.below() || m.Travel.below() || m.Service.below():
		return "answer, travel and service are 0 minutes or more, and so is their sd"
	case len(m.Ladder) == 0 || len(m.Shifts) == 0:
		return "a ladder and shifts are needed"
	case m.Within <= 0:
		return "within is a number of minutes"
	}
	for _, r := range m.Ladder {
		if r.Wait < 0.01 || r.Ask < 0 {
			return "each rung waits 0.01 minutes or more and asks 0 (all) or more"
		}
	}
	for _, s := range m.Shifts {
		if say := s.check(); say != "" {
			return say
		}
	}
	return ""
}

func (d Time) below() bool { return d.Mean < 0 || d.SD < 0 }

func (s Shift) check() string {
	if s.People < 0 || s.People > 1000 || s.From < 0 || s.To < 0 || s.From >= 24*60 || s.To > 24*60 {
		return "a shift has minutes from 0 to 1440, and from 0 to 1000 people"
	}
	for _, d := range s.Days {
		if d < 0 || d > 6 {
			return "the days of a shift are 0 for Monday to 6 for Sunday"
		}
	}
	return ""
}
