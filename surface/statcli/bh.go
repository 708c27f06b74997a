package statcli

import (
	"flag"
	"fmt"
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
	Line     int       `json:"line,omitempty"` // of the file
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
		values, lines, err := pValues(c, &out.notes, p)
		if err != nil {
			return nil, err
		}
		adjusted, err := stat.BenjaminiHochberg(values)
		if err != nil {
			return nil, err
		}
		for i, v := range adjusted {
			row := bhRow{P: table.Num(values[i]), Adjusted: table.Num(v), Rejected: v <= q.value}
			if lines != nil {
				row.Line = lines[i]
			}
			out.Adjusted = append(out.Adjusted, row)
			if v <= q.value {
				out.Rejected++
			}
		}
		return out, nil
	}
}

// pValues are the numbers that p lists, or those of the column that it names with
// their lines: column p of a file if it names none.
func pValues(c *call, n *notes, p string) (values numbers, lines []int, err error) {
	said := values.Set(p)
	switch {
	case c.file == "" && said == nil:
		return values, nil, nil
	case c.file == "" && strings.Contains(p, ","):
		return nil, nil, use("--p: " + said.Error())
	case p == "" && c.file == "" && typed(c.in):
		return nil, nil, needed("--p", p)
	case p == "":
		p = "p"
	}
	columns, lines, err := gatherLines(c, n, table.Want{Name: p, Kind: table.Share})
	if err != nil {
		return nil, nil, err
	}
	return columns[0].Numbers, lines, nil
}

func (b *bhJSON) words(p *page) {
	head := []string{"p", "adjusted", "a find at " + short(b.Q)}
	var rows [][]string
	for _, r := range b.Adjusted {
		row := []string{short(r.P), short(r.Adjusted), map[bool]string{true: "yes", false: "no"}[r.Rejected]}
		if r.Line > 0 {
			row = append([]string{fmt.Sprint(r.Line)}, row...)
		}
		rows = append(rows, row)
	}
	if len(rows[0]) > len(head) {
		head = append([]string{"line"}, head...)
	}
	p.columns(head, rows)
	p.say("%d of %s may be called finds, if one in %s of the finds may be false.", b.Rejected, count(len(b.Adjusted), "test", "tests"), short(1/b.Q))
	b.notes.words(p)
}
