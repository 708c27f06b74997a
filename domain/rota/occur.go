package rota

import (
	"slices"
	"strings"
	"time"

	"alongside/domain/ref"
)

// Turn is one day of a shift: who has it, from when to when.
type Turn struct {
	Shift    ref.Shift
	Day      Day
	Site     ref.Site
	Peer     ref.Account // empty: nobody, it needs cover
	Usual    ref.Account // whose shift it is
	From, To time.Time
	Repeats  string
}

// on reports whether the shift begins on the day.
func (s Shift) on(d Day) bool {
	if d < s.From || s.Until != "" && d > s.Until {
		return false
	}
	switch s.Repeats {
	case Daily:
		return true
	case Weekly:
		return d.Since(s.From)%7 == 0
	case Fortnightly:
		return d.Since(s.From)%14 == 0
	}
	return d == s.From
}

// turn is the shift on a day.
func (s Shift) turn(d Day, zone *time.Location) Turn {
	ends := s.Ends
	if ends <= s.Begins {
		ends += dayMinutes
	}
	return Turn{
		Shift: s.ID, Day: d, Site: s.Site, Peer: s.Peer, Usual: s.Peer, Repeats: s.Repeats,
		From: d.At(s.Begins, zone), To: d.At(ends, zone),
	}
}

// Plan is what the rota says, as read from its tables.
type Plan struct {
	Zone    *time.Location
	Shifts  []Shift
	Changes []Change
	Aways   []Away
	Here    []ref.Account // who can have a turn; nil: everyone. A turn of someone who left needs cover
	Now     time.Time     // what is over then stays whose it was, whoever left since
}

// Turns are the turns that touch the time from..to, in the order in which they
// begin.
func (p Plan) Turns(from, to time.Time) []Turn {
	changes := map[string]Change{}
	for _, c := range p.Changes {
		changes[string(c.Shift)+" "+string(c.Day)] = c
	}
	first, last := DayOf(from, p.Zone).Add(-2), DayOf(to, p.Zone).Add(1)
	var out []Turn
	for _, s := range p.Shifts {
		for d := max(first, s.From); d <= last; d = d.Add(1) {
			t, ok := p.changed(s, d, changes)
			if ok && t.From.Before(to) && t.To.After(from) {
				out = append(out, t)
			}
		}
	}
	slices.SortFunc(out, byBegin)
	return out
}

func byBegin(a, b Turn) int {
	if c := a.From.Compare(b.From); c != 0 {
		return c
	}
	return strings.Compare(string(a.Shift), string(b.Shift))
}

// changed is the shift on a day after what was changed about it.
func (p Plan) changed(s Shift, d Day, changes map[string]Change) (Turn, bool) {
	if !s.on(d) {
		return Turn{}, false
	}
	t := s.turn(d, p.Zone)
	if !t.To.After(t.From) {
		return t, false // the clock skips these hours on that day
	}
	if c, ok := changes[string(s.ID)+" "+string(d)]; ok {
		if c.Removed {
			return t, false
		}
		t.Peer = c.Peer
	}
	if p.away(t) || p.left(t) {
		t.Peer = ""
	}
	return t, true
}

func (p Plan) left(t Turn) bool {
	return p.Here != nil && t.Peer != "" && t.To.After(p.Now) && !slices.Contains(p.Here, t.Peer)
}

func (p Plan) away(t Turn) bool {
	return t.Peer != "" && slices.ContainsFunc(p.Aways, func(a Away) bool {
		return a.Peer == t.Peer && a.From <= t.Day && t.Day <= a.Until && t.From.After(a.Since)
	})
}

// OnDuty are the accounts whose turn it is at the instant at a site, in the
// order in which their turns began; shifts for every site count for each.
func (p Plan) OnDuty(at time.Time, site ref.Site) []ref.Account {
	var out []ref.Account
	for _, t := range p.Turns(at, at.Add(time.Microsecond)) {
		here := t.Site == "" || site == "" || t.Site == site
		if here && t.Peer != "" && !slices.Contains(out, t.Peer) {
			out = append(out, t.Peer)
		}
	}
	return out
}

// Next are the turns that begin first after the instant, for the site: several
// when they begin together. It looks two weeks ahead.
func (p Plan) Next(at time.Time, site ref.Site) []Turn {
	var out []Turn
	for _, t := range p.Turns(at, at.AddDate(0, 0, 14)) {
		here := t.Site == "" || site == "" || t.Site == site
		if !here || t.Peer == "" || !t.From.After(at) {
			continue
		}
		if len(out) > 0 && t.From.After(out[0].From) {
			break
		}
		out = append(out, t)
	}
	return out
}
