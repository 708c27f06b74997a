package statcli

import (
	"flag"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/table"
)

type rciJSON struct {
	SE        table.Num   `json:"se"`
	SDiff     table.Num   `json:"s_diff"`
	Threshold table.Num   `json:"threshold"`
	RC        *table.Num  `json:"rc,omitempty"`
	Change    *table.Num  `json:"change,omitempty"`
	Reliable  *bool       `json:"reliable,omitempty"`
	Counts    *rciCounts  `json:"counts,omitempty"`
	Rows      []rciPerson `json:"rows,omitempty"`
	notes
}

type rciCounts struct {
	N         int `json:"n"`
	Increased int `json:"increased"`
	Unchanged int `json:"unchanged"`
	Decreased int `json:"decreased"`
}

type rciPerson struct {
	Line     int       `json:"line"` // of the file
	Change   table.Num `json:"change"`
	RC       table.Num `json:"rc"`
	Reliable bool      `json:"reliable"`
}

func rciCommand(f *flag.FlagSet) action {
	var sd, r number
	var before, after string
	f.Var(&sd, "sd", "standard deviation of the scale before the programme: `SD`")
	f.Var(&r, "r", "reliability of the scale, as published: `R`")
	f.StringVar(&before, "before", "", "score before, or its column: `X|COL`")
	f.StringVar(&after, "after", "", "score after, or its column: `Y|COL`")
	return func(c *call) (result, error) {
		if err := needed("--sd", sd.given, "--r", r.given, "--before", before, "--after", after); err != nil {
			return nil, err
		}
		x, first := table.ParseNumber(before)
		y, second := table.ParseNumber(after)
		if first && second && c.file == "" {
			return onePerson(sd.value, r.value, x, y)
		}
		if first != second && c.file == "" {
			return nil, use("--before and --after are both numbers, or both columns of a file")
		}
		if err := apart("--before", before, "--after", after); err != nil {
			return nil, err
		}
		out := &rciJSON{}
		columns, lines, err := gatherLines(c, &out.notes, table.Want{Name: before}, table.Want{Name: after})
		if err != nil {
			return nil, err
		}
		return out, out.many(sd.value, r.value, lines, columns)
	}
}

func onePerson(sd, r, before, after float64) (result, error) {
	change, err := stat.ReliableChange(sd, r, before, after)
	if err != nil {
		return nil, err
	}
	rc, by := table.Num(change.RC), table.Num(after-before)
	return &rciJSON{
		SE: table.Num(change.SE), SDiff: table.Num(change.SDiff), Threshold: table.Num(change.Threshold),
		RC: &rc, Change: &by, Reliable: &change.Reliable,
	}, nil
}

func (o *rciJSON) many(sd, r float64, lines []int, columns []design.Column) error {
	before, after := columns[0].Numbers, columns[1].Numbers
	o.Counts = &rciCounts{N: len(before)}
	for i := range before {
		change, err := stat.ReliableChange(sd, r, before[i], after[i])
		if err != nil {
			return err
		}
		o.SE, o.SDiff, o.Threshold = table.Num(change.SE), table.Num(change.SDiff), table.Num(change.Threshold)
		o.Rows = append(o.Rows, rciPerson{lines[i], table.Num(after[i] - before[i]), table.Num(change.RC), change.Reliable})
		switch {
		case !change.Reliable:
			o.Counts.Unchanged++
		case change.RC > 0:
			o.Counts.Increased++
		default:
			o.Counts.Decreased++
		}
	}
	return nil
}

func (o *rciJSON) words(p *page) {
	p.say("standard error of measurement %s, of a difference %s", short(o.SE), short(o.SDiff))
	p.say("a change of %s or more is more than error of measurement", short(o.Threshold))
	if o.RC != nil {
		p.say("change %s, RC %s: %s", short(*o.Change), short(*o.RC), map[bool]string{true: "reliable", false: "not reliable"}[*o.Reliable])
	}
	if o.Counts != nil {
		p.say("of %d: reliably up %d, reliably down %d, neither %d", o.Counts.N, o.Counts.Increased, o.Counts.Decreased, o.Counts.Unchanged)
	}
	o.notes.words(p)
}
