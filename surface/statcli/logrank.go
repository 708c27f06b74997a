package statcli

import (
	"flag"
	"fmt"

	"alongside/platform/stat/table"
)

type logrankJSON struct {
	ChiSquare table.Num      `json:"chisq"`
	DF        table.Num      `json:"df"`
	P         table.Num      `json:"p"`
	Groups    []logrankGroup `json:"groups"`
	notes
}

type logrankGroup struct {
	Group    string    `json:"group"`
	N        int       `json:"n"`
	Observed table.Num `json:"observed"`
	Expected table.Num `json:"expected"`
}

func logrankCommand(f *flag.FlagSet) action {
	w, rho := &watched{}, number{}
	w.set(f)
	f.Var(&rho, "rho", "weight of early times: 0 for the log-rank test, 1 for Peto's: `RHO`")
	return func(c *call) (result, error) {
		if err := w.needed("--by", w.by); err != nil {
			return nil, err
		}
		out := &logrankJSON{}
		s, err := w.study(c, &out.notes)
		if err != nil {
			return nil, err
		}
		if err := single(s, w.event, &out.notes); err != nil {
			return nil, err
		}
		r, err := s.LogRank(rho.value)
		if err != nil {
			return nil, err
		}
		out.ChiSquare, out.DF, out.P = table.Num(r.Statistic), table.Num(r.DF), table.Num(r.P)
		for _, g := range r.Groups {
			out.Groups = append(out.Groups, logrankGroup{g.Group, g.N, table.Num(g.Observed), table.Num(g.Expected)})
		}
		return out, nil
	}
}

func (l *logrankJSON) words(p *page) {
	var rows [][]string
	for _, g := range l.Groups {
		rows = append(rows, []string{g.Group, fmt.Sprint(g.N), short(g.Observed), short(g.Expected)})
	}
	p.columns([]string{"group", "n", "observed", "expected"}, rows)
	p.say("chi-square %s, df %s, p %s", short(l.ChiSquare), short(l.DF), pWords(l.P))
	l.notes.words(p)
}
