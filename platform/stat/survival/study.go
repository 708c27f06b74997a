package survival

import (
	"alongside/platform/stat"
	"alongside/platform/stat/design"
)

// Censored is the code of a time that ended without an event. Codes 1 and up
// are events, of several kinds where there are several.
const Censored = 0

// codesMost is the number of kinds of event that a study holds.
const codesMost = 32

// Study counts people by group, time and code. The zero Study is ready to use.
type Study struct {
	groups  []*Group
	byName  map[string]*Group
	settled bool
}

// Group is one group of a study while it is being read.
type Group struct {
	name   string
	fresh  []counts // by code
	byCode []run    // by code, once settled
	n      int
}

// Group returns the group of that name, new if it is not there yet. Hold on to
// it to add many people without looking it up.
func (s *Study) Group(name string) *Group {
	if g := s.byName[name]; g != nil {
		return g
	}
	if s.byName == nil {
		s.byName = map[string]*Group{}
	}
	g := &Group{name: name}
	s.byName[name] = g
	s.groups = append(s.groups, g)
	return g
}

// Add counts one person: how long they were watched and what ended it. Time
// must be from 0 to stat.Largest; a study that was already asked takes no more.
func (g *Group) Add(time float64, code int) error {
	if !(time >= 0 && time <= stat.Largest) {
		return stat.Refuse(stat.OutOfRange, "a time must be 0 or more, and below 1e150")
	}
	if code < 0 || code >= codesMost {
		return stat.Refuse(stat.OutOfRange, "a kind of event is a whole number from 0 (none) to %d", codesMost-1)
	}
	for len(g.fresh) <= code {
		g.fresh = append(g.fresh, counts{})
	}
	g.fresh[code].add(time)
	g.n++
	return nil
}

// Collect makes a study of one group per name from columns of equal length;
// names may be nil for a single group.
func Collect(times []float64, events []bool, names []string) (*Study, error) {
	if len(times) != len(events) || names != nil && len(names) != len(times) {
		return nil, stat.Refuse(stat.Uneven, "each person needs a time, an event and a group")
	}
	s := &Study{}
	for i, t := range times {
		name, code := "all", Censored
		if names != nil {
			name = names[i]
		}
		if events[i] {
			code = 1
		}
		if err := s.Group(name).Add(t, code); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Codes returns which codes were seen, in order.
func (s *Study) Codes() []int {
	var seen [codesMost]bool
	for _, g := range s.groups {
		for code := range g.fresh {
			seen[code] = seen[code] || g.fresh[code].n > 0
		}
	}
	var out []int
	for code, yes := range seen {
		if yes {
			out = append(out, code)
		}
	}
	return out
}

// Lower takes 1 from every code: for a column that holds 1 for censored and 2
// for the event, as some older data sets do. It must come before any question,
// and code 0 must not have been seen.
func (s *Study) Lower() {
	for _, g := range s.groups {
		if len(g.fresh) > 0 {
			g.fresh = g.fresh[1:]
		}
	}
}

// Censor makes a code mean that nothing happened; 0 is an event no longer where
// another code takes its place, so it is refused there. It must come before any
// question.
func (s *Study) Censor(code int) error {
	if code < 0 || code >= codesMost {
		return stat.Refuse(stat.OutOfRange, "a kind of event is a whole number from 0 (none) to %d", codesMost-1)
	}
	if code == Censored {
		return nil
	}
	for _, g := range s.groups {
		if len(g.fresh) > 0 && g.fresh[Censored].n > 0 {
			return stat.Refuse(stat.OutOfRange, "0 means no event, so %d cannot mean it too", code)
		}
	}
	for _, g := range s.groups {
		if code < len(g.fresh) {
			g.fresh[Censored], g.fresh[code] = g.fresh[code], counts{}
		}
	}
	return nil
}

// settle sorts the groups and their times, once.
func (s *Study) settle() error {
	if len(s.groups) == 0 {
		return stat.Refuse(stat.TooFew, "there are no rows")
	}
	if s.settled {
		return nil
	}
	s.settled = true
	s.inOrder()
	var runs []*run
	for _, g := range s.groups {
		g.byCode = make([]run, len(g.fresh))
		for code := range g.fresh {
			g.byCode[code] = g.fresh[code].settled()
			runs = append(runs, &g.byCode[code])
		}
	}
	joinTies(runs)
	return nil
}

func (s *Study) inOrder() {
	names := make([]string, len(s.groups))
	for i, g := range s.groups {
		names[i] = g.name
	}
	design.SortLevels(names)
	for i, name := range names {
		s.groups[i] = s.byName[name]
	}
}

// runs returns the counts of the group by code, for a walker.
func (g *Group) runs() []*run {
	out := make([]*run, len(g.byCode))
	for code := range g.byCode {
		out[code] = &g.byCode[code]
	}
	return out
}
