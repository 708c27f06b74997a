package statcli

import (
	"flag"
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/table"
)

type wilcoxonJSON struct {
	Method string `json:"method"`
	N      int    `json:"n"`
	Zeros  int    `json:"zeros"`
	estimateJSON
	testJSON
	ExactP     table.Num `json:"exact_p"`
	CorrectedP table.Num `json:"corrected_p"`
	PlainP     table.Num `json:"uncorrected_p"`
	notes
}

func wilcoxonCommand(f *flag.FlagSet) action {
	t, paired := &twoFlags{}, true
	t.set(f)
	f.BoolVar(&paired, "paired", true, "")
	return func(c *call) (result, error) {
		if !paired {
			return nil, use("this is the test of pairs; unpaired groups are compared by ttest")
		}
		out := &wilcoxonJSON{Method: "signed-rank"}
		two, err := t.read(c, &out.notes, true)
		if err != nil {
			return nil, err
		}
		r, err := stat.SignedRank(two.a, two.b, c.level)
		if err != nil {
			return nil, err
		}
		out.N, out.Zeros = r.N, r.Zeros
		out.estimateJSON = estimateOf(stat.Estimate{Value: r.Median, Interval: r.MedianEnds})
		out.testJSON = testOf(stat.Test{Statistic: r.V, DF: math.NaN(), P: r.P()})
		out.ExactP, out.CorrectedP, out.PlainP = table.Num(r.Exact), table.Num(r.Corrected), table.Num(r.Plain)
		return out, nil
	}
}

func (w *wilcoxonJSON) words(p *page) {
	p.say("signed-rank test of %d differences (%d more are 0)", w.N, w.Zeros)
	p.say("V %s, p %s", short(w.Statistic), pWords(w.P))
	p.say("pseudo-median of the differences %s", short(w.Estimate))
	w.notes.words(p)
}
