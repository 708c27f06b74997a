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
	k := &kmFlags{}
	k.set(f)
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
			p.say("%s, event %d: %d of %d people", g.Group, cause.Cause, cause.Events, g.N)
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
