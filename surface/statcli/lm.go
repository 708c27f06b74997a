package statcli

import (
	"flag"

	"alongside/platform/stat/model"
	"alongside/platform/stat/table"
)

type lmJSON struct {
	N            int        `json:"n"`
	DF           table.Num  `json:"df"`
	Sigma        table.Num  `json:"sigma"`
	R2           table.Num  `json:"r_squared"`
	AdjR2        table.Num  `json:"adj_r_squared"`
	F            fJSON      `json:"f"`
	Clusters     int        `json:"clusters,omitempty"`
	Coefficients []termJSON `json:"coefficients"`
	notes
}

type fJSON struct {
	Statistic table.Num `json:"statistic"`
	DF        table.Num `json:"df"`
	DF2       table.Num `json:"df2"`
	P         table.Num `json:"p"`
}

func lmCommand(f *flag.FlagSet) action {
	m, outcome, cluster := &modelFlags{}, "", ""
	f.Var(&m.terms, "fixed", "columns that explain; a:b is a product, a*b both and their product: `a,b`")
	m.set(f)
	f.StringVar(&outcome, "outcome", "", "column of numbers that is explained: `COL`")
	f.StringVar(&cluster, "cluster", "", "errors by this column (sites, people): `COL`")
	return func(c *call) (result, error) {
		if err := needed("--outcome", outcome, "--fixed", len(m.terms)); err != nil {
			return nil, err
		}
		m.parts = []string{"--outcome", outcome}
		out, wants := &lmJSON{}, []table.Want{{Name: outcome}}
		if cluster != "" {
			wants = append(wants, table.Want{Name: cluster, Kind: table.Text})
		}
		got, err := m.read(c, &out.notes, true, wants...)
		if err != nil {
			return nil, err
		}
		o := model.LinearOptions{Level: c.level}
		if cluster != "" {
			o.Cluster = got.more[1].Codes
		}
		fit, err := model.FitLinear(got.more[0].Numbers, got.x, o)
		if err != nil {
			return nil, err
		}
		out.fill(fit)
		out.few(out.Clusters, len(out.Coefficients)-1)
		return out, nil
	}
}

func (l *lmJSON) fill(m *model.Linear) {
	l.N, l.DF, l.Sigma, l.Clusters = m.N, table.Num(m.DF), table.Num(m.Sigma), m.Clusters
	l.R2, l.AdjR2 = table.Num(m.R2), table.Num(m.AdjR2)
	l.F = fJSON{table.Num(m.F.Statistic), table.Num(m.F.DF), table.Num(m.DF2), table.Num(m.F.P)}
	l.Coefficients = termsOf(m.Terms)
}

func (l *lmJSON) words(p *page) {
	termWords(p, l.Coefficients)
	p.say("%s; residual standard deviation %s on %s degrees of freedom", count(l.N, "row", "rows"), short(l.Sigma), short(l.DF))
	by := ""
	if l.Clusters > 0 {
		p.say("Errors are by cluster: %d of them.", l.Clusters)
		by = " by these errors"
	}
	p.say("R squared %s, adjusted %s; F%s %s on %s and %s, p %s", short(l.R2), short(l.AdjR2), by, short(l.F.Statistic), short(l.F.DF), short(l.F.DF2), pWords(l.F.P))
	l.notes.words(p)
}
