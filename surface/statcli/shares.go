package statcli

import (
	"flag"

	"alongside/platform/stat"
	"alongside/platform/stat/table"
)

type shareJSON struct {
	X int `json:"x"`
	N int `json:"n"`
	estimateJSON
	level float64
}

func (s *shareJSON) words(p *page) {
	p.say("%d of %d: %s (%s interval %s)", s.X, s.N, short(s.Estimate), percent(s.level), between(s.Lower, s.Upper))
}

func wilsonCommand(f *flag.FlagSet) action  { return shareCommand(f, stat.Wilson) }
func clopperCommand(f *flag.FlagSet) action { return shareCommand(f, stat.ClopperPearson) }

func shareCommand(f *flag.FlagSet, method func(x, n int, level float64) (stat.Estimate, error)) action {
	var x, n whole
	f.Var(&x, "x", "how many had it: `X`")
	f.Var(&n, "n", "of how many: `N`")
	return func(c *call) (result, error) {
		if err := needed("--x", x.given, "--n", n.given); err != nil {
			return nil, err
		}
		e, err := method(x.value, n.value, c.level)
		if err != nil {
			return nil, err
		}
		return &shareJSON{x.value, n.value, estimateOf(e), c.level}, nil
	}
}

type apartJSON struct {
	P1 table.Num `json:"p1"`
	P2 table.Num `json:"p2"`
	estimateJSON
	ChiSquared *testJSON     `json:"chi_squared"`
	FisherP    table.Num     `json:"fisher_p"`
	RiskRatio  *estimateJSON `json:"risk_ratio"`
	OddsRatio  *estimateJSON `json:"odds_ratio"`
	level      float64
}

func newcombeCommand(f *flag.FlagSet) action {
	var x1, n1, x2, n2 whole
	f.Var(&x1, "x1", "how many had it in the first group: `X`")
	f.Var(&n1, "n1", "of how many: `N`")
	f.Var(&x2, "x2", "how many had it in the second: `X`")
	f.Var(&n2, "n2", "of how many: `N`")
	return func(c *call) (result, error) {
		if err := needed("--x1", x1.given, "--n1", n1.given, "--x2", x2.given, "--n2", n2.given); err != nil {
			return nil, err
		}
		e, err := stat.Newcombe(x1.value, n1.value, x2.value, n2.value, c.level)
		if err != nil {
			return nil, err
		}
		t, err := stat.Groups(x1.value, n1.value, x2.value, n2.value)
		if err != nil {
			return nil, err
		}
		out := &apartJSON{estimateJSON: estimateOf(e), FisherP: table.Num(t.Fisher()), level: c.level}
		out.P1 = table.Num(float64(x1.value) / float64(n1.value))
		out.P2 = table.Num(float64(x2.value) / float64(n2.value))
		out.compare(t)
		return out, nil
	}
}

// compare adds what the table allows; what it does not stays null.
func (a *apartJSON) compare(t stat.TwoByTwo) {
	if chi, err := t.ChiSquared(false); err == nil {
		test := testOf(chi)
		a.ChiSquared = &test
	}
	if r, err := t.RiskRatio(a.level); err == nil {
		ratio := estimateOf(r)
		a.RiskRatio = &ratio
	}
	if r, err := t.OddsRatio(a.level); err == nil {
		ratio := estimateOf(r)
		a.OddsRatio = &ratio
	}
}

func (a *apartJSON) words(p *page) {
	p.say("%s less %s: %s (%s interval %s)", short(a.P1), short(a.P2), short(a.Estimate), percent(a.level), between(a.Lower, a.Upper))
	if a.ChiSquared != nil {
		p.say("chi-square %s, df 1, p %s; Fisher's exact p %s", short(a.ChiSquared.Statistic), pWords(a.ChiSquared.P), pWords(a.FisherP))
	}
	if a.RiskRatio != nil {
		p.say("ratio of chances %s (%s)", short(a.RiskRatio.Estimate), between(a.RiskRatio.Lower, a.RiskRatio.Upper))
	}
	if a.OddsRatio != nil {
		p.say("odds ratio %s (%s)", short(a.OddsRatio.Estimate), between(a.OddsRatio.Lower, a.OddsRatio.Upper))
	}
}

type mcnemarJSON struct {
	B int `json:"b"`
	C int `json:"c"`
	testJSON
	Corrected testJSON  `json:"corrected"`
	ExactP    table.Num `json:"exact_p"`
}

func mcnemarCommand(f *flag.FlagSet) action {
	var b, c whole
	f.Var(&b, "b", "how many went from yes to no: `B`")
	f.Var(&c, "c", "how many went from no to yes: `C`")
	return func(*call) (result, error) {
		if err := needed("--b", b.given, "--c", c.given); err != nil {
			return nil, err
		}
		m, err := stat.McNemar(b.value, c.value)
		if err != nil {
			return nil, err
		}
		return &mcnemarJSON{b.value, c.value, testOf(m.Test), testOf(m.Corrected), table.Num(m.Exact)}, nil
	}
}

func (m *mcnemarJSON) words(p *page) {
	p.say("%d one way, %d the other: chi-square %s, df 1, p %s", m.B, m.C, short(m.Statistic), pWords(m.P))
	p.say("with continuity correction %s, p %s; exact p %s", short(m.Corrected.Statistic), pWords(m.Corrected.P), pWords(m.ExactP))
}
