package statcli

import (
	"flag"
	"fmt"
	"math"
	"slices"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/model"
	"alongside/platform/stat/table"
)

type didJSON struct {
	termJSON
	From     table.Num   `json:"from"`
	Cells    didCells    `json:"means"`
	Before   int         `json:"periods_before"`
	Trend    *termJSON   `json:"slopes_before"`
	Clusters int         `json:"clusters,omitempty"`
	Periods  []didPeriod `json:"periods"`
	notes
}

type didCells struct {
	TreatedBefore table.Num `json:"treated_before"`
	TreatedAfter  table.Num `json:"treated_after"`
	OtherBefore   table.Num `json:"other_before"`
	OtherAfter    table.Num `json:"other_after"`
}

type didPeriod struct {
	Period   table.Num `json:"period"`
	Treated  table.Num `json:"treated"`
	TreatedN int       `json:"treated_n"`
	Other    table.Num `json:"other"`
	OtherN   int       `json:"other_n"`
}

type didFlags struct {
	outcome, group, period, treated, cluster string
	from                                     number
}

func didCommand(f *flag.FlagSet) action {
	k := &didFlags{}
	f.StringVar(&k.outcome, "outcome", "", "column of numbers: `COL`")
	f.StringVar(&k.group, "group", "", "column of two groups: `COL`")
	f.StringVar(&k.period, "period", "", "column of periods, as numbers in order of time (1, 2, 3 or years): `COL`")
	f.StringVar(&k.treated, "treated", "", "the group that got the change, where it is not 1 of 0 and 1: `LEVEL`")
	f.StringVar(&k.cluster, "cluster", "", "errors by this column (sites, people): `COL`")
	f.Var(&k.from, "from", "first period with the change, where there are more than two: `PERIOD`")
	return func(c *call) (result, error) {
		if err := needed("--outcome", k.outcome, "--group", k.group, "--period", k.period); err != nil {
			return nil, err
		}
		if err := apart("--outcome", k.outcome, "--group", k.group, "--period", k.period); err != nil {
			return nil, err
		}
		out := &didJSON{}
		panel, err := k.panel(c, &out.notes)
		if err != nil {
			return nil, err
		}
		d, err := model.DiffInDiff(panel, c.level)
		if err != nil {
			return nil, err
		}
		out.fill(d, panel.From)
		out.few(out.Clusters, 1)
		return out, nil
	}
}

func (k *didFlags) panel(c *call, n *notes) (model.Panel, error) {
	wants := []table.Want{{Name: k.outcome}, {Name: k.group, Kind: table.Text}, {Name: k.period, Hint: "number the periods in order of time, as 1, 2, 3 or as years"}}
	if k.cluster != "" {
		wants = append(wants, table.Want{Name: k.cluster, Kind: table.Text})
	}
	columns, err := gather(c, n, wants...)
	if err != nil {
		return model.Panel{}, err
	}
	p := model.Panel{Outcome: columns[0].Numbers, Period: columns[2].Numbers, From: k.from.value}
	if k.cluster != "" {
		p.Cluster = columns[3].Codes
	}
	if p.Treated, err = k.treatedRows(columns[1]); err != nil {
		return p, err
	}
	if !k.from.given {
		p.From, err = k.later(p.Period)
	}
	return p, err
}

// treatedRows tells which rows are of the group that got the change: the level
// named by --treated, else 1 of 0 and 1, or TRUE.
func (k *didFlags) treatedRows(group design.Column) ([]bool, error) {
	level := k.treated
	for _, usual := range []string{"1", "TRUE", "true"} {
		if level == "" && len(group.Levels) == 2 && slices.Contains(group.Levels, usual) {
			level = usual
		}
	}
	if level == "" {
		return nil, stat.Refuse(stat.OutOfRange, "column %q does not hold 0 and 1; name the group that got the change with --treated", k.group)
	}
	if len(group.Levels) != 2 || !slices.Contains(group.Levels, level) {
		return nil, stat.Refuse(stat.OneGroup, "column %q must hold two groups, the one named among them", k.group)
	}
	out := make([]bool, len(group.Codes))
	for i, code := range group.Codes {
		out[i] = group.Levels[code] == level
	}
	return out, nil
}

// later is the second of two periods.
func (k *didFlags) later(periods []float64) (float64, error) {
	distinct := slices.Clone(periods)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	if len(distinct) != 2 {
		return 0, stat.Refuse(stat.OutOfRange, "column %q holds %d periods; name the first with the change with --from", k.period, len(distinct))
	}
	return distinct[1], nil
}

func (o *didJSON) fill(d *model.Differences, from float64) {
	o.termJSON, o.From, o.Before, o.Clusters = termOf(d.Effect), table.Num(from), d.Before, d.Clusters
	o.Cells = didCells{table.Num(d.Cells[1][0]), table.Num(d.Cells[1][1]), table.Num(d.Cells[0][0]), table.Num(d.Cells[0][1])}
	if d.Trend != nil {
		trend := termOf(*d.Trend)
		o.Trend = &trend
	}
	for _, m := range d.Periods {
		o.Periods = append(o.Periods, didPeriod{table.Num(m.Period), table.Num(m.Treated), m.ThoseN, table.Num(m.Other), m.OtherN})
	}
	if math.IsNaN(d.Effect.SE) {
		o.note("There is one row for each mean, so there is no error to judge the effect by.")
	}
	if d.Before > 1 && d.Trend == nil {
		o.note("The rows before the change are too few, or too regular, to judge whether the groups moved alike until then.")
	}
	if d.Before < 2 {
		o.note("There is one period before the change, so whether the groups moved alike until then cannot be seen.")
	}
}

func (o *didJSON) words(p *page) {
	termWords(p, []termJSON{o.termJSON})
	var rows [][]string
	for _, m := range o.Periods {
		rows = append(rows, []string{short(m.Period), short(m.Treated), fmt.Sprint(m.TreatedN), short(m.Other), fmt.Sprint(m.OtherN)})
	}
	p.columns([]string{"period", "with the change", "n", "without", "n"}, rows)
	if o.Trend != nil {
		p.say("slopes before the change differ by %s (%s), p %s", short(o.Trend.Estimate), between(o.Trend.Lower, o.Trend.Upper), pWords(o.Trend.P))
	}
	o.notes.words(p)
}
