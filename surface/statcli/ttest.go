package statcli

import (
	"flag"
	"fmt"

	"alongside/platform/stat"
	"alongside/platform/stat/table"
)

type ttestJSON struct {
	Method string `json:"method"`
	N      []int  `json:"n"` // pairs, or the size of each group
	estimateJSON
	SE table.Num `json:"se"`
	testJSON
	Effect effectJSON `json:"effect"`
	notes
	apart string
}

// effectJSON holds the sizes that suit the test; the others are null.
type effectJSON struct {
	DZ           *estimateJSON `json:"d_z,omitempty"`
	DAv          *table.Num    `json:"d_av,omitempty"`
	D            *estimateJSON `json:"d,omitempty"`
	Hedges       *table.Num    `json:"hedges_g,omitempty"`
	HedgesApprox *table.Num    `json:"hedges_g_approx,omitempty"`
	Cliff        *table.Num    `json:"cliff_delta,omitempty"`
}

func ttestCommand(f *flag.FlagSet) action {
	t, paired := &twoFlags{}, false
	t.set(f)
	f.BoolVar(&paired, "paired", false, "the same people twice")
	return func(c *call) (result, error) {
		out := &ttestJSON{}
		two, err := t.read(c, &out.notes, paired)
		if err != nil {
			return nil, err
		}
		out.apart = fmt.Sprintf("%s less %s", named(two.nameA), named(two.nameB))
		if paired {
			return out, out.paired(two, c.level)
		}
		return out, out.welch(two, c.level)
	}
}

func (t *ttestJSON) test(r stat.TTest) {
	t.estimateJSON, t.SE, t.testJSON = estimateOf(r.Difference), table.Num(r.SE), testOf(r.Test)
}

func (t *ttestJSON) paired(two two, level float64) error {
	t.Method, t.N = "paired", []int{len(two.a)}
	r, err := stat.PairedT(two.a, two.b, level)
	if err != nil {
		return err
	}
	t.test(r)
	e, err := stat.EffectPaired(two.a, two.b, level)
	dz, dav := estimateOf(e.DZ), table.Num(e.DAv)
	t.Effect = effectJSON{DZ: &dz, DAv: &dav}
	return err
}

func (t *ttestJSON) welch(two two, level float64) error {
	t.Method, t.N = "welch", []int{len(two.a), len(two.b)}
	r, err := stat.WelchT(two.a, two.b, level)
	if err != nil {
		return err
	}
	t.test(r)
	e, err := stat.EffectGroups(two.a, two.b, level)
	if err != nil {
		return err
	}
	cliff, err := stat.Cliff(two.a, two.b)
	d, g, approx, delta := estimateOf(e.D), table.Num(e.Hedges), table.Num(e.HedgesApprox), table.Num(cliff)
	t.Effect = effectJSON{D: &d, Hedges: &g, HedgesApprox: &approx, Cliff: &delta}
	return err
}

func (t *ttestJSON) words(p *page) {
	if len(t.N) == 1 {
		p.say("paired t test of %s", count(t.N[0], "pair", "pairs"))
	} else {
		p.say("Welch's t test of %d and %d values", t.N[0], t.N[1])
	}
	p.say("%s: mean difference %s (%s %s), se %s", t.apart, short(t.Estimate), p.interval(), between(t.Lower, t.Upper), short(t.SE))
	p.say("t %s, df %s, p %s", short(t.Statistic), short(t.DF), pWords(t.P))
	if e := t.Effect; e.DZ != nil {
		p.say("effect: d_z %s (%s), d_av %s", short(e.DZ.Estimate), between(e.DZ.Lower, e.DZ.Upper), short(*e.DAv))
	}
	if e := t.Effect; e.D != nil {
		p.say("effect: d %s (%s), Hedges' g %s, Cliff's delta %s", short(e.D.Estimate), between(e.D.Lower, e.D.Upper), short(*e.Hedges), short(*e.Cliff))
	}
	t.notes.words(p)
}
