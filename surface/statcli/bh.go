package statcli

import (
	"flag"

	"alongside/platform/stat"
	"alongside/platform/stat/table"
)

type bhJSON struct {
	Q        table.Num `json:"q"`
	Rejected int       `json:"rejected"`
	Adjusted []bhRow   `json:"adjusted"`
	notes
}

type bhRow struct {
	P        table.Num `json:"p"`
	Adjusted table.Num `json:"adjusted"`
	Rejected bool      `json:"rejected"`
}

func bhCommand(f *flag.FlagSet) action {
	q, p := 0.05, ""
	f.Float64Var(&q, "q", 0.05, "")
	f.StringVar(&p, "p", "", "")
	return func(c *call) (result, error) {
		if err := needed("--p", p); err != nil {
			return nil, err
		}
		if !(q > 0 && q < 1) {
			return nil, use("--q lies between 0 and 1")
		}
		out := &bhJSON{Q: table.Num(q)}
		var values numbers
		if c.file != "" || values.Set(p) != nil {
			columns, err := gather(c, &out.notes, table.Want{Name: p})
			if err != nil {
				return nil, err
			}
			values = columns[0].Numbers
		}
		adjusted, err := stat.BenjaminiHochberg(values)
		if err != nil {
			return nil, err
		}
		for i, v := range adjusted {
			out.Adjusted = append(out.Adjusted, bhRow{table.Num(values[i]), table.Num(v), v <= q})
			if v <= q {
				out.Rejected++
			}
		}
		return out, nil
	}
}

func (b *bhJSON) words(p *page) {
	var rows [][]string
	for _, r := range b.Adjusted {
		rows = append(rows, []string{short(r.P), short(r.Adjusted), map[bool]string{true: "yes", false: "no"}[r.Rejected]})
	}
	p.columns([]string{"p", "adjusted", "kept at " + short(b.Q)}, rows)
	b.notes.words(p)
}
