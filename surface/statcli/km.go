package statcli

import (
	"flag"
	"fmt"

	"alongside/platform/stat/survival"
	"alongside/platform/stat/table"
)

type kmJSON struct {
	Groups []kmGroup `json:"groups"`
	notes
	level float64
}

type kmGroup struct {
	Group  string       `json:"group"`
	N      int          `json:"n"`
	Events int          `json:"events"`
	Median estimateJSON `json:"median"`
	At     []kmPoint    `json:"at"`
}

type kmPoint struct {
	Time     table.Num `json:"time"`
	AtRisk   int       `json:"at_risk"`
	Survival table.Num `json:"survival"`
	SE       table.Num `json:"se"`
	Lower    table.Num `json:"lower"`
	Upper    table.Num `json:"upper"`
}

// kmFlags are those of km and cuminc.
type kmFlags struct {
	watched
	at   numbers
	conf string
	plot picture
}

func (k *kmFlags) set(f *flag.FlagSet) {
	k.watched.set(f)
	f.Var(&k.at, "at", "times to tell of, instead of every event: `28,84`")
	f.StringVar(&k.conf, "conf", string(survival.Log), "scale of the limits, log, log-log or plain: `SCALE`")
	f.Var(&k.plot, "plot", "draw: alone or terminal, here in letters; svg, as SVG on standard output; FILE.svg, into a new file")
}

// checked says what is wrong with the flags before a file is read.
func (k *kmFlags) checked(c *call) (survival.Limits, error) {
	if err := k.needed(); err != nil {
		return survival.Limits{}, err
	}
	for _, t := range k.at {
		if !(t >= 0) {
			return survival.Limits{}, use("--at takes times, 0 or more")
		}
	}
	if c.json && (k.plot == "terminal" || k.plot == "svg") {
		return survival.Limits{}, use("--json and a picture cannot share standard output; name a file: --plot curve.svg")
	}
	l, err := survival.NewLimits(survival.Scale(k.conf), c.level)
	if err != nil {
		return l, use(err.Error())
	}
	return l, nil
}

func kmCommand(f *flag.FlagSet) action {
	k := &kmFlags{}
	k.set(f)
	return func(c *call) (result, error) {
		l, err := k.checked(c)
		if err != nil {
			return nil, err
		}
		out := &kmJSON{level: c.level}
		s, err := k.study(c, &out.notes)
		if err != nil {
			return nil, err
		}
		if err := single(s, k.event, &out.notes); err != nil {
			return nil, err
		}
		curves, err := s.Curves()
		if err != nil {
			return nil, err
		}
		for _, curve := range curves {
			out.Groups = append(out.Groups, kmOf(curve, k.at, l))
		}
		if k.plot != "" {
			return drawn(c, k.plot, out, curvePicture(curves, k.watched, l, c.level))
		}
		return out, nil
	}
}

// kmOf tells of a curve at the times asked for, else at every event.
func kmOf(c *survival.Curve, at []float64, l survival.Limits) kmGroup {
	g := kmGroup{Group: c.Group, N: c.N, Events: c.Events, Median: estimateOf(c.Median(l)), At: []kmPoint{}}
	for _, t := range at {
		g.At = append(g.At, pointOf(c.At(t, l)))
	}
	if at != nil {
		return g
	}
	for i := range c.Len() {
		if p := c.Step(i, l); p.Events > 0 {
			g.At = append(g.At, pointOf(p))
		}
	}
	return g
}

func pointOf(p survival.Point) kmPoint {
	return kmPoint{table.Num(p.Time), p.AtRisk, table.Num(p.Survival), table.Num(p.SE), table.Num(p.Lower), table.Num(p.Upper)}
}

func (k *kmJSON) words(p *page) {
	for _, g := range k.Groups {
		p.say("%s: %s, %s; median %s (%s: %s)", named(g.Group), count(g.N, "person", "people"), count(g.Events, "event", "events"),
			short(g.Median.Estimate), percent(k.level), between(g.Median.Lower, g.Median.Upper))
		var rows [][]string
		for _, a := range g.At {
			rows = append(rows, []string{short(a.Time), fmt.Sprint(a.AtRisk), short(a.Survival), short(a.SE), short(a.Lower), short(a.Upper)})
		}
		p.columns([]string{"time", "at risk", "share without", "se", "lower", "upper"}, rows)
		p.say("")
	}
	k.notes.words(p)
}
