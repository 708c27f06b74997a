package statcli

import (
	"flag"
	"fmt"

	"alongside/platform/stat/survival"
	"alongside/platform/stat/table"
)

type rmstJSON struct {
	Tau         table.Num   `json:"tau"`
	Groups      []rmstGroup `json:"groups"`
	Differences []rmstApart `json:"differences,omitempty"`
	notes
}

type rmstGroup struct {
	Group  string `json:"group"`
	N      int    `json:"n"`
	Events int    `json:"events"`
	estimateJSON
	SE table.Num `json:"se"`
}

type rmstApart struct {
	Group   string `json:"group"`
	Against string `json:"against"`
	estimateJSON
	testJSON
}

func rmstCommand(f *flag.FlagSet) action {
	w, tau := &watched{}, number{}
	w.set(f)
	f.Var(&tau, "tau", "time up to which the mean is taken: `T`")
	return func(c *call) (result, error) {
		if err := w.needed("--tau", tau.given); err != nil {
			return nil, err
		}
		out := &rmstJSON{Tau: table.Num(tau.value)}
		s, err := w.study(c, &out.notes)
		if err != nil {
			return nil, err
		}
		if err := single(s, w.event, &out.notes); err != nil {
			return nil, err
		}
		curves, err := s.Curves()
		if err != nil {
			return nil, err
		}
		return out, out.fill(curves, tau.value, c.level)
	}
}

// fill compares every group to the first.
func (r *rmstJSON) fill(curves []*survival.Curve, tau, level float64) error {
	var first survival.Restricted
	for i, curve := range curves {
		m, err := curve.RestrictedMean(tau, level)
		if err != nil {
			return err
		}
		if m.SE == 0 {
			r.note(fmt.Sprintf("Group %s: up to %s all went alike, so there is no error, no interval and no comparison by it.", curve.Group, short(r.Tau)))
		}
		r.Groups = append(r.Groups, rmstGroup{curve.Group, curve.N, curve.Events, estimateOf(m.Estimate), table.Num(m.SE)})
		if i == 0 {
			first = m
			continue
		}
		d, test := survival.CompareRestricted(first, m, level)
		r.Differences = append(r.Differences, rmstApart{m.Group, first.Group, estimateOf(d), testOf(test)})
	}
	return nil
}

func (r *rmstJSON) words(p *page) {
	var rows [][]string
	for _, g := range r.Groups {
		rows = append(rows, []string{g.Group, fmt.Sprint(g.N), fmt.Sprint(g.Events), short(g.Estimate), short(g.SE), between(g.Lower, g.Upper)})
	}
	p.say("mean time without the event, up to %s", short(r.Tau))
	p.columns([]string{"group", "n", "events", "mean", "se", p.interval()}, rows)
	for _, d := range r.Differences {
		p.say("%s less %s: %s (%s), z %s, p %s", named(d.Group), named(d.Against), short(d.Estimate), between(d.Lower, d.Upper), short(d.Statistic), pWords(d.P))
	}
	r.notes.words(p)
}
