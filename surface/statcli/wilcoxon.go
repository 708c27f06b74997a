package statcli

import (
	"flag"
	"fmt"
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
	Exact      bool      `json:"exact"` // how p and the interval were found; else by the normal curve
	notes
	level float64
}

func wilcoxonCommand(f *flag.FlagSet) action {
	t, paired := &twoFlags{}, true
	t.set(f)
	f.BoolVar(&paired, "paired", true, "said or not: this test is always of pairs")
	return func(c *call) (result, error) {
		if !paired {
			return nil, use("this is the test of pairs; unpaired groups are compared by ttest")
		}
		out := &wilcoxonJSON{Method: "signed-rank", level: c.level}
		two, err := t.read(c, &out.notes, true)
		if err != nil {
			return nil, err
		}
		r, err := stat.SignedRank(two.a, two.b, c.level)
		if err != nil {
			return nil, err
		}
		out.N, out.Zeros, out.Exact = r.N, r.Zeros, !math.IsNaN(r.Exact)
		if math.IsNaN(r.Median) {
			out.note("There are too many pairs for the pseudo-median: their means two by two are not held.")
		} else if math.IsNaN(r.MedianEnds.Lower) {
			out.note(fmt.Sprintf("There are too few differences, or too many alike, for a %s interval.", percent(c.level)))
		}
		out.estimateJSON = estimateOf(stat.Estimate{Value: r.Median, Interval: r.MedianEnds})
		out.testJSON = testOf(stat.Test{Statistic: r.V, DF: math.NaN(), P: r.P()})
		out.ExactP, out.CorrectedP, out.PlainP = table.Num(r.Exact), table.Num(r.Corrected), table.Num(r.Plain)
		return out, nil
	}
}

func (w *wilcoxonJSON) words(p *page) {
	how := "by the normal curve with continuity correction"
	if w.Exact {
		how = "exact"
	}
	p.say("signed-rank test of %s (%d more are 0), %s", count(w.N, "difference", "differences"), w.Zeros, how)
	p.say("V %s, p %s", short(w.Statistic), pWords(w.P))
	p.say("pseudo-median of the differences %s (%s interval %s)", short(w.Estimate), percent(w.level), between(w.Lower, w.Upper))
	w.notes.words(p)
}
