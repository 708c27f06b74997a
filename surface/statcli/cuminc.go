package statcli

import (
	"flag"
	"fmt"

	"alongside/platform/stat/survival"
	"alongside/platform/stat/table"
)

type cumincJSON struct {
	Groups []cumincGroup `json:"groups"`
	notes
}

type cumincGroup struct {
	Group  string        `json:"group"`
	N      int           `json:"n"`
	Causes []cumincCause `json:"causes"`
}

type cumincCause struct {
	Cause  int           `json:"cause"`
	Events int           `json:"events"`
	At     []cumincPoint `json:"at"`
}

type cumincPoint struct {
	Time   table.Num `json:"time"`
	AtRisk int       `json:"at_risk"`
	estimateJSON
	SE table.Num `json:"se"`
}

func cumincCommand(f *flag.FlagSet) action {
	k, none := &kmFlags{}, whole{}
	k.set(f)
	f.Lookup("event").Usage = "column of events, 0 for none and 1, 2 … for each kind: `COL`"
	f.Var(&none, "none", "the code for no event; 0, or the lowest where no 0 stands: `CODE`")
	return func(c *call) (result, error) {
		l, err := k.checked(c)
		if err != nil {
			return nil, err
		}
		out := &cumincJSON{}
		s, err := k.study(c, &out.notes)
		if err != nil {
			return nil, err
		}
		if err := censored(s, k.event, none, &out.notes); err != nil {
			return nil, err
		}
		groups, err := s.Incidences()
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			out.Groups = append(out.Groups, cumincOf(g, k.at, l))
		}
		if k.plot != "" {
			return drawn(c, k.plot, out, sharePicture(groups, k.watched, l, c.level))
		}
		return out, nil
	}
}

// censored makes one code mean no event: the one named, else 0, else the lowest,
// which is R's rule for a factor (its first level) and agrees with what km does
// with 1 and 2. A single code that is not 0 is an event that everybody had.
func censored(s *survival.Study, column string, none whole, n *notes) error {
	codes := s.Codes()
	switch {
	case none.given:
		return s.Censor(none.value)
	case codes[0] == survival.Censored:
		return nil
	case len(codes) == 1:
		n.note(fmt.Sprintf("Column %s holds %d alone: it is taken as the event, so everybody had it.", column, codes[0]))
		return nil
	}
	n.note(fmt.Sprintf("Column %s holds no 0: %d, the lowest, is taken as no event, as R does. If it is one, say --none 0.", column, codes[0]))
	return s.Censor(codes[0])
}

// cumincOf tells of a group at the times asked for, else at every event.
func cumincOf(g *survival.Incidence, at []float64, l survival.Limits) cumincGroup {
	shares := g.Steps
	if at != nil {
		shares = nil
		for _, t := range at {
			shares = append(shares, g.At(t))
		}
	}
	out := cumincGroup{Group: g.Group, N: g.N}
	for k, cause := range g.Causes {
		points := []cumincPoint{}
		for _, s := range shares {
			in := g.Limits(s.Of[k], s.Time, l)
			points = append(points, cumincPoint{
				table.Num(s.Time), s.AtRisk,
				estimateJSON{table.Num(s.Of[k].Value), table.Num(in.Lower), table.Num(in.Upper)},
				table.Num(s.Of[k].SE),
			})
		}
		out.Causes = append(out.Causes, cumincCause{cause, g.Counts[k], points})
	}
	return out
}

func (c *cumincJSON) words(p *page) {
	for _, g := range c.Groups {
		for _, cause := range g.Causes {
			p.say("%s, event %d: %d of %s", named(g.Group), cause.Cause, cause.Events, count(g.N, "person", "people"))
			var rows [][]string
			for _, a := range cause.At {
				rows = append(rows, []string{short(a.Time), fmt.Sprint(a.AtRisk), short(a.Estimate), short(a.SE), short(a.Lower), short(a.Upper)})
			}
			p.columns([]string{"time", "at risk", "share with", "se", "lower", "upper"}, rows)
			p.say("")
		}
	}
	c.notes.words(p)
}
