package statcli

import (
	"flag"
	"strings"

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
	q, p := number{value: 0.05}, ""
	f.Var(&q, "q", "share of false finds among finds that is put up with: `Q`")
	f.StringVar(&p, "p", "", "p-values, or the column that holds them (p unless named): `0.01,0.2|COL`")
	return func(c *call) (result, error) {
		if !(q.value > 0 && q.value < 1) {
			return nil, use("--q lies between 0 and 1")
		}
		out := &bhJSON{Q: table.Num(q.value)}
		values, err := pValues(c, &out.notes, p)
		if err != nil {
			return nil, err
		}
		adjusted, err := stat.BenjaminiHochberg(values)
		if err != nil {
			return nil, err
		}
		for i, v := range adjusted {
			out.Adjusted = append(out.Adjusted, bhRow{table.Num(values[i]), table.Num(v), v <= q.value})
			if v <= q.value {
				out.Rejected++
			}
		}
		return out, nil
	}
}

// pValues are the numbers that p lists, or those of the column that it names:
// column p of a file if it names none.
func pValues(c *call, n *notes, p string) ([]float64, error) {
	var values numbers
	said := values.Set(p)
	switch {
	case c.file == "" && said == nil:
		return values, nil
	case c.file == "" && strings.Contains(p, ","):
		return nil, use("--p: " + said.Error())
	case p == "" && c.file == "" && typed(c.in):
		return nil, needed("--p", p)
	case p == "":
		p = "p"
	}
	columns, err := gather(c, n, table.Want{Name: p, Kind: table.Share})
	if err != nil {
		return nil, err
	}
	return columns[0].Numbers, nil
}

func (b *bhJSON) words(p *page) {
	var rows [][]string
	for _, r := range b.Adjusted {
		rows = append(rows, []string{short(r.P), short(r.Adjusted), map[bool]string{true: "yes", false: "no"}[r.Rejected]})
	}
	p.columns([]string{"p", "adjusted", "a find at " + short(b.Q)}, rows)
	p.say("%d of %s may be called finds, if one in %s of the finds may be false.", b.Rejected, count(len(b.Adjusted), "test", "tests"), short(1/b.Q))
	b.notes.words(p)
}
